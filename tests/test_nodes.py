"""The reader: where keys, values and comments stand, what it refuses, and that nothing makes it raise."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from spbe_arch.nodes import Broken, Document, Limits, Mapping, Scalar, Sequence, plain, read, region

if TYPE_CHECKING:
    from spbe_arch.findings import Region
    from spbe_arch.nodes import Node

# Help


def at(document: Document, *path: str | int) -> Node:
    """The node at the end of a path of keys and positions."""
    node = document.root
    for step in path:
        if isinstance(node, Mapping):
            node = node.items[str(step)][1]
        else:
            assert isinstance(node, Sequence)
            assert isinstance(step, int)
            node = node.items[step]
    assert node is not None
    return node


def covered(text: str, place: Region) -> str:
    """What a region of one line covers."""
    assert place.line == place.end_line
    return text.splitlines()[place.line - 1][place.column - 1 : place.end_column - 1]


DEFAULT = Limits()


def found(text: str | bytes, limits: Limits = DEFAULT) -> list[tuple[str, int, int]]:
    """The code, line and column of every fault."""
    regions = [(fault.code, fault.place.region) for fault in read("a.yaml", text, limits).faults]
    return [(code, place.line, place.column) for code, place in regions if place is not None]


def value(text: str) -> Any:
    root = read("a.yaml", text).root
    assert root is not None
    return plain(root)


# Places


@pytest.mark.parametrize(
    ("text", "path", "shown"),
    [
        ("layanan:\n  izin:\n    nama: Perizinan\n", ("layanan", "izin", "nama"), "Perizinan"),
        ("a: 'x y' # z\n", ("a",), "'x y'"),
        ('a:   "x"\n', ("a",), '"x"'),
        ("a: [b, cd]\n", ("a", 1), "cd"),
        ("a: [b, cd]\n", ("a",), "[b, cd]"),
        ("a: {b: c}\n", ("a",), "{b: c}"),
        ("a:\n  - b\n  - cd\n", ("a", 1), "cd"),
        ("a:\n  - b: c\n    de: fg\n", ("a", 0, "de"), "fg"),
        ("a: &x bcd\n", ("a",), "&x bcd"),
        ("ä: é\n", ("ä",), "é"),
        ("a: 𝄞x\n", ("a",), "𝄞x"),
        ("a: b\r\nc: de\r\n", ("c",), "de"),
        ("a: b\rc: de\r", ("c",), "de"),
    ],
)
def test_a_value_stands_where_it_is_written(text: str, path: tuple[str | int, ...], shown: str) -> None:
    assert covered(text, region(at(read("a.yaml", text), *path))) == shown


@pytest.mark.parametrize("text", ["nama: x\n", "a: y\nnama:\n  b: c\n", "{a: y, nama: x}\n", "'nama': x\n"])
def test_a_key_stands_where_it_is_written(text: str) -> None:
    root = at(read("a.yaml", text))
    assert isinstance(root, Mapping)
    assert covered(text, region(root.items["nama"][0])).strip("'") == "nama"


def test_a_list_in_block_style_is_shown_by_its_first_sign() -> None:
    text = "a:\n  - b\n  - c\n"
    assert region(at(read("a.yaml", text), "a")) == (2, 3, 2, 4)


def test_a_blank_value_stands_behind_its_colon() -> None:
    assert region(at(read("a.yaml", "a:\nb: c\n"), "a"))[:2] == (1, 3)


def test_an_alias_is_the_node_of_its_anchor() -> None:
    document = read("a.yaml", "a: &x [1, 2]\nb: *x\n")
    assert at(document, "b") is at(document, "a")


# Values


@pytest.mark.parametrize("text", ["no", "007", "1e3", "12:30", "02.10", "true", "2025-06-10", "0x1F", "1_000"])
def test_a_single_value_is_the_text_as_typed(text: str) -> None:
    assert value(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL", "''"])
def test_a_blank_value_is_none(text: str) -> None:
    assert value(f"a: {text}\n") == {"a": None}


@pytest.mark.parametrize("text", ["'~'", '"null"'])
def test_a_quoted_sign_of_nothing_is_text(text: str) -> None:
    assert value(f"a: {text}\n") == {"a": text.strip("'\"")}


@pytest.mark.parametrize("text", ["", "\n", "# hanya komentar\n", "---\n", "~\n", "   \n", "---\n...\n"])
def test_a_text_of_nothing_has_no_root(text: str) -> None:
    assert read("a.yaml", text).root is None


@pytest.mark.parametrize(("text", "finished"), [("a: b\n", True), ("a: b\r\n", True), ("a: b", False), ("", True)])
def test_a_last_line_without_a_break_is_told(text: str, finished: bool) -> None:
    assert read("a.yaml", text).finished is finished


# Comments


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# satu\na: b\n", [("satu", 0, 0)]),
        ("a: b # dua\n", [("dua", 0, 5)]),
        ("a: b#c\n", []),
        ("a: 'b # c'\n", []),
        ('a: "b # c" # d\n', [("d", 0, 11)]),
        ("a: |\n  b # c\n  d\n", []),
        ("a: |\n  b\n# c\n", [("c", 2, 0)]),
        ("a:\n  # b\n  - c # d\n", [("b", 1, 2), ("d", 2, 6)]),
        ("'# a': b\n", []),
        ("a: [b, # c\n  d]\n", [("c", 0, 7)]),
        ("#\n", [("", 0, 0)]),
        ("# a # b\n", [("a # b", 0, 0)]),
        ("a: &x '# b'\nc: *x # d\n", [("d", 1, 6)]),
    ],
)
def test_comments_are_found_between_the_values(text: str, comments: list[tuple[str, int, int]]) -> None:
    assert list(read("a.yaml", text).comments()) == comments


# Encoding


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"a: b\n", []),
        (b"nama: caf\xe9\n", [("SPBE002", 1, 10)]),
        (b"a: b\nnama: \x93x\x94\n", [("SPBE002", 2, 7)]),
        (b"nama: \xc3", [("SPBE002", 1, 7)]),
        (b"\xef\xbb\xbfcaf\xe9\n", [("SPBE002", 1, 4), ("SPBE004", 1, 1)]),
        ("a: b\n".encode("utf-16"), [("SPBE003", 1, 1)]),
        ("layanan: contoh tanpa tanda\n".encode("utf-16-be"), [("SPBE003", 1, 1)]),
        ("layanan: contoh tanpa tanda\n".encode("utf-16-le"), [("SPBE003", 1, 1)]),
        ("a: b\n".encode("utf-32"), [("SPBE003", 1, 1)]),
        ("\ufeffa: b\n".encode(), [("SPBE004", 1, 1)]),
        ("a: b\ufeffc\n".encode(), [("SPBE004", 1, 5)]),
        (b"a: b\0c\n", [("SPBE005", 1, 5)]),
        (b"a: b\nc: \x1b[31m\n", [("SPBE005", 2, 4)]),
        (b"a: b\x7fc\x08\x7f\n", [("SPBE005", 1, 5)]),
        (b"a: \xe9\nb: \x00\x01\n", [("SPBE002", 1, 4)]),
        (b"GIF89a: kunci\n", []),
        ("\ufeffa\0\1\2\3\4".encode("utf-16-le"), [("SPBE023", 1, 1)]),
        ("a: b\x85c: d\n".encode(), [("SPBE006", 1, 5)]),
        ("a: b\u2028c: d\u2029\n".encode(), [("SPBE006", 1, 5), ("SPBE006", 1, 10)]),
        ("a: b\rc: \u2028d\r".encode(), [("SPBE006", 2, 4)]),
    ],
)
def test_what_is_wrong_with_the_encoding_is_told_with_its_place(
    data: bytes, faults: list[tuple[str, int, int]]
) -> None:
    assert found(data) == faults


def zipped(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (JPEG)"),
        (b"%PDF-1.4\n1 0 obj\n", "a PDF document"),
        (zipped("xl/workbook.xml"), "an Excel workbook"),
        (zipped("word/document.xml"), "a Word document"),
        (zipped("model/layanan.yaml"), "a ZIP archive"),
        (gzip.compress(b"layanan:\n", mtime=0), "a gzip archive"),
        (bytes(range(256)), "a binary file"),
        ("".join(map(chr, range(9))), "a binary file"),
    ],
)
def test_a_file_that_is_no_text_is_called_what_it_is(data: str | bytes, kind: str) -> None:
    told = [(fault.code, fault.values["kind"].name) for fault in read("a.yaml", data).faults]
    assert told == [("SPBE023", kind)]


def test_the_rest_of_a_text_with_a_wrong_byte_is_read() -> None:
    document = read("a.yaml", b"nama: caf\xe9\nkode: x\n")
    assert plain(at(document, "kode")) == "x"


def test_a_hidden_line_break_hides_no_key() -> None:
    assert value("a: b\u2028c: d\n".replace("c: d", "c")) == {"a": "b c"}


def test_a_byte_order_mark_moves_nothing() -> None:
    assert region(at(read("a.yaml", "\ufeffa: b\n".encode()), "a")) == (1, 4, 1, 5)


# Faults of YAML

_PROBLEMS = [
    ("a: b: c", 1, 5, "a colon stands where none can"),
    ("a:\n\tb: c", 2, 1, "a tab stands"),
    ("a: @b", 1, 4, "text that begins with this character"),
    ("a: `b", 1, 4, "text that begins with this character"),
    ("a: b\nc\nd: e", 3, 1, "a key without its colon"),
    ("a:\n  b: c\n d: e", 3, 2, "the line does not fit what stands above it"),
    ('a: "b" c', 1, 8, "the line does not fit what stands above it"),
    ("- a\nb: c", 2, 1, "the line does not fit the list above it"),
    ("a: [b, c", 1, 4, "a list in brackets is not closed"),
    ("a: {b: c", 1, 4, "a mapping in braces is not closed"),
    ("a: {b: c: d}", 1, 9, "a colon stands where none can; a comma is missing, or"),
    ("a: {b: c d: e}", 1, 11, "a colon stands where none can; a comma is missing, or"),
    ("a: {b: c\nd: e\n", 2, 2, "a mapping in braces is not closed"),
    ('a: "b', 1, 4, "the text ends inside quotes"),
    ("a: b\nc: 'd\ne: f\n", 2, 4, "the text ends inside quotes"),
    ('a: "\\q"', 1, 5, "a backslash in double quotes"),
    ('a: "\\xzz"', 1, 7, "a backslash in double quotes"),
    ("a: & b", 1, 5, "an anchor or alias needs a name"),
    ("a: *b", 1, 4, "the alias names an anchor"),
    ("[a]b", 1, 4, "this does not belong to the text above it"),
    ("a: - b", 1, 4, "a list item stands where none can"),
    ("a: |x\n", 1, 5, "something stands after '|' or '>'"),
    ("a: !x!y b", 1, 4, "text that begins with '!'"),
    ("%b\n", 1, 3, "a line that begins with '%'"),
    ("%YAML 9.9\n--- a", 1, 1, "a line that begins with '%'"),
    ("a: [,]", 1, 5, "a value is missing"),
    ("a: ? b", 1, 4, "text that begins with '? '"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), _PROBLEMS, ids=[text for text, *_ in _PROBLEMS])
def test_a_fault_of_yaml_says_what_to_do(text: str, line: int, column: int, words: str) -> None:
    [fault] = read("a.yaml", text).faults
    assert (fault.code, fault.place.region and fault.place.region[:2]) == ("SPBE001", (line, column))
    assert fault.values["problem"].name.startswith(words)


def test_what_stands_before_a_fault_is_kept() -> None:
    assert value("a: b\nc:\n  d: e\n  f: [g, h\n") == {"a": "b", "c": {"d": "e", "f": ["g", "h"]}}


def test_a_mapping_with_a_fault_inside_is_broken() -> None:
    root = read("a.yaml", "a: {b: c}\nd: {e: f\n").root
    assert isinstance(root, Mapping)
    assert root.broken


def test_a_text_with_a_fault_is_not_complete() -> None:
    assert not read("a.yaml", "a: [b\n").complete


@pytest.mark.parametrize(
    ("text", "faults", "left"),
    [
        ("a: 1\nb: 2\na: 3\n", [("SPBE013", 3, 1)], {"a": "1", "b": "2"}),
        ("a: 1\n---\nb: 2\n", [("SPBE014", 2, 1)], {"a": "1"}),
        ("? [a, b]\n: c\nd: e\n", [("SPBE015", 1, 3)], {"d": "e"}),
        ("? {a: b}\n: c\nd: e\n", [("SPBE015", 1, 3)], {"d": "e"}),
        ("? \n: a\nb: c\n", [("SPBE015", 1, 2)], {"b": "c"}),
        ("'': a\nb: c\n", [("SPBE015", 1, 1)], {"b": "c"}),
        ("a: &x b\n*x : c\n", [("SPBE015", 2, 1)], {"a": "b"}),
        ("a: !!str b\n", [("SPBE016", 1, 4)], {"a": "b"}),
        ("a: !!python/object:os.system [b]\n", [("SPBE016", 1, 4)], {"a": ["b"]}),
        ("a: !rahasia {b: c}\n", [("SPBE016", 1, 4)], {"a": {"b": "c"}}),
        ("!!str a: b\n", [("SPBE016", 1, 1)], {"a": "b"}),
        ("a: ! b\n", [], {"a": "b"}),
        ("a: {<<: b, c: d}\n", [("SPBE022", 1, 9)], {"a": {"c": "d"}}),
    ],
)
def test_what_has_no_meaning_here_is_left_out(text: str, faults: list[tuple[str, int, int]], left: Any) -> None:
    document = read("a.yaml", text)
    assert (found(text), document.root and plain(document.root)) == (faults, left)


def test_a_duplicate_key_points_to_the_first_one() -> None:
    [fault] = read("a.yaml", "a: 1\nb: 2\na: 3\n").faults
    assert fault.related[0].place.region == (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("a: &x {b: 1, c: 2}\nd: {<<: *x}\n", {"b": "1", "c": "2"}),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", {"b": "1", "c": "3"}),
        ("a: &x {b: 1, c: 2}\nd: {c: 3, <<: *x}\n", {"b": "1", "c": "3"}),
        ("a: &x {b: 1}\ne: &y {b: 2, c: 2}\nd: {<<: [*x, *y]}\n", {"b": "1", "c": "2"}),
        ("d: {<<: {b: 1}}\n", {"b": "1"}),
        ("d: {'<<': x}\n", {"<<": "x"}),
    ],
)
def test_a_merge_key_adds_what_the_mapping_has_not(text: str, merged: Any) -> None:
    assert plain(at(read("a.yaml", text), "d")) == merged


# Limits


def alias_bomb(levels: int) -> str:
    """A few lines that stand for ten to the power of the levels values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "SPBE008"),
        ("a: " + "{b: " * 100_000, "SPBE008"),
        ("- " * 100_000, "SPBE008"),
        ("? " * 100_000, "SPBE008"),
        (alias_bomb(12), "SPBE010"),
        ("a: &x {b: *x}\n", "SPBE011"),
        ("a: &x [*x]\n", "SPBE011"),
        ("&x a: &x [*x]\n", "SPBE011"),
        ("a: &x\n  <<: *x\n", "SPBE011"),
        (f"a: {'x' * 70_000}\n", "SPBE012"),
        (f"a: [{'x' * 70_000}]\n", "SPBE012"),
        (f"? {'x' * 200_000}\n: y\n", "SPBE012"),
    ],
    ids=lambda part: part[:12] if isinstance(part, str) else part,
)
def test_a_text_out_of_bounds_is_one_fault(text: str, code: str) -> None:
    assert [fault[0] for fault in found(text)] == [code]


