"""Viewpoint "matrix": two kinds of elements, and which of the one has to do with which of the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.errors import UnknownViewError
from spbe_arch.messages import translate
from spbe_arch.views import Reads, Viewpoint
from spbe_arch.views.aspects import grouped, grouped_by
from spbe_arch.views.gathering import Marks, called, frame_of, node_at
from spbe_arch.views.view import Axis, Cell, Group, Mark, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.views.view import Node

__all__ = ["VIEWPOINT"]


class _Matrix(NamedTuple):
    """What is compared with what."""

    rows: tuple[str, ...]
    """Sections."""
    columns: tuple[str, ...]
    fields: tuple[tuple[str, str, str], ...]
    """Section and field of the links, and the word for what they say."""
    together: tuple[str, str, str] = ("", "", "")
    """Two words and the one for both of them."""


_MATRICES = {
    "applications-data": _Matrix(
        ("applications",),
        ("data",),
        (("applications", "reads", "read"), ("applications", "writes", "write")),
        ("read", "write", "both"),
    ),
    "applications-infrastructure": _Matrix(
        ("applications",),
        ("servers", "clouds", "facilities", "integration_platforms", "intranets"),
        (
            ("applications", "runs_on", "runs"),
            ("applications", "main_facility", "main"),
            ("applications", "backup_facility", "backup"),
            ("applications", "networks", "uses"),
            ("integration_platforms", "connects", "uses"),
        ),
    ),
    "processes-services": _Matrix(("processes",), ("services",), (("services", "processes", "defines"),)),
    "services-applications": _Matrix(("services",), ("applications",), (("applications", "supports", "supports"),)),
    "units-applications": _Matrix(
        ("units",),
        ("applications",),
        (("applications", "owner", "owns"), ("applications", "operator", "operates")),
        ("owns", "operates", "owns and operates"),
    ),
}


def make(
    architecture: Architecture, findings: Iterable[Finding], language: str, about: Any = None, *, group_by: str = ""
) -> View:
    """The matrix of this name; its rows are grouped by office or otherwise, its columns in the order of their codes.

    The `kind` of data is "contested" if more than one application writes it.

    Raises:
        UnknownViewError: if no matrix is named.
    """
    if about is None:
        raise UnknownViewError(
            "view {name!r} needs to know what it compares; there are {known}",
            name="matrix",
            known=", ".join(f"matrix:{name}" for name in _MATRICES),
        )
    matrix, marks = _MATRICES[about], Marks(findings)
    rows, columns = _elements(architecture, matrix.rows), _elements(architecture, matrix.columns)
    cells = _cells(architecture, matrix, rows, columns)
    writers = Counter(cell.column for cell in cells if cell.value in ("write", "both"))
    nodes = {}
    for one in (*rows, *columns):
        node = node_at(architecture, one, marks)
        nodes[node.id] = node
    nodes |= {id: nodes[id]._replace(kind="contested") for id, count in writers.items() if count > 1}
    titles = [_title(sections, language) for sections in (matrix.rows, matrix.columns)]
    groups = _groups(architecture, rows, group_by, language)
    order = [id for group in groups for id in group.nodes]
    return View(
        viewpoint="matrix",
        name=f"matrix-{about}",
        title=f"{translate('Matrix', language)}: {titles[0]} × {titles[1]}",
        subtitle=translate("Rows in groups; columns in the order of their reference codes", language)
        if group_by
        else translate("Rows by office; columns in the order of their reference codes", language),
        frame=frame_of(architecture, (*rows, *columns), language),
        nodes=tuple(nodes.values()),
        groups=groups,
        grouped_by=grouped_by(group_by),
        rows=Axis(titles[0], tuple(Mark(id, nodes[id].name) for id in order)),
        columns=Axis(titles[1], tuple(_mark(architecture, one, nodes) for one in columns)),
        cells=cells,
    )


def _elements(architecture: Architecture, sections: tuple[str, ...]) -> list[int]:
    """The elements of some sections, by section, code and name."""

    def place(ordinal: int) -> tuple[str, str, str]:
        row = architecture.row_at(ordinal)
        return row.get("reference") or "~", called(architecture, ordinal).casefold(), row.id

    return [ordinal for section in sections for ordinal in sorted(architecture.ordinals(section), key=place)]


def _mark(architecture: Architecture, ordinal: int, nodes: dict[str, Node]) -> Mark:
    id = architecture.id_at(ordinal)
    return Mark(id, nodes[id].name, architecture.row_at(ordinal).get("reference") or "")


def _cells(architecture: Architecture, matrix: _Matrix, rows: list[int], columns: list[int]) -> tuple[Cell, ...]:
    row = {ordinal: index for index, ordinal in enumerate(rows)}
    column = {ordinal: index for index, ordinal in enumerate(columns)}
    values: dict[tuple[int, int], list[str]] = defaultdict(list)
    for section, field, word in matrix.fields:
        for source in architecture.ordinals(section):
            for target in architecture.targets(source, field):
                if source in row and target in column:
                    values[row[source], column[target]].append(word)
                elif target in row and source in column:
                    values[row[target], column[source]].append(word)
    one, other, both = matrix.together
    cells = []
    for (at, across), words in sorted(values.items()):
        value = both if one in words and other in words else words[0]
        ids = architecture.id_at(rows[at]), architecture.id_at(columns[across])
        cells.append(Cell(*ids, value))
    return tuple(cells)


def _groups(architecture: Architecture, rows: list[int], by: str, language: str) -> tuple[Group, ...]:
    if not by and rows and architecture.section_at(rows[0]) == "units":
        return _by_top(architecture, rows)
    return grouped(architecture, rows, by, language, short=True)


def _by_top(architecture: Architecture, units: list[int]) -> tuple[Group, ...]:
    """Units under the office at their top, which comes first."""
    members: dict[int, list[int]] = defaultdict(list)
    for unit in units:
        members[architecture.units_above(unit)[-1]].append(unit)
    return tuple(
        Group(
            architecture.id_at(top),
            architecture.row_at(top).get("short_name") or "",
            tuple(map(architecture.id_at, sorted(found, key=lambda one, top=top: one != top))),  # type: ignore[misc]
        )
        for top, found in members.items()
    )


def _title(sections: tuple[str, ...], language: str) -> str:
    words = {
        "applications": translate("applications", language),
        "data": translate("data", language),
        "processes": translate("business processes", language),
        "services": translate("services", language),
        "units": translate("units", language),
    }
    said = words.get(sections[0], translate("infrastructure", language))
    return said[:1].upper() + said[1:]


def _reads(variant: str) -> Reads:
    """The links that a matrix is made of; where they may be written at either kind, they are the rows' to have."""
    matrix = _MATRICES[variant]
    found: dict[str, list[str]] = {section: [] for section in (*matrix.rows, *matrix.columns)}
    for section, field, _ in matrix.fields:
        if section in found:
            found[section].append(field)
    return {section: ("|".join(fields),) if fields else () for section, fields in found.items()}


VIEWPOINT = Viewpoint(
    name="matrix",
    title={"en": "Matrix", "id": "Matriks"},
    stakeholders=("architects", "data stewards", "auditors"),
    concerns=("Which has to do with which?", "What is used by many?", "What has no link yet?"),
    about=(),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - five matrices are for those who ask
    variants=tuple(sorted(_MATRICES)),
    reads=_reads,
    needs_subject=True,
    fixed={
        "colour_by": "marks in the cells say what two have to do with each other",
        "size_by": "rows and columns have no cards; sums stand at their ends",
    },
)
