"""Where things are: definition, references, symbols, links to files, lenses, folds."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spbe_arch.drafting.mentions import mentions
from spbe_arch.drafting.renaming import Renaming
from spbe_arch.files import holds
from spbe_arch.findings import Place, Region
from spbe_arch.live import lines_of
from spbe_arch.loader import element_lines, locate, section_called
from spbe_arch.lsp.positions import column_in, range_of
from spbe_arch.manifest import MANIFEST
from spbe_arch.messages import counted
from spbe_arch.nodes import Mapping, read, region
from spbe_arch.splicing import Manuscript, Splice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spbe_arch.live import Repository
    from spbe_arch.lsp.asked import Asked
    from spbe_arch.nodes import Document
    from spbe_arch.records import FileResult

__all__ = ["Finder"]

_MOST_SYMBOLS = 200
_ADDRESS = re.compile(r"https?://[^\s'\"<>\[\]{},]+")
_FILE = re.compile(r"[\w][\w./-]*")


class Finder:
    """Answers where things are in one repository, for one request.

    Args:
        repository: as it is now.
        encoding: the units of columns.
    """

    def __init__(self, repository: Repository, encoding: str) -> None:
        self.repository = repository
        self.architecture = repository.known
        self.encoding = encoding
        self._documents: dict[str, Document] = {}

    # --- one element -----------------------------------------------------------------------------------------

    def element_at(self, asked: Asked) -> int | None:
        """The number of the element that the word at a place names: a link's target, or the element itself."""
        cursor = asked.cursor
        if asked.targets and cursor.slot == "value":
            id = asked.word
        elif asked.type is not None and len(cursor.path) >= 2:
            id = str(cursor.path[1])
        elif asked.type is not None and cursor.slot == "key":
            id = asked.word.partition(":")[0]
        else:
            return None
        found = self.architecture.find(id if "/" in id else f"{asked.agency}/{id}")
        return found.ordinal if found is not None else None

    def id_at(self, asked: Asked) -> str | None:
        """The id, with its agency, of the element that the word at a place names."""
        ordinal = self.element_at(asked)
        return None if ordinal is None else self.architecture.at_ordinal(ordinal).global_id

    def definition(self, asked: Asked) -> lsp.Location | None:
        """Where the element that is named at a place is described."""
        ordinal = self.element_at(asked)
        return None if ordinal is None or self.architecture.is_external(ordinal) else self.of_element(ordinal)

    def of_element(self, ordinal: int) -> lsp.Location:
        """Where an element is described."""
        return self.location(self._place(ordinal))

    def references(self, asked: Asked, *, with_declaration: bool) -> list[lsp.Location]:
        """Every place that names the element at a place: links, sources, views and own rules."""
        ordinal = self.element_at(asked)
        if ordinal is None:
            return []
        id, agency = self.architecture.row_at(ordinal).id, self.architecture.agency_at(ordinal)
        sought = Renaming(agency, id, id)
        found = []
        for path in self._may_name(ordinal):
            text = self.repository.text(path)
            if id not in text:
                continue
            manuscript = Manuscript(path, text)
            home = self.architecture.agency_of_path(path)
            for part, before in mentions(manuscript):
                names_it = sought.of_text(part.value, before, home, is_key=part.is_key) is not None
                if names_it and part.kind == "scalar" and (with_declaration or not part.is_key):
                    place = range_of(
                        lines_of(manuscript.text), manuscript.region(Splice(part.content, part.end, "")), self.encoding
                    )
                    found.append(lsp.Location((self.repository.root / path).as_uri(), place))
        return found

    def _may_name(self, ordinal: int) -> Iterator[str]:
        """The files that may name an element: a link of them leads to it, or what they say is no link that is known."""
        architecture = self.architecture
        named = {architecture.file_at(one).path for one in (ordinal, *self._linked_to(ordinal))}
        named.update(architecture.file_at(one).path for one, _ in architecture.duplicates)
        named.update(architecture.file_at(one.source).path for one in architecture.unresolved)
        told = {file.path for member in architecture.members for file in member.files if self._tells_all(file)}
        return (path for path in self.repository.paths() if path in named or path not in told)

    def _tells_all(self, file: FileResult) -> bool:
        """Whether the links that are known of a file are all in it that may name an element."""
        others = file.faults or file.views or file.own_rules or file.references
        return not others and self.repository.says(file)

    def users(self, ordinal: int) -> int:
        """How many elements name an element."""
        return len(set(self._linked_to(ordinal)))

    def _linked_to(self, ordinal: int) -> Iterator[int]:
        """The elements with links that lead to an element, once for each link."""
        for section, field in self.architecture.relation_names():
            yield from self.architecture.sources(ordinal, section, field)

    def _place(self, ordinal: int) -> Place:
        row = self.architecture.row_at(ordinal)
        path = self.architecture.file_at(ordinal).path
        return Place(path, element=row.id, section=row.shape.type.section)

    def location(self, place: Place) -> lsp.Location:
        """A place of the model as the editor names it."""
        document = self._document(place.path)
        found = range_of(lines_of(document.text), locate(document, place), self.encoding)
        return lsp.Location((self.repository.root / place.path).as_uri(), found)

    def _document(self, path: str) -> Document:
        if path not in self._documents:
            self._documents[path] = read(path, self.repository.text(path))
        return self._documents[path]

    # --- a file ----------------------------------------------------------------------------------------------

    def symbols(self, path: str) -> list[lsp.DocumentSymbol]:
        """The sections of a file with their elements."""
        document = self._document(path)
        lines = lines_of(document.text)
        found = []
        if not isinstance(document.root, Mapping):
            return []
        for key, node in document.root.items.values():
            children = []
            if section_called(key.value) is not None and isinstance(node, Mapping):
                for id, element in node.items.values():
                    named = element.items if isinstance(element, Mapping) else {}
                    name = next((named[one][1] for one in ("name", "nama") if one in named), None)
                    detail = getattr(name, "value", "")
                    children.append(self._symbol(lines, id, element, lsp.SymbolKind.Object, detail))
            found.append(self._symbol(lines, key, node, lsp.SymbolKind.Module, "", children))
        return found

    def _symbol(
        self,
        lines: list[str],
        key: Any,
        node: Any,
        kind: lsp.SymbolKind,
        detail: str,
        children: list[lsp.DocumentSymbol] | None = None,
    ) -> lsp.DocumentSymbol:
        selected = region(key)
        inside = region(node)
        end = (selected.end_line, selected.end_column)
        below = [(child.range.end.line + 1, child.range.end.character + 1) for child in children or ()]
        last = max([end, (inside.end_line, inside.end_column), *below, *self._ends(node)])
        whole = Region(selected.line, selected.column, *last)
        return lsp.DocumentSymbol(
            name=key.value or "?",
            kind=kind,
            range=range_of(lines, whole, self.encoding),
            selection_range=range_of(lines, selected, self.encoding),
            detail=" ".join(detail.split())[:100],
            children=children,
        )

    def _ends(self, node: Any) -> Iterator[tuple[int, int]]:
        """Where the last of what a node holds ends."""
        while isinstance(node, Mapping) and node.items:
            key, node = next(reversed(node.items.values()))
            for part in (region(key), region(node)):
                yield part.end_line, part.end_column

    def folds(self, path: str) -> list[lsp.FoldingRange]:
        """The elements of a file, and its sections."""
        document = self._document(path)
        found = [lsp.FoldingRange(begin - 1, end - 1) for begin, end in element_lines(document) if end > begin]
        sections = [symbol.range for symbol in self.symbols(path)]
        found += (lsp.FoldingRange(one.start.line, one.end.line) for one in sections if one.end.line > one.start.line)
        return found

    def links(self, path: str) -> list[lsp.DocumentLink]:
        """The addresses in a file, and in a manifest the members that it names."""
        found: list[lsp.DocumentLink] = []
        for number, row in enumerate(lines_of(self.repository.text(path))):
            addresses = _ADDRESS.finditer(row)
            found += (lsp.DocumentLink(self._stretch(number, row, one.span()), one[0]) for one in addresses)
            for name in _FILE.finditer(row) if path.rpartition("/")[2] == MANIFEST else ():
                uri = self._uri_below(path, name[0])
                if uri is not None:
                    found.append(lsp.DocumentLink(self._stretch(number, row, name.span()), uri))
        return found

    def _stretch(self, line: int, row: str, span: tuple[int, int]) -> lsp.Range:
        start, end = (lsp.Position(line, column_in(row, column, self.encoding)) for column in span)
        return lsp.Range(start, end)

    def _uri_below(self, manifest: str, name: str) -> str | None:
        """The manifest of a member that a manifest names, if it is there and inside the repository."""
        member = posixpath.normpath(posixpath.join(manifest.rpartition("/")[0], name))
        if member.startswith("..") or not holds(self.repository.root, member, MANIFEST):
            return None
        return (self.repository.root / member / MANIFEST).as_uri()

    def lenses(self, path: str, *, clickable: bool = False) -> list[lsp.CodeLens]:
        """Above each element, how many others name it; a click lists them where the editor has a command for it."""
        language = self.repository.language
        lines = lines_of(self._document(path).text)
        found = []
        for ordinal in self._elements_of(path):
            users = self.users(ordinal)
            place = range_of(lines, locate(self._document(path), self._place(ordinal)), self.encoding)
            title = counted(users, "named by {count} element", "named by {count} elements", language)
            uri = (self.repository.root / path).as_uri()
            where = (uri, place.start.line, place.start.character)
            command = lsp.Command(title, "spbe.references", arguments=where) if clickable else lsp.Command(title, "")
            found.append(lsp.CodeLens(place, command))
        return found

    def _elements_of(self, path: str) -> Iterator[int]:
        for file in (file for member in self.architecture.members for file in member.files if file.path == path):
            agency = self.architecture.agency_of_path(path)
            for row in file.rows:
                found = self.architecture.find(f"{agency}/{row.id}")
                if found is not None and self.architecture.file_at(found.ordinal).path == path:
                    yield found.ordinal

    # --- the model -------------------------------------------------------------------------------------------

    def sought(self, text: str) -> list[lsp.WorkspaceSymbol]:
        """The elements whose id or name has a text in it."""
        wanted = text.casefold()
        found = []
        for ordinal in self.architecture.all_ordinals():
            row = self.architecture.row_at(ordinal)
            name = str(row.get("name") or "")
            if wanted in row.id.casefold() or wanted in name.casefold():
                label = row.shape.type.label(self.repository.language)
                place = self.of_element(ordinal)
                shown = f"{row.id} {name}".strip()
                found.append(lsp.WorkspaceSymbol(place, shown, lsp.SymbolKind.Object, container_name=label))
                if len(found) == _MOST_SYMBOLS:
                    break
        return found