@pytest.mark.parametrize(
    ("limits", "text", "code"),
    [
        (Limits(bytes=10), "nama: Perizinan\n", "SPBE007"),
        (Limits(depth=2), "a: {b: {c: d}}\n", "SPBE008"),
        (Limits(nodes=6), "a: [1, 2, 3, 4, 5, 6]\n", "SPBE009"),
        (Limits(nodes=6), "a: 1\nb: 2\nc: 3\nd: 4\n", "SPBE009"),
        (Limits(expansion=5), "a: &x [1, 2, 3]\nb: [*x, *x]\n", "SPBE010"),
        (Limits(expansion=5), "a: &x {b: 1, c: 2}\nd: [{<<: *x}, {<<: *x}, {<<: *x}]\n", "SPBE010"),
        (Limits(scalar=3), "a: bcde\n", "SPBE012"),
    ],
)
def test_every_limit_can_be_set(limits: Limits, text: str, code: str) -> None:
    assert [fault[0] for fault in found(text, limits)] == [code]


def test_a_text_within_its_limits_has_no_fault() -> None:
    assert found("a: {b: &x [1, 2]}\nc: *x\n", Limits(bytes=30, depth=3, nodes=20, expansion=10, scalar=1)) == []


def test_a_value_that_is_too_long_is_broken() -> None:
    assert isinstance(at(read("a.yaml", "a: bcde\n", Limits(scalar=3)), "a"), Broken)


