"""Edits of a text: what is asked for is what is read afterwards, and no other byte has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from spbe_arch.errors import EditingError
from spbe_arch.findings import Region
from spbe_arch.nodes import Mapping, Scalar, Sequence, plain, read
from spbe_arch.splicing import Entry, Manuscript, Part, Splice, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    Edit = Callable[[Manuscript], list[Splice]]

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
STYLES = st.sampled_from(["", "'", '"'])


def edited(text: str | bytes, edit: Edit) -> str:
    manuscript = Manuscript("a.yaml", text)
    return manuscript.edited(edit(manuscript)).decode()


def value_of(manuscript: Manuscript, *keys: str) -> Part:
    pair = manuscript.pair(*keys)
    assert pair is not None
    return pair.value


def pair_of(manuscript: Manuscript, *keys: str) -> Entry:
    pair = manuscript.pair(*keys)
    assert pair is not None
    return pair


# --- quoting -------------------------------------------------------------------------------------------------


@given(TEXTS, STYLES)
def test_a_quoted_text_is_read_back_as_a_value(text: str, style: str) -> None:
    root = read("", f"a: {quoted(text, style)}\nb: c\n").root
    assert isinstance(root, Mapping)
    value = root.items["a"][1]
    assert isinstance(value, Scalar)
    assert (value.value, list(root.items)) == (text, ["a", "b"])


@given(TEXTS, STYLES)
def test_a_quoted_text_is_read_back_in_brackets_and_braces(text: str, style: str) -> None:
    written = quoted(text, style, flow=True)
    root = read("", f"a: [{written}, x, {{{written}: {written}}}]\n").root
    assert isinstance(root, Mapping)
    items = root.items["a"][1]
    assert isinstance(items, Sequence)
    first, other, mapping = items.items
    assert isinstance(first, Scalar)
    assert isinstance(other, Scalar)
    assert (first.value, other.value) == (text, "x")
    if text:
        assert isinstance(mapping, Mapping)
        [(key, value)] = mapping.items.values()
        assert isinstance(value, Scalar)
        assert (key.value, value.value) == (text, text)


@given(TEXTS.filter(bool), STYLES)
def test_a_quoted_text_is_read_back_as_a_key_and_as_an_item(text: str, style: str) -> None:
    root = read("", f"{quoted(text, style)}:\n  - {quoted(text, style)}\n").root
    assert isinstance(root, Mapping)
    [(key, node)] = root.items.values()
    assert isinstance(node, Sequence)
    [item] = node.items
    assert isinstance(item, Scalar)
    assert (key.value, item.value) == (text, text)


@pytest.mark.parametrize(
    "text", ["Bebunge", "RAL.01.16", "no", "007", "12:30", "-5", "kab-bekasi/siak", "Dinas 'A'", "a, b", "é 漢"]
)
def test_a_text_that_needs_no_quotes_has_none(text: str) -> None:
    assert quoted(text) == text


def test_half_a_character_cannot_be_written() -> None:
    with pytest.raises(EditingError):
        quoted("\ud800")


# --- single values -------------------------------------------------------------------------------------------

WRITTEN = [
    ("name: lama  # tetap\n", "name: baru  # tetap\n"),
    ("name: 'lama'\n", "name: 'baru'\n"),
    ('name: "lama"\r\nnote: x\r\n', 'name: "baru"\r\nnote: x\r\n'),
    ("name: &n lama\nnote: y\n", "name: &n baru\nnote: y\n"),
    ("name:\nnote: x\n", "name: baru\nnote: x\n"),
    ("name: # tetap\nnote: x\n", "name: baru # tetap\nnote: x\n"),
    ("name: satu\n  dua\nnote: x\n", "name: baru\nnote: x\n"),
    ("name: |\n  satu\n  dua\n\nnote: x\n", "name: baru\n\nnote: x\n"),
    ("{name: lama, note: x}", "{name: baru, note: x}"),
    ("{name: , note: x}", "{name: baru, note: x}"),
    ("\ufeffname: lama", "\ufeffname: baru"),
    ('"name" : lama\t#\ttetap\n', '"name" : baru\t#\ttetap\n'),
]


@pytest.mark.parametrize(("before", "after"), WRITTEN)
def test_a_value_is_written_in_the_manner_of_the_old_one(before: str, after: str) -> None:
    assert edited(before, lambda m: m.write(value_of(m, "name"), "baru")) == after


def test_a_key_is_renamed_where_it_stands() -> None:
    text = "'nmae': x  # satu\nnote: y\n"
    assert edited(text, lambda m: m.write(pair_of(m, "nmae").key or m.parts[0], "nama")) == text.replace("nmae", "nama")


def test_a_text_of_several_lines_keeps_its_bar() -> None:
    before = "a:\r\n  note: |\r\n      satu\r\n      dua\r\nb: c\r\n"
    after = "a:\r\n  note: |\r\n      satu\r\n\r\n      tiga\r\nb: c\r\n"
    written = edited(before, lambda m: m.write(value_of(m, "a", "note"), "satu\n\ntiga\n"))
    assert plain_of(written) == plain_of(after)
    assert written.startswith("a:\r\n  note: |\r\n      satu\r\n")


BLANKED = [
    ('a: "-"  # tidak ada\nb: c\n', "a:  # tidak ada\nb: c\n"),
    ('a: "-"\r\nb: c\r\n', "a:\r\nb: c\r\n"),
    ("{a: '-', b: c}", "{a: , b: c}"),
    ("a:\n  '-'\nb: c\n", "a:\nb: c\n"),
    ("a:\n  x: y\n  z: w\nb: c\n", "a:\nb: c\n"),
    ("a: &x '-'\nb: c\n", "a: &x\nb: c\n"),
    ("a: ['-']\nb: c\n", "a:\nb: c\n"),
]


@pytest.mark.parametrize(("before", "after"), BLANKED)
def test_a_value_is_made_blank_and_its_key_stays(before: str, after: str) -> None:
    assert edited(before, lambda m: m.blank(value_of(m, "a"))) == after


# --- lists and mappings --------------------------------------------------------------------------------------

REMOVED = [
    ("a: 1  # satu\nb: 2\nc: 3\n", "a", "b: 2\nc: 3\n"),
    ("a: 1\r\nb: 2 # dua\r\nc: 3\r\n", "b", "a: 1\r\nc: 3\r\n"),
    ("a: 1\nb: 2\nc: 3", "c", "a: 1\nb: 2"),
    ("a: 1\nc:\n  - x # satu\n\n# tetap\nb: 2\n", "c", "a: 1\n\n# tetap\nb: 2\n"),
    ("a: 1\nc: |\n  satu\n\n  dua\n\nb: 2\n", "c", "a: 1\n\nb: 2\n"),
    ("{a: 1, b: 2, c: 3}", "a", "{b: 2, c: 3}"),
    ("{a: 1, b: 2, c: 3}", "b", "{a: 1, c: 3}"),
    ("{a: 1, b: 2, c: 3}", "c", "{a: 1, b: 2}"),
    ("{\n  a: 1,  # satu\n  b: 2, # dua\n  c: 3\n}\n", "b", "{\n  a: 1,  # satu\n  c: 3\n}\n"),
    ("{\n  a: 1,\n  b: 2, # dua\n}\n", "b", "{\n  a: 1,\n}\n"),
    ("{a: 1,}", "a", "{}"),
    ("\ufeffa: 1\nb: 2\n", "a", "\ufeffb: 2\n"),
    ("a: 1\n'c d': &x {y: z}\nb: 2\n", "c d", "a: 1\nb: 2\n"),
]


@pytest.mark.parametrize(("before", "key", "after"), REMOVED)
def test_a_pair_is_removed_with_its_lines_and_its_comment(before: str, key: str, after: str) -> None:
    assert edited(before, lambda m: m.remove(pair_of(m, key))) == after


ITEMS_REMOVED = [
    ("a: [x, y, z]\n", 1, "a: [x, z]\n"),
    ("a: [ x , y , z ]\n", 2, "a: [ x , y ]\n"),
    ("a: [x]\n", 0, "a: []\n"),
    ("a:\n  - x\n  - y # dua\n  - z\n", 1, "a:\n  - x\n  - z\n"),
    ("a:\n- x\n", 0, "a:\n"),
    ("a:\n  - to: x\n    note: y\n  - z\n", 0, "a:\n  - z\n"),
    ("a:\n  - - x\n    - y\n", 0, "a:\n"),
]


@pytest.mark.parametrize(("before", "number", "after"), ITEMS_REMOVED)
def test_an_item_is_removed(before: str, number: int, after: str) -> None:
    assert edited(before, lambda m: m.remove(value_of(m, "a").entries[number])) == after


def test_the_first_field_of_an_item_leaves_the_dash_to_the_second() -> None:
    text = "a:\n  - to: x # satu\n    note: y\n"
    assert edited(text, lambda m: m.remove(value_of(m, "a").entries[0].value.entries[0])) == "a:\n  - note: y\n"


ADDED = [
    ("a: [x, y]  # dua\n", "a: [x, y, z]  # dua\n"),
    ("a: []\n", "a: [z]\n"),
    ("a:\n", "a: [z]\n"),
    ("a: x\n", "a: [x, z]\n"),
    ("a: 'x, y'  # satu\n", "a: ['x, y', z]  # satu\n"),
    ("a: x, y\n", "a: ['x, y', z]\n"),
    ("a: {to: x}\n", "a: [{to: x}, z]\n"),
    ("a:\r\n  -  x # satu\r\nb: c\r\n", "a:\r\n  -  x # satu\r\n  -  z\r\nb: c\r\n"),
    ("a:\n- x", "a:\n- x\n- z"),
    ("a: [\n  x,\n  y,  # dua\n]\n", "a: [\n  x,\n  y,  # dua\n  z,\n]\n"),
    ("a: [\n  x,\n  y  # dua\n]\n", "a: [\n  x,\n  y,  # dua\n  z\n]\n"),
    ("a: [\n  x,\n  y\n]\n", "a: [\n  x,\n  y,\n  z\n]\n"),
    ("{a: [x], b: c}", "{a: [x, z], b: c}"),
]


@pytest.mark.parametrize(("before", "after"), ADDED)
def test_an_item_is_added_in_the_manner_of_the_others(before: str, after: str) -> None:
    assert edited(before, lambda m: m.add_item(value_of(m, "a"), "z")) == after


FIELDS = [
    ("a:\n  x: 1\nb:\n  c: d\n", "a:\n  x: 1\n  z: satu\nb:\n  c: d\n"),
    ("a:\r\n    x: 1 # satu\r\n\r\nb: c\r\n", "a:\r\n    x: 1 # satu\r\n    z: satu\r\n\r\nb: c\r\n"),
    ("a: {x: 1}\n", "a: {x: 1, z: satu}\n"),
    ("a: {}\n", "a: {z: satu}\n"),
    ("b:\n    c: d\na: # kosong\n", "b:\n    c: d\na: # kosong\n    z: satu\n"),
    ("a:\n  x:\n    - y\n  w: |\n    t", "a:\n  x:\n    - y\n  w: |\n    t\n  z: satu"),
    ("b: &k {x: 1}\na: &l\n  x: 1\n", "b: &k {x: 1}\na: &l\n  x: 1\n  z: satu\n"),
]


@pytest.mark.parametrize(("before", "after"), FIELDS)
def test_a_field_is_added_at_the_end_of_its_element(before: str, after: str) -> None:
    assert edited(before, lambda m: m.add_pair(value_of(m, "a"), "z", "satu")) == after


def test_a_field_is_added_behind_another_one() -> None:
    text = "a:\n  x: 1 # satu\n  y: 2\n"
    written = edited(text, lambda m: m.add_pair(value_of(m, "a"), "z", "3", after=pair_of(m, "a", "x")))
    assert written == "a:\n  x: 1 # satu\n  z: 3\n  y: 2\n"


def test_an_element_is_added_with_its_fields() -> None:
    value = {"name": "Izin: baru", "targets": ["a", "b"], "note": None, "source": {"document": "x"}}
    text = "services:\n  lama:\n    name: Lama\n"
    written = edited(text, lambda m: m.add_pair(value_of(m, "services"), "izin", value))
    assert written == (
        "services:\n  lama:\n    name: Lama\n  izin:\n    name: 'Izin: baru'\n    targets: [a, b]\n    note:\n"
        "    source:\n      document: x\n"
    )


def test_lists_stand_below_each_other_where_the_text_has_them_so() -> None:
    text = "a:\n  x:\n    - y\nb:\n  c: d\n"
    written = edited(text, lambda m: m.add_pair(value_of(m, "b"), "z", ["satu", "dua"]))
    assert written == text + "  z:\n    - satu\n    - dua\n"


def test_something_is_added_to_a_text_without_anything_in_it() -> None:
    assert edited("# kosong\r\n", lambda m: m.add_pair(m.root, "a", {"b": "c"})) == "# kosong\r\na:\r\n  b: c\r\n"


# --- what is refused -----------------------------------------------------------------------------------------

REFUSED: list[tuple[str, Edit]] = [
    ("a: *x\n", lambda m: m.write(value_of(m, "a"), "b")),
    ("a: [x, y]\n", lambda m: m.write(value_of(m, "a"), "b")),
    ("a: |\n  x\n", lambda m: m.add_item(value_of(m, "a"), "b")),
    ("? a\n: b\n", lambda m: m.remove(pair_of(m, "a"))),
    ("{a: 1, # satu\n b: 2}\n", lambda m: m.remove(pair_of(m, "a"))),
    ("a: b\n", lambda m: m.add_pair(value_of(m, "a"), "b", "c")),
    ("a: b\n", lambda m: [Splice(0, 3, "x"), Splice(2, 4, "y")]),
    ("a: b\n", lambda m: [Splice(2, 2, "x"), Splice(2, 2, "y")]),
    ("a: [x", lambda m: m.add_item(value_of(m, "a"), "b") + m.remove(pair_of(m, "a"))),
    ("a: b\n", lambda m: m.write(m.parts[1], "x" * 1100)),
]


@pytest.mark.parametrize(("text", "edit"), REFUSED)
def test_what_cannot_be_done_safely_is_refused(text: str, edit: Edit) -> None:
    with pytest.raises(EditingError):
        edited(text, edit)


@pytest.mark.parametrize("data", [b"a: \xff\n", b"\xff\xfea\0:\0", b"\x01\x02\x03\x04\x05"])
def test_bytes_that_are_no_text_are_not_edited(data: bytes) -> None:
    with pytest.raises(EditingError):
        Manuscript("a.yaml", data)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_edited_or_are_refused(data: bytes) -> None:
    try:
        manuscript = Manuscript("a.yaml", data)
    except EditingError:
        return
    assert manuscript.edited([]) == data
    for part in manuscript.parts:
        for edit in (manuscript.write, manuscript.add_item):
            try:
                manuscript.edited(edit(part, "baru"))
            except EditingError:
                continue


def test_an_edit_asked_for_twice_is_made_once() -> None:
    assert edited("a: b\n", lambda m: m.write(value_of(m, "a"), "c") * 2) == "a: c\n"


def test_a_place_is_found_behind_a_byte_order_mark() -> None:
    manuscript = Manuscript("a.yaml", "\ufeffa: b\n")
    part = manuscript.single_at(Region(1, 4, 1, 5))
    assert part is not None
    assert part.value == "b"
    assert manuscript.region(manuscript.write(part, "c")[0]) == Region(1, 4, 1, 5)


@pytest.mark.parametrize(("text", "shared"), [("a: &x b\nc: *x\n", True), ("a: &x b\n", False), ("a: b\n", False)])
def test_what_an_alias_stands_for_is_shared(text: str, shared: bool) -> None:
    manuscript = Manuscript("a.yaml", text)
    assert manuscript.is_shared(value_of(manuscript, "a")) is shared


def test_what_a_merge_key_brings_is_shared() -> None:
    manuscript = Manuscript("a.yaml", "a: &x {b: c}\nd: {<<: *x}\n")
    assert manuscript.is_shared(value_of(manuscript, "a", "b"))


# --- properties ----------------------------------------------------------------------------------------------

WORDS = st.from_regex(r"[a-z][a-z: ,#'-]{0,6}", fullmatch=True)
KEYS = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
TREES = st.recursive(
    WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A mapping as somebody may write it: in either style, with comments, line breaks of either kind, or a mark."""
    tree = draw(st.dictionaries(KEYS, TREES, min_size=1, max_size=3))
    text = yaml.dump(
        tree,
        default_flow_style=draw(st.sampled_from([False, None, True])),
        indent=draw(st.sampled_from([2, 4])),
        width=draw(st.sampled_from([10, 10_000])),
        sort_keys=False,
    )
    assume("? " not in text)
    if draw(st.booleans()) and not any(sign in text for sign in "'\""):
        text = "# atas\n" + text.replace("\n", "  # sini\n")
        assume(not read("", text).faults and plain_of(text) == tree)
    text = text.rstrip("\n") if draw(st.booleans()) else text
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), tree


