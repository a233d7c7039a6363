"""Plain texts read line by line: where that gives nodes, they are those of the parser's events, places and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spbe_arch.nodes import Document, Limits, Mapping, Node, Scalar, Sequence, opened
from spbe_arch.nodes.events import read_events
from spbe_arch.nodes.lines import read_lines
from tests.patching import clean_texts

MODELS = Path(__file__).parent.parent / "models"
TEXTS = {path.relative_to(MODELS).as_posix(): path for path in sorted(MODELS.rglob("*.yaml"))}

# Help


def tree(node: Node | None) -> Any:
    """A node as a value: everything that it knows."""
    if node is None:
        return None
    place = (node.line, node.column, node.end_line, node.end_column)
    if isinstance(node, Scalar):
        return node.value, node.plain, place
    if isinstance(node, Sequence):
        return [tree(item) for item in node.items], place
    assert isinstance(node, Mapping)
    return [(key, tree(name), tree(value)) for key, (name, value) in node.items.items()], place


def by_lines(text: str, limits: Limits | None = None) -> Any:
    return tree(read_lines(text, limits or Limits()))


def by_events(text: str, limits: Limits | None = None) -> Document:
    document = Document("a.yaml", text, None)
    read_events(document, limits or Limits())
    return document


def agrees(text: str, limits: Limits | None = None) -> bool:
    """Whether the lines are left to the parser, or give what it gives, and it finds no fault."""
    nodes = by_lines(text, limits)
    if nodes is None:
        return True
    document = by_events(text, limits)
    return nodes == tree(document.root) and document.complete and not document.faults


# What is taken line by line


@pytest.mark.parametrize(
    "text",
    [
        "layanan:\n  izin:\n    nama: Perizinan\n",
        "a:\nb:\n  c:\nd: 1\n",
        "a:\n- x\n- y\nb: 1\n",
        "a:\n  - x\n  - b: 1\n    c: 2\n  - z\nd:\n",
        "a:\n- b:\n  - c\n  - d\n- e: 1\n",
        "  a: 1\n  b:\n    c: 2\n",
        "a: [x, y z, -5, 'q, r', \"s\"]\n",
        "a: {b: c, d: [e, f]}\ng: [{to: x, note: y}, z]\n",
        "a: [ ]\nb: {}\nc: [  x  ,  y  ]\n",
        "a: 'x: # y'\nb: \"{x}\"\n",
        "# c\n\na: x # c\n   # c\nb: x#y:z\n\n\n# end\n",
        "a:   x   \nb: Kota Bandung — Ärger\n",
        "a: http://contoh.go.id/?a=b&c=d#e\nb: 10:30\nc: ~\nd: null\n",
        "a: 1\r\nb:\r\n  - x\r\n",
        "a: [[[x]]]\nb: {c: {d: [e]}}\n",
        "a: [https://x.go.id/y#z, 10:30]\n",
        "a: x\n  y z  \n   w # c\nb: 1\n",
        "a:\n  b: x\n   y\n  c:\n    - d: e\n       f\n",
        "a: >-\n  x: # y\n  - z\n\n\n  w\nb: 1\n",
        "a: >\n  x\n\n\n# c\nb: |-\n  x\n   y\n\n  z\n",
        "a:\n- |\n x\n- b: >-\n    y\n  c: |   \n    z\n",
        "a: |\r\n  x\r\n  y\r\n",
    ],
)
def test_plain_texts_are_taken(text: str) -> None:
    assert by_lines(text) == tree(by_events(text).root)


@pytest.mark.parametrize("path", [name for name in TEXTS if name.startswith("kab-bekasi/") and "aturan" not in name])
def test_the_shipped_model_is_taken(path: str) -> None:
    assert by_lines(TEXTS[path].read_text("utf-8")) is not None


# What is left to the parser


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n# only a comment\n",
        "a: 1",
        "a: 1\rb: 2\n",
        "a: 1\n  b: 2\n",
        "a: x\n\n  y\n",
        "a: x # c\n  y\n",
        "a: x\n# c\n  y\n",
        "a: x\n  y # c\n  z\n",
        "a: x\ny\n",
        "a: x\n  - y\n",
        "a: x\n  b: y\n",
        "a: 'x'\n  y\n",
        "a: [x]\n  y\n",
        "- x\n  y\n",
        "a:\n- x\n  y\n",
        "a:\n  x\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: 1\n- b\n",
        "a:\n  - x\n  b: 1\n",
        "a:\n    b: 1\n  c: 2\n",
        "- a\n- b: 1\n",
        "- a\nb: 1\n",
        "a: |+\n  x\n",
        "a: |2\n  x\n",
        "a: | # c\n  x\n",
        "a: |\n\n  x\n",
        "a: |\n",
        "a: |\nb: 1\n",
        "a: |\n  x\n y\n",
        "a: |\n  x\n   \n",
        "a: |\n  x\ty\n",
        "a: >\n  x\n   y\n",
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "<<: {a: 1}\n",
        "a: {<<: b}\n",
        "a: 'it''s'\n",
        'a: "\\x41"\n',
        "a: [x\n, y]\n",
        "a: [x,]\n",
        "a: [x, , y]\n",
        "a: [x: y]\n",
        "a: {x}\n",
        "a: {x: }\n",
        "a: [x # y]\n",
        "a: [[[[x]]]]\n",
        "a: [x?]\n",
        "a: b: c\n",
        "a: b:\n",
        "a:\tx\n",
        "a: x\ty\n",
        "---\na: 1\n",
        "a: 1\n...\n",
        "? a\n: 1\n",
        "a: - b\n",
        "a: @b\n",
        "a: `b`\n",
        "a: %b\n",
        "a: 'x' y\n",
        "a: [x] y\n",
        "a: [x]#y\n",
        "-\n  a: 1\n",
        "a:\n  - - x\n",
        "a b: 1\n",
        "ä: 1\n",
    ],
)
def test_everything_else_is_left_to_the_parser(text: str) -> None:
    assert by_lines(text) is None


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (Limits(depth=4), "a:\n  b:\n    c: d\n"),
        (Limits(nodes=5), "a: [b, c]\n"),
        (Limits(scalar=3), "a: bcde\n"),
        (Limits(scalar=7), "a: bcd\n  efgh\n"),
        (Limits(scalar=7), "a: |\n  bcde\n  fgh\n"),
    ],
)
def test_what_may_go_beyond_a_limit_is_left_to_the_parser(limits: Limits, text: str) -> None:
    assert by_lines(text, limits) is None


def test_a_hostile_line_is_left_to_the_parser_at_once() -> None:
    blanks = " " * 60_000
    assert [by_lines(text) for text in (f"a: [{blanks}?]\n", f"{blanks}?\n", f"a: [b,{blanks},]\n")] == [None] * 3


# Whatever is taken is what the parser sees


@pytest.mark.parametrize("path", TEXTS)
def test_shipped_texts_agree(path: str) -> None:
    document = opened(path, TEXTS[path].read_bytes())
    assert not document.complete or agrees(document.text)


PIECES = st.sampled_from(
    [
        *(
            "a",
            "b-1",
            "x.y/z",
            "key",
            "nama",
            "10",
            "~",
            "null",
            "<<",
            "a b",
            "it's",
            'say "x"',
            "ä",
            "…",
            "\ufffd",
            "\xa0",
        ),
        *(
            ": ",
            ":",
            " :",
            "- ",
            "-",
            " #",
            "#",
            " # c",
            "?",
            ", ",
            ",",
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "''",
            "\\",
            "|",
            ">",
        ),
        *(
            "&a",
            "*a",
            "!",
            "!!str ",
            "%",
            "@",
            "`",
            "---",
            "...",
            "\t",
            " ",
            "  ",
            "=",
            "-5",
            "a: b",
            "a: ",
            "- a",
            "[a, b]",
        ),
        *("{a: b}", "{a: [b, c], d: e}", "[{a: b}, c]", '"a: b"', "'#'", "[]", "{}", "[a,]", "http://x.id/#y", "10:30"),
    ]
)
LINES = st.tuples(st.sampled_from(["", " ", "  ", "    ", "      "]), st.lists(PIECES, max_size=4)).map(
    lambda line: line[0] + "".join(line[1])
)
STRUCTURED = st.tuples(
    st.sampled_from(["", "  ", "    ", "  - ", "- ", "    - ", "-   "]),
    st.sampled_from(["a:", "b:", "c:", "d: ", "e:  ", "f: ", "", ""]),
    st.one_of(st.just(""), PIECES),
).map("".join)


@given(st.lists(st.one_of(LINES, STRUCTURED), max_size=8), st.sampled_from(["\n", "\n", "\r\n", "\n\n"]))
@example(["a:", "- b:", "- c", "  d:"], "\n")
@example(["a: [b, {c: d}] # e", "f: "], "\n")
@example(["a:", "  b:", "  # c", "    # d", "e:"], "\n")
def test_any_text_agrees(lines: list[str], end: str) -> None:
    assert agrees("".join(line + end for line in lines))


KEYS = st.sampled_from(["a", "b-1", "x.y/z", "nama", "10", "null", "_a", "a" * 128])
PLAIN = ["b", "-5", "b c", "it's", 'x "y" z', "~", "Ärger —", "(c)", "5 %"]
ALONE = [*PLAIN, "10:30", "x#y", "a, b", "c [d]"]
QUOTED = ["", "b", "b: c", "# d", "a, b", "  "]


@st.composite
def written(draw: st.DrawFn, depth: int = 0) -> str:
    """A value as it stands on one line."""
    style = draw(st.sampled_from(["plain", "plain", "quoted", "list", "mapping"]))
    if style == "quoted":
        quote = draw(st.sampled_from("\"'"))
        return quote + draw(st.sampled_from(QUOTED)) + quote
    if style == "plain" or depth == 3:
        return draw(st.sampled_from(PLAIN if depth else ALONE))
    items = draw(st.lists(written(depth=depth + 1), max_size=2))
    if style == "list":
        return "[" + draw(st.sampled_from([", ", ",", " , "])).join(items) + "]"
    keys = draw(st.lists(KEYS, min_size=len(items), max_size=len(items), unique=True))
    return "{" + ", ".join(f"{key}: {item}" for key, item in zip(keys, items, strict=True)) + "}"


@st.composite
def block(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> list[str]:
    """The lines of a mapping in block style, with lists and mappings in it, blank values, comments and blank lines."""
    lines = []
    for key in draw(st.lists(KEYS, min_size=1, max_size=3, unique=True)):
        margin, behind = " " * indent, draw(st.sampled_from(["", "", " ", "  # c", " #"]))
        kinds = ["value", "value", "further", "below", "blank", "mapping", "list"]
        kind = draw(st.sampled_from(kinds if depth < 2 else kinds[:4]))
        if kind == "value":
            lines.append(f"{margin}{key}:{draw(st.sampled_from([' ', '   ']))}{draw(written())}{behind}")
            continue
        if kind == "further":
            lines += [
                f"{margin}{key}: b",
                *(f"{margin} {word}" for word in draw(st.lists(st.sampled_from(PLAIN), max_size=2))),
            ]
            continue
        if kind == "below":
            lines.append(f"{margin}{key}: {draw(st.sampled_from(['>', '>-', '|', '|-']))}")
            rows = draw(st.lists(st.sampled_from(["", "b: c", "- d", "# e", "f  ", "'g"]), max_size=4))
            lines += [f"{margin}  {row}" if row else "" for row in ("h", *rows)]
            continue
        lines.append(f"{margin}{key}:{behind}")
        inner = indent + draw(st.integers(0 if kind == "list" else 1, 4))
        if kind == "mapping":
            lines += draw(block(inner, depth + 1))
        for _ in range(draw(st.integers(1, 2)) if kind == "list" else 0):
            dash = draw(st.sampled_from(["- ", "-   "]))
            item = [draw(written())] if draw(st.booleans()) else draw(block(inner + len(dash), depth + 2))
            lines += [" " * inner + dash + item[0].lstrip(" "), *item[1:]]
        lines += draw(st.lists(st.sampled_from(["", "# c"]), max_size=1))
    return lines


@given(block(), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_plainly_agrees(lines: list[str], end: str) -> None:
    text = "".join(line + end for line in lines)
    assert by_lines(text) == tree(by_events(text).root)


@given(block(), st.data())
def test_what_is_written_almost_plainly_agrees(lines: list[str], data: st.DataObject) -> None:
    text = "".join(line + "\n" for line in lines)
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.one_of(PIECES, st.just("\n"))) + text[at + data.draw(st.integers(0, 2)) :]
    assert agrees(text)


@given(
    st.sampled_from(sorted(clean_texts())),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.one_of(PIECES, st.just("\n"), st.just(""))), max_size=3),
)
def test_changed_texts_agree(path: str, edits: list[tuple[float, int, str]]) -> None:
    text = clean_texts()[path]
    for where, taken, put in edits:
        at = int(where * len(text))
        text = text[:at] + put + text[at + taken :]
    assert agrees(text)


@given(block(), st.integers(1, 6))
def test_limits_agree(lines: list[str], depth: int) -> None:
    assert agrees("".join(line + "\n" for line in lines), Limits(depth=depth))
