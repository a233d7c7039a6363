"""Prints a view as JSON, for programs, and reads it back.

The keys are the fields of `View` and of what it is made of, in their order, each documented there: `viewpoint`, `name`,
`title`, `subtitle`, `frame`, `nodes`, `edges`, `groups`, `notes`, `rows`, `columns`, `cells`,
`grouped_by`, `colours`, `sizes`, `layers`, `up`, `doors`, `style`. Before them stand
`format`, the number of this layout, and `counts`, how many there are of what is listed.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from spbe_arch.findings import Level
from spbe_arch.views.view import Axis, Cell, Door, Edge, Frame, Group, Mark, Node, Scale, Swatch, View

__all__ = ["read", "write"]

_FORMAT = 1
_COUNTED = ("nodes", "edges", "groups", "cells")
_PARTS: dict[str, type] = {
    "frame": Frame,
    "nodes": Node,
    "edges": Edge,
    "groups": Group,
    "rows": Axis,
    "columns": Axis,
    "marks": Mark,
    "cells": Cell,
    "colours": Scale,
    "sizes": Scale,
    "classes": Swatch,
    "up": Door,
    "doors": Door,
}
"""What stands under which key; a group and a cell name nodes with their ids alone."""


def write(view: View) -> bytes:
    """The view as the bytes of a JSON file; the same view gives the same bytes."""
    counts = {name: len(getattr(view, name)) for name in _COUNTED}
    said = {"format": _FORMAT, "counts": counts, **_plain(view)}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def read(data: bytes | str) -> View:
    """The view that was written.

    Raises:
        ValueError: This is no view, or one of a later layout.
    """
    said = json.loads(data)
    if not isinstance(said, dict) or said.get("format") != _FORMAT:
        raise ValueError("no view in this layout")
    try:
        made = _made(View, {name: value for name, value in said.items() if name not in ("format", "counts")})
    except TypeError as error:
        raise ValueError("no view in this layout") from error
    assert isinstance(made, View)  # noqa: S101 - what is asked for is made
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (Node, Edge, Cell)):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _made(cls: type, said: Any) -> Any:
    if isinstance(said, list):
        return tuple(_made(cls, item) for item in said)
    if not isinstance(said, dict):
        return said
    return cls(**{name: _value(name, value) for name, value in said.items()})


def _value(name: str, said: Any) -> Any:
    if name == "worst" and said is not None:
        return Level(said)
    return _made(_PARTS.get(name, tuple), said)