def plain_of(text: str) -> Any:
    document = read("", text)
    assert [fault for fault in document.faults if fault.code != "SPBE004"] == []
    return plain(document.root) if document.root is not None else None


def paths_of(part: Part) -> list[int | str]:
    path: list[int | str] = []
    while part.entry is not None:
        entry = part.entry
        path.insert(0, entry.key.value if entry.key is not None else entry.parent.entries.index(entry))
        part = entry.parent
    return path


def changed(tree: Any, path: list[int | str], change: Callable[[Any, Any], None]) -> Any:
    """The tree with a change made to the container and the key at the end of a path."""
    import copy

    tree = copy.deepcopy(tree)
    at = tree
    for step in path[:-1]:
        at = at[step]
    change(at, path[-1])
    return tree


def as_read(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: as_read(value) for key, value in tree.items()} or {}
    return [as_read(value) for value in tree] if isinstance(tree, list) else tree


def check_edit(text: str, splices: list[Splice], expected: Any) -> None:
    manuscript = Manuscript("a.yaml", text)
    after = manuscript.edited(splices).decode()
    assert plain_of(after) == (as_read(expected) or plain_of(after))
    rest, position = [], 0
    for splice in sorted(splices):
        rest.append(text[position : splice.start])
        position = splice.end
    assert all(part in after for part in (*rest, text[position:]))