# Any text

YAML_SIGNS = st.sampled_from(
    [*"ab \n", *":-#'\"[]{},&*!|>%@`?~<\t\\=", "\n  ", "\n- ", ": ", "&a ", "*a", "<<: ", "---\n", "\r", "\r\n"]
)
ODD_SIGNS = st.sampled_from(["\x85", "\u2028", "\ufeff", "\0", "\x7f", "\ud800", "é", "𝄞"])
NESTED = st.recursive(
    st.text(st.characters(exclude_categories=["C"]), max_size=8),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3),
    ),
    max_leaves=12,
)
DATA = st.dictionaries(st.text("abc é", min_size=1, max_size=4), NESTED, min_size=1, max_size=4)


def dumped(data: dict[str, Any], *, flow: bool) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, default_flow_style=flow, width=20)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """YAML in which a few signs were typed or erased."""
    text = dumped(draw(DATA), flow=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.one_of(YAML_SIGNS, st.just(""))) + text[place + draw(st.integers(0, 1)) :]
    return text


ANY_TEXT = st.one_of(
    st.lists(YAML_SIGNS, max_size=40).map("".join),
    st.lists(st.one_of(YAML_SIGNS, ODD_SIGNS), max_size=40).map("".join),
    st.text(max_size=40),
    edited(),
)


