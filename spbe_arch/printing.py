"""What may be printed of a text that anybody may have written."""

from __future__ import annotations

import unicodedata

__all__ = ["printable"]


def printable(text: str, most: int = 200) -> str:
    """Text of a model as it can be shown on a terminal: nothing in it moves the cursor or turns the direction."""
    shown = "".join(_visible(character) for character in text[: most + 1])
    return shown if len(text) <= most else shown[: most - 1] + "…"


def _visible(character: str) -> str:
    if character.isprintable() and unicodedata.category(character) not in ("Cf", "Cc", "Co", "Cs"):
        return character
    if character == "\t":
        return " "
    return f"\\u{ord(character):04x}" if ord(character) > 0xFF else f"\\x{ord(character):02x}"
