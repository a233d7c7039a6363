"""The reference of the API: every public name with its signature and docstring, as Markdown."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import spbe_arch
from spbe_arch.architecture import FOR_THE_PACKAGE, Elements, Link
from spbe_arch.checking import Findings, Summary
from spbe_arch.comparing import Changed, Difference, FieldChange, LinkChange, Renamed
from spbe_arch.drafting import Draft
from spbe_arch.findings import Fault, Finding, Place, Region
from spbe_arch.measuring import Metric
from spbe_arch.messages import Spot, Told, ToldEdit, ToldFix
from spbe_arch.planning import Change, GapReport
from spbe_arch.printers import Picture
from spbe_arch.querying import Answer
from spbe_arch.questions import Effect, Step, Strength
from spbe_arch.supposing import Supposition
from spbe_arch.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["as_markdown"]

_HEAD = """\
# The Python API

Written by `python -m tests.refresh` from the docstrings of the package; the examples run as tests, in the folder of
this repository. `Architecture` and the functions are imported from `spbe_arch`; behind them stands what they hand out.
The classes of elements (`Application`, `Service`, …) are in `spbe_arch.metamodel`.

An architecture has a collection for each type of element, by the name of its section: `architecture.applications`,
`architecture.services`. Fields of an element are its attributes, by their English names; links give elements, and so do
their other ends.

```pycon
>>> from spbe_arch import load
>>> application = load("models/kab-bekasi").applications["open-data"]
>>> application.name
'Pusat Data Terbuka Kabupaten Bekasi'
>>> application.supports.ids
('data-terbuka',)
>>> application.supports[0].supported_by.ids
('open-data',)
>>> application.owner.name
'Bidang Statistik Sektoral'

```
"""
_HANDED_OUT = (
    Elements,
    Link,
    Effect,
    Strength,
    Step,
    Answer,
    Findings,
    Summary,
    Finding,
    Fault,
    Place,
    Told,
    Spot,
    Region,
    ToldFix,
    ToldEdit,
    Draft,
    Supposition,
    Difference,
    Changed,
    FieldChange,
    Renamed,
    LinkChange,
    GapReport,
    Change,
    Metric,
    View,
    Picture,
)


def as_markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for name in spbe_arch.__all__:
        parts += _section(name, getattr(spbe_arch, name), "##")
        if inspect.isclass(getattr(spbe_arch, name)):
            parts += _members(name, getattr(spbe_arch, name))
    for cls in _HANDED_OUT:
        parts += _section(cls.__name__, cls, "##")
        parts += _members(cls.__name__, cls)
    return "\n".join(parts)


def _members(name: str, cls: type[Any]) -> Iterator[str]:
    for member, value in vars(cls).items():
        if not _is_public(member) or not inspect.getdoc(value):
            continue
        if inspect.isfunction(value) or isinstance(value, property) or hasattr(value, "func"):
            yield from _section(f"{name}.{member}", value, "###")


def _section(name: str, value: Any, hashes: str) -> Iterator[str]:
    yield f"{hashes} {name}\n"
    if inspect.isfunction(value):
        yield f"```python\n{name}{_signature(value)}\n```\n"
    yield f"{_prose(inspect.getdoc(value) or '')}\n"
    fields = list(_fields(value)) if inspect.isclass(value) else []
    if fields:
        yield "\n".join(fields) + "\n"


def _fields(cls: type[Any]) -> Iterator[str]:
    """The attributes that a class declares, each with what is said of it."""
    [body] = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(body, ast.ClassDef)
    for one, following in pairwise([*body.body, ast.Pass()]):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and _is_public(one.target.id):
            is_said = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
            said = " ".join(str(following.value.value).split()) if is_said else ""  # type: ignore[attr-defined]
            yield f"- `{one.target.id}: {ast.unparse(one.annotation)}`{f': {said}' if said else ''}"


def _is_public(name: str) -> bool:
    return not name.startswith("_") and name not in FOR_THE_PACKAGE


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    some = [one for one in signature.parameters.values() if one.name != "self"]
    some = [one.replace(annotation=_Written(one.annotation)) for one in some]
    return str(signature.replace(parameters=some, return_annotation=_Written(signature.return_annotation)))


class _Written(str):
    """An annotation as it is written, without quotes round it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _prose(doc: str) -> str:
    """A docstring: its paragraphs, its headings with lists, its examples as code."""
    lines: list[str] = []
    for block in doc.split("\n\n"):
        head, _, rest = block.partition("\n")
        if block.startswith(">>>"):
            lines.append(f"```pycon\n{block}\n```")
        elif re.fullmatch(r"(Args|Returns|Raises):", head):
            said = re.sub(r"\n {8,}", " ", rest)
            items = [re.sub(r"^(\w+): ", r"`\1`: ", one.strip()) for one in said.splitlines()]
            lines.append(f"{head}\n\n" + "\n".join(f"- {one}" for one in items))
        else:
            lines.append(block)
    return "\n\n".join(lines)
