"""From bytes to a text that YAML can hold, and what is wrong with its encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spbe_arch.catalogue import reading
from spbe_arch.findings import Edit, Fault, Fix, Place, Region, Related, Term, english
from spbe_arch.nodes.kinds import LINE_BREAKS, Document, Limits
from spbe_arch.signatures import kind_by_signature

if TYPE_CHECKING:
    from spbe_arch.catalogue import Rule

__all__ = ["is_clean", "opened"]


def opened(path: str, text: str | bytes, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """One text as `read` takes it, before its nodes are read: without byte order mark, and with its faults so far."""
    faults: list[Fault] = []
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > limits.bytes:
        limit = _Word(f"{limits.bytes / 1e6:g}")
        faults.append(_fault(reading.FILE_TOO_LARGE, path, Region(1, 1, 1, 2), limit=limit))
        return Document(path, "", None, faults, complete=False)
    decoded = _decode(path, text, faults) if isinstance(text, bytes) else text
    if decoded is None:
        return Document(path, "", None, faults, complete=False)
    cleaned = _clean(path, decoded, faults)
    if cleaned is None:
        return Document(path, "", None, faults, complete=False)
    return Document(path, cleaned, None, faults, finished=not cleaned or cleaned[-1] in "\r\n")


_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_UNFIT = "[^\t\n\r -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_HIDDEN_BREAKS = {"\x85": "NEL (U+0085)", "\u2028": "LS (U+2028)", "\u2029": "PS (U+2029)"}
_HIDDEN_BREAK = "[\x85\u2028\u2029]"
_CHARACTER_NAMES = {"\0": "NUL", "\x1b": "ESC", "\x7f": "DEL", "\x08": "BS", "\x0c": "FF"}


def _decode(path: str, data: bytes, faults: list[Fault]) -> str | None:
    kind = kind_by_signature(data)
    if kind is not None:
        faults.append(_binary(path, kind))
        return None
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if encoding is not None:
        is_text = len(_controls(_odd_characters(data.decode(encoding, "replace")))) <= _MOST_CONTROLS
        told = _fault(reading.TEXT_IN_UTF16, path, Region(1, 1, 1, 2), encoding=_Word(encoding[:6]))
        faults.append(told if is_text else _binary(path))
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        byte = data[error.start]
        faults.append(
            _fault(
                reading.TEXT_NOT_UTF8,
                path,
                _behind(before.removeprefix("\ufeff")),
                byte=_Word(f"0x{byte:02X}"),
                reading=bytes([byte]).decode("cp1252", "replace"),
            )
        )
        return data.decode("utf-8", "replace")


def _unmarked_utf16(data: bytes) -> str | None:
    """The encoding, if every second byte of a beginning is nought, as in UTF-16 of plain letters, and no other is.

    A picture or a program has noughts of both kinds, or several in a row.
    """
    even, odd = data[:64:2].count(0), data[1:64:2].count(0)
    few, many = sorted((even, odd))
    if many <= 8 or few:
        return None
    return "UTF-16-BE" if even else "UTF-16-LE"


def _binary(path: str, kind: str = english("a binary file")) -> Fault:
    return _fault(reading.BINARY_FILE, path, Region(1, 1, 1, 2), kind=Term("noun", kind))


def _behind(before: str) -> Region:
    """The place of the character that follows a text."""
    lines = re.split(LINE_BREAKS, before)
    return Region(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)


class _Word(str):
    """A value of a message that is printed without quotes."""

    __slots__ = ()


def _clean(path: str, text: str, faults: list[Fault]) -> str | None:
    """The text with what YAML cannot hold replaced, character by character, so that no place moves.

    None if it is no text: with control characters of many kinds it is a binary file; with some, and bytes that are no
    UTF-8 besides, its first fault is the one fault.
    """
    if text.startswith("\ufeff"):
        faults.append(_everywhere(reading.BYTE_ORDER_MARK, path, Region(1, 1, 1, 2), "\ufeff", ""))
        text = text[1:]
    if is_clean(text):
        return text
    odd = _odd_characters(text)
    controls = _controls(odd)
    if len(controls) > _MOST_CONTROLS:
        faults[:] = [_binary(path)]
        return None
    garbled = bool(controls) and _is_garbled(faults)
    faults += (_odd_character(path, text, *one) for one in odd if not _is_control(one[1]))
    if controls:
        faults.append(_control_characters(path, text, controls))
    if garbled:
        faults[:] = [min(faults, key=lambda fault: fault.place.region or Region(1, 1, 1, 2))]
        return None
    return re.sub(_UNFIT, "\ufffd", re.sub(_HIDDEN_BREAK, " ", text))


def _odd_characters(text: str) -> list[tuple[int, str]]:
    """The characters that YAML cannot hold, each where it stands first."""
    return sorted((text.find(character), character) for character in set(text) if not is_clean(character))


def _controls(odd: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [one for one in odd if _is_control(one[1])]


def _is_control(character: str) -> bool:
    return character != "\ufeff" and character not in _HIDDEN_BREAKS


def _is_garbled(faults: list[Fault]) -> bool:
    return any(fault.code == reading.TEXT_NOT_UTF8.code for fault in faults)


_MOST_CONTROLS = 3
"""Kinds of control characters that a damaged text may hold; a file with more is a program, a picture, a database."""


def _odd_character(path: str, text: str, position: int, character: str) -> Fault:
    place = _behind(text[:position])
    if character in _HIDDEN_BREAKS:
        named = _Word(_HIDDEN_BREAKS[character])
        return _everywhere(reading.HIDDEN_LINE_BREAK, path, place, character, " ", character=named)
    return _everywhere(reading.BYTE_ORDER_MARK, path, place, character, "")


def _everywhere(rule: Rule, path: str, place: Region, was: str, text: str, **values: object) -> Fault:
    """A fault that another character in every place of this one mends; so it is read already."""
    words = english("write a space") if text else english("take it out")
    fix = Fix((Edit("everywhere", Place(path, place), text, was),), safe=True, words=words)
    return rule.fault(Place(path, place), values, fix=fix)


def _control_characters(path: str, text: str, found: list[tuple[int, str]]) -> Fault:
    """One damage, one fault: at the first control character; where the first of each other kind stands is told too."""
    places = [_behind(text[:position]) for position, _ in found]
    character = found[0][1]
    name = f"{_CHARACTER_NAMES.get(character, '')} (U+{ord(character):04X})".strip()
    others = tuple(Related(Place(path, place), message="another one") for place in places[1:])
    return _fault(reading.CONTROL_CHARACTER, path, places[0], related=others, character=_Word(name))


_LINE_CHARACTERS = dict.fromkeys(map(ord, "\t\n\r"))
_PLAIN_BYTES = bytes((9, 10, 13, *range(32, 127)))


def is_clean(text: str) -> bool:
    """Whether a text holds only what YAML can hold unescaped, and no hidden line break."""
    if text.isascii():
        return not text.encode().translate(None, _PLAIN_BYTES)
    if text.translate(_LINE_CHARACTERS).isprintable():
        return True
    return re.search(_UNFIT, text) is None and re.search(_HIDDEN_BREAK, text) is None


def _fault(rule: Rule, path: str, place: Region, *, related: tuple[Related, ...] = (), **values: object) -> Fault:
    return rule.fault(Place(path, place), values, related)
