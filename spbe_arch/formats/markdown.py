"""Markdown for a pull request or a job summary: counts, then the findings by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.messages import printable, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["escape", "write"]


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:
    """A heading, a table of counts, and a table of findings."""

    def say(text: str) -> str:
        return translate(text, style.language)

    counts = (
        (say("error"), summary.errors),
        (say("warning"), summary.warnings),
        (say("note"), summary.notes),
        (say("undecided"), summary.undecided),
    )
    lines = [f"## {say('Check of the architecture')}", ""]
    lines += [_row(*(name for name, _ in counts)), _row(*("---:" for _ in counts)), _row(*(str(n) for _, n in counts))]
    if told:
        lines += ["", _row(say("level"), say("place"), say("finding")), _row("---", "---", "---")]
    for one in told:
        place = f"{escape(one.spot.path)}:{one.spot.region.line}"
        lines.append(_row(say(one.level.value), place, f"`{one.code}` {escape(one.message + one.proposal)}"))
    hidden = summary.errors + summary.warnings + summary.notes - len(told)
    if hidden > 0:
        lines += ["", say("and {count} more").format(count=hidden)]
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    shown = printable(text, 10_000)
    for character in "\\`*_{}[]()#+!|~":
        shown = shown.replace(character, f"\\{character}")
    return (
        shown.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("://", ":&#47;&#47;")
        .replace("www.", "www&#46;")
    )
