"""An architecture with some files replaced is the one that would be made of all files anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.loader import load_texts, read_file, relinked
from tests.dense import History

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from tests.dense import Files


MADE_WHEN_ASKED = {
    *("_by_agency", "_by_section", "_handed", "_names_of_units", "_notes", "_offices", "_plans", "_references"),
    *("_relations", "texts"),
}


def tables(architecture: Architecture) -> dict[str, Any]:
    """All that an architecture knows, but what it makes when asked for; relations without links say nothing."""
    held = {name: value for name, value in vars(architecture).items() if name not in MADE_WHEN_ASKED}
    relations = {
        key: (list(one.sources), list(one.targets), one.broken, {end: one.of(end) for end in one.targets})
        for key, one in architecture._relations.items()
        if one.sources or one.broken
    }
    asked = {name: getattr(architecture, name) for name in ("_by_section", "_by_agency", "own_rules")}
    agencies = [member.manifest.agency for member in architecture.members]
    asked["codes"] = {agency: architecture.references("RAL", agency) for agency in agencies}
    notes = {file.path: (numbers, noted) for file, numbers, noted in architecture.notes()}
    return {**held, **asked, "relations": relations, "notes": notes, "links": architecture.link_count}


def is_manifest(path: str) -> bool:
    return path.rpartition("/")[2] == "spbe.yaml"


def changed(before: Files, after: Files, tables: tuple[str, ...] = ()) -> dict[str, Any]:
    """The results of the files that differ, but for tables, which are no part of the model."""
    paths = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    paths = [path for path in paths if path not in tables]
    return {path: read_file(path, after[path]) if path in after else None for path in paths}


def assert_same(architecture: Architecture, fresh: Architecture) -> None:
    one, other = tables(architecture), tables(fresh)
    assert {name: one[name] for name in other if one.get(name) != other[name]} == {}


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1_000_000))
def test_after_any_edits_it_is_what_it_would_be_anew(seed: int) -> None:
    history = History(seed)
    before = history.files()
    architecture = load_texts(before.items())
    for _ in range(8):
        history.edit()
        after = history.files()
        if any(is_manifest(path) for path in changed(before, after)):
            architecture = load_texts(after.items())
        else:
            architecture = relinked(architecture, changed(before, after, architecture.manifest.tables))
            assert_same(architecture, load_texts(after.items()))
        before = after