@given(documents(), st.data())
def test_writing_a_value_changes_that_value_and_nothing_else(document: tuple[str, Any], data: st.DataObject) -> None:
    text, tree = document
    manuscript = Manuscript("a.yaml", text)
    values = [one for one in manuscript.parts if one.kind == "scalar" and not one.is_key]
    assume(values)
    part = data.draw(st.sampled_from(values))
    new = data.draw(TEXTS.filter(lambda word: word not in ("", "~", "null", "Null", "NULL")))
    expected = changed(tree, paths_of(part), lambda at, key: at.__setitem__(key, new))
    check_edit(text, manuscript.write(part, new), expected)


@given(documents(), st.data())
def test_removing_an_entry_removes_it_and_nothing_else(document: tuple[str, Any], data: st.DataObject) -> None:
    text, tree = document
    manuscript = Manuscript("a.yaml", text)
    part = data.draw(st.sampled_from([one for one in manuscript.parts if one.entry is not None and not one.is_key]))
    assert part.entry is not None
    expected = changed(tree, paths_of(part), lambda at, key: at.__delitem__(key))
    try:
        splices = manuscript.remove(part.entry)
    except EditingError:
        assert "#" in text
        return
    after = plain_of(manuscript.edited(splices).decode())
    assert without_blanks(after) == without_blanks(expected)


