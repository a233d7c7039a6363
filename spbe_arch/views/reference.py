"""Viewpoint "reference": how many elements carry which code of a national reference table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.errors import UnknownViewError
from spbe_arch.messages import translate
from spbe_arch.metamodel import types
from spbe_arch.metamodel.references import PREFIXES
from spbe_arch.views import Reads, Viewpoint
from spbe_arch.views.gathering import Marks, frame_of, node_at
from spbe_arch.views.view import Axis, Group, Mark, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT", "counted"]


def make(architecture: Architecture, findings: Iterable[Finding], language: str, prefix: Any = None) -> View:
    """The two upper levels of a table: level 1 as rows, level 2 as columns whose detail is the code above them.

    Groups hold the elements by their code of level 2, or of level 1 if they have no more; "" holds those whose code
    is missing or is not in the table.

    Raises:
        UnknownViewError: if no table is named.
    """
    if prefix is None:
        raise UnknownViewError(
            "view {name!r} needs to know what it compares; there are {known}",
            name="reference",
            known=", ".join(f"reference:{known}" for known in PREFIXES),
        )
    marks = Marks(findings)
    table = architecture.references(prefix)
    sections = [section for section, info in types().items() if info.codes == prefix]
    ordinals = [ordinal for section in sections for ordinal in architecture.ordinals(section)]
    members: dict[str, list[str]] = defaultdict(list)
    for one in ordinals:
        members[counted(architecture.row_at(one).get("reference") or "", table)].append(architecture.id_at(one))
    uppers = table.children(prefix)
    lowers = [(upper.code, lower) for upper in uppers for lower in table.children(upper.code)]
    names = {entry.code: entry.name(language) for entry in (*uppers, *(lower for _, lower in lowers))}
    title = translate("Heat map", language)
    return View(
        viewpoint="reference",
        name=f"reference-{prefix}",
        title=f"{title}: {table.title_id if language == 'id' else table.title_en}",
        subtitle=translate("Number and colour: how many elements carry the code", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=tuple(node_at(architecture, one, marks) for one in ordinals),
        groups=tuple(Group(code, names.get(code, ""), tuple(members[code])) for code in sorted(members)),
        rows=Axis(prefix, tuple(Mark(upper.code, names[upper.code]) for upper in uppers)),
        columns=Axis(prefix, tuple(Mark(lower.code, names[lower.code], upper) for upper, lower in lowers)),
    )


def counted(code: str, table: Any) -> str:
    """The code that an element is counted under: its own, cut to level 2, if the table has it."""
    while code.count(".") > 2:
        code = code.rpartition(".")[0]
    while code and code not in table:
        code = code.rpartition(".")[0]
    return code if code in table else ""


def _reads(prefix: str) -> Reads:
    return {section: ("reference",) for section, info in types().items() if info.codes == prefix}


VIEWPOINT = Viewpoint(
    name="reference",
    title={"en": "Reference map", "id": "Peta referensi"},
    stakeholders=("SPBE coordination team", "evaluators", "architects"),
    concerns=("Which parts of the national reference are covered?", "Where is much, where nothing?"),
    about=(),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - six tables are for those who ask
    variants=PREFIXES,
    reads=_reads,
    needs_subject=True,
    fixed={
        "group_by": "its tiles are the codes of a reference architecture",
        "colour_by": "shades say how many elements a code has",
        "size_by": "so do the numbers on the tiles",
    },
)
