"""A view as tables: what formats show that spreadsheets open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing.text import clean
from spbe_arch.drawing.words import Words
from spbe_arch.messages import translate
from spbe_arch.metamodel import type_of, types
from spbe_arch.printers.net import cell_word, group_name, links_in_words, mark_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.views.view import Mark, Node, View

__all__ = ["Table", "tables_of"]


class Table(NamedTuple):
    """A title, heads, and as many cells in every row as there are heads; all texts are clean."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    labels: int = 1
    """How many columns at the left say what a row is about."""


def tables_of(view: View) -> tuple[Table, ...]:
    """The cells of a picture with rows and columns, if it has some; its elements; its links, if it has some."""
    found = []
    if view.cells and view.columns is not None:
        found.append(_cells(view, view.columns.marks))
    found.append(_elements(view))
    if view.edges:
        found.append(_links(view))
    return tuple(found)


def _cells(view: View, columns: tuple[Mark, ...]) -> Table:
    nodes = {node.id: node for node in view.nodes}
    rows = [mark.key for mark in view.rows.marks] if view.rows else list(nodes)
    names = {mark.key: mark.name for mark in view.rows.marks} if view.rows else {}
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in view.cells:
        values[cell.row, cell.column].append(cell_word(view, cell.value))
    language = view.frame.language
    heads = ("id", translate("name", language), *(_head(view, mark) for mark in columns))
    lines = []
    for key in rows:
        name = mark_name(view, key, names.get(key) or (nodes[key].name if key in nodes else ""))
        cells = (", ".join(values.get((key, mark.key), ())) for mark in columns)
        lines.append((clean(key), name, *map(_number, cells)))
    title = clean(view.rows.title) if view.rows else ""
    across = clean(view.columns.title) if view.columns else ""
    return Table(
        f"{title} × {across}" if title and across else translate("Matrix", language), heads, tuple(lines), labels=2
    )


def _head(view: View, mark: Mark) -> str:
    name = mark_name(view, mark.key, mark.name)
    return name if mark.key == mark.name else f"{name} ({clean(mark.key)})"


def _number(cell: str) -> str | int:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else cell


def _elements(view: View) -> Table:
    language = view.frame.language
    heads = (
        "id",
        translate("name", language),
        translate("type", language),
        translate("layer", language),
        translate("group", language),
        translate("status", language),
        translate("facts", language),
        translate("findings", language),
        translate("links", language),
    )
    groups: dict[str, list[str]] = defaultdict(list)
    for group in view.groups:
        for id in group.nodes:
            groups[id].append(group_name(group))
    links = _links_by_source(view)
    rows = tuple(_row(view, node, groups.get(node.id, []), links.get(node.id, "")) for node in view.nodes)
    return Table(translate("Elements", language), heads, rows, labels=2)


def _row(view: View, node: Node, groups: list[str], links: str) -> tuple[str | int, ...]:
    language, words = view.frame.language, Words(view.frame.language)
    known = node.section in types()
    status = words[f"legend.{node.status}"] if node.status in ("as_is", "upgrade", "new", "retired") else node.status
    return (
        clean(node.id),
        clean(node.name),
        type_of(node.section).label(language) if known else clean(node.section),
        type_of(node.section).layer.label(language) if known else clean(node.layer),
        ", ".join(groups),
        clean(status),
        " · ".join(filter(None, map(clean, (node.facts, node.detail)))),
        node.findings,
        links,
    )


def _links_by_source(view: View) -> dict[str, str]:
    """What each element is linked to, as in "mendukung: perizinan-usaha; membaca: data-penduduk"."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in _lines(view):
        found[line[0]][line[1]].append(line[2])
    return {
        source: "; ".join(f"{word}: {', '.join(targets)}" for word, targets in by_word.items())
        for source, by_word in found.items()
    }


def _links(view: View) -> Table:
    language = view.frame.language
    heads = (translate("from", language), translate("link", language), translate("to", language))
    return Table(translate("Links", language), heads, tuple(_lines(view)))


def _lines(view: View) -> Iterator[tuple[str, str, str]]:
    for edge, said in links_in_words(view):
        yield clean(edge.source), said, clean(edge.target)