def without_blanks(tree: Any) -> Any:
    """A mapping or list of which the last entry was removed is blank; so is one in brackets."""
    if isinstance(tree, dict):
        return {key: without_blanks(value) for key, value in tree.items()} or None
    return ([without_blanks(value) for value in tree] or None) if isinstance(tree, list) else tree


@given(documents(), TREES, st.data())
def test_adding_a_pair_adds_it_and_nothing_else(document: tuple[str, Any], value: Any, data: st.DataObject) -> None:
    text, tree = document
    manuscript = Manuscript("a.yaml", text)
    part = data.draw(st.sampled_from([one for one in manuscript.parts if one.kind == "mapping"]))
    expected = changed({"": tree}, ["", *paths_of(part)], lambda at, key: at[key].__setitem__("baru", value))
    check_edit(text, manuscript.add_pair(part, "baru", value), expected[""])


@given(documents(), TREES, st.data())
def test_adding_an_item_adds_it_and_nothing_else(document: tuple[str, Any], value: Any, data: st.DataObject) -> None:
    text, tree = document
    manuscript = Manuscript("a.yaml", text)
    lists = [one for one in manuscript.parts if one.kind == "list"]
    assume(lists)
    part = data.draw(st.sampled_from(lists))
    expected = changed(tree, paths_of(part), lambda at, key: at[key].append(value))
    check_edit(text, manuscript.add_item(part, value), expected)