@given(ANY_TEXT)
@settings(max_examples=200)
@example("? &a\n: *a")
@example("\r\x1f")
def test_no_text_makes_it_raise_and_every_fault_stands_inside_the_text(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", text)
    for _code, line, column in found(text):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@given(ANY_TEXT)
def test_every_comment_begins_with_its_sign(text: str) -> None:
    document = read("a.yaml", text)
    lines = re.split(r"\r\n|\r|\n", document.text)
    for comment in document.comments():
        assert lines[comment.line][comment.column] == "#"


@given(st.binary(max_size=60))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    read("a.yaml", data)


@given(edited())
@settings(max_examples=200)
def test_a_text_that_others_accept_has_the_structure_that_they_see(text: str) -> None:
    try:
        yaml.load(text, yaml.CSafeLoader)
        seen = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it makes text, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError):
        assume(False)
    document = read("a.yaml", text)
    assume("<<" not in text and document.text == text and not document.faults)
    read_as = "" if document.root is None else plain_text(document.root)
    assert read_as == (seen or "" if document.root is None else seen)  # of comments only, others make one or the other


@given(DATA, st.booleans())
def test_what_is_written_is_read_again(data: dict[str, Any], flow: bool) -> None:
    assert plain_text(read("a.yaml", dumped(data, flow=flow)).root) == data


def plain_text(node: Node | None) -> Any:
    """The node as text, lists and mappings, with blanks as they are written."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain_text(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: plain_text(item) for key, (_, item) in node.items.items()}
    return None
