"""Which text on a broken line lacks its quotes: the fix of a fault of YAML, found from the line alone."""

from __future__ import annotations

import re

from spbe_arch.findings import Edit, Fix, Place, Region, english

__all__ = ["missing_quotes"]

_VALUE = r"[ ]*(?:(?:-[ ]+)*(?:[\w./-]+|'[^']*'|\"[^\"]*\")[ ]*:[ ]+|(?:-[ ]+)+)(?P<value>\S.*?)[ \t]*(?:[ \t]#.*)?"
"""A line with a key or a dash, the value behind it, and perhaps a comment."""
_INNER_KEY = r"(?:^|\s)[a-z_]+:(?:\s|$)"
"""What may be the key of another line that ran into this one: keys are lower case with `_`."""
_KNOWN_ESCAPE = r'\\[0abtnvfre "/\\N_LPxuU]'


def missing_quotes(path: str, line: str, number: int, column: int, told: str) -> Fix | None:
    """The fix that puts the value of a line in quotes, if the fault is one that quotes mend.

    It is safe where no other reading is left: where nothing in the value may be a key, a list, an anchor or an escape.

    Args:
        path: of the file.
        line: the text of the line on which the parser stopped.
        number: of the line, from 1.
        column: where the parser stopped, from 0.
        told: what the parser said.
    """
    match = re.fullmatch(_VALUE, line)
    if match is None or not match.start("value") <= column <= match.end("value"):
        return None
    value = match["value"]
    safe = _is_certain(value, told, at_start=column == match.start("value"))
    if safe is None:
        return None
    place = Place(path, Region(number, match.start("value") + 1, number, match.end("value") + 1))
    text = value[1:-1] if _holds_backslash(told) else value
    words = english("put {text} in quotes") if text == value else english("put {text} in single quotes")
    return Fix((Edit("quote", place, text, value),), safe, words, text)


def _is_certain(value: str, told: str, *, at_start: bool) -> bool | None:
    """Whether the value can only be a text; None if quotes are not what it lacks."""
    first = value[0]
    if "mapping values are not allowed" in told and first not in "'\"[{&*!|>":
        return re.search(_INNER_KEY, value) is None
    if "that cannot start any token" in told and at_start and first in "@`":
        return True
    if "did not find expected alphabetic" in told and first in "&*":
        return True
    if _holds_backslash(told) and re.fullmatch(r'"[^"\']*"', value):
        return re.search(_KNOWN_ESCAPE, value) is None
    if "did not find expected key" in told and (first in "[{" or re.match(r"(['\"]).*\1.", value)):
        return False
    return None


def _holds_backslash(told: str) -> bool:
    return "unknown escape character" in told or "hexdecimal number" in told
