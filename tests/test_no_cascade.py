"""No cascade: one thing wrong is one finding, whatever hangs on it.

Every field of every element of the clean model is removed, misspelt, given a value of another shape; every link is
broken in three ways; every file is cut off, gets a line that is no YAML, has a section misspelt. What a broken fact may
have said is unknown, so rules that need it stay silent. A field that may be blank can be removed without a fault: then
there is one finding at most, where a rule would like it filled.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from spbe_arch.nodes import Mapping, Scalar, read
from tests.mutating import (
    SECTIONS,
    Spot,
    cut,
    elements,
    fields,
    findings_anew,
    findings_with,
    link_ends,
    misspelt,
    of_wrong_type,
    replaced,
    tell,
)
from tests.patching import clean_results, clean_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.checking import Findings

PATHS = [path for path in clean_texts() if path != "spbe.yaml"]
IDS = {entry.id for path in PATHS for entry in elements(path)}
UNLIKE = "zz9"
"""An id that nothing nearly spells."""

BAD_LINES = (
    "  salah: satu: dua",
    "\tsalah: x",
    "{",
    "salah",
    "  @x: 1",
    "   aneh: 1",
    "]",
    "%x",
    "  salah: 'x' y",
    "*tiada",
    "- salah: [",
    "    : x",
)
"""Lines that make a file no YAML wherever they stand; the odd quote is tried apart."""


@pytest.fixture(scope="module", autouse=True)
def collector_held() -> Iterator[None]:
    """Thousands of small models come and go; walking all that stays each time would take a third of the time."""
    clean_results()
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


class Report:
    """What was found where exactly one finding, or at most one, was expected.

    Checks start from what a check of the clean model found, as in an editor; each tenth is made from nothing as well.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.cases = 0

    def expect(self, what: str, path: str, text: str, least: int = 1) -> None:
        found = findings_with(path, text)
        if not least <= len(found) <= 1:
            self.lines += [f"{what}: {len(found)} findings", *(f"    {line}" for line in tell(found)[:6])]
        if self.cases % 10 == 0 and not are_alike(found, anew := findings_anew(path, text)):
            self.lines += [f"{what}: a check from nothing finds {tell(anew)}, not {tell(found)}"]
        self.cases += 1

    def check(self) -> None:
        assert not self.lines, "\n".join(self.lines[:60])


def are_alike(found: Findings, other: Findings) -> bool:
    return (tell(found), found.summary) == (tell(other), other.summary)


@pytest.mark.parametrize("path", PATHS)
def test_a_field_removed_is_one_finding_where_it_is_required_and_else_one_at_most(path: str) -> None:
    report = Report()
    for spot in fields(path):
        required = spot.info.declared.required.level == "E"
        report.expect(f"{spot} removed", path, cut(path, spot.key), least=int(required))
    report.check()


@pytest.mark.parametrize("path", PATHS)
def test_a_field_misspelt_is_one_finding(path: str) -> None:
    report = Report()
    for spot in fields(path):
        for slip in misspelt(spot.key.value, spot.entry.info.spellings):
            report.expect(f"{spot} written {slip}", path, replaced(path, spot.key, slip))
    report.check()


@pytest.mark.parametrize("path", PATHS)
def test_a_value_of_another_shape_is_one_finding(path: str) -> None:
    report = Report()
    for spot in fields(path):
        value = of_wrong_type(spot)
        report.expect(f"{spot}: {value}", path, cut(path, spot.key, f"{spot.key.value}: {value}"))
    report.check()


@pytest.mark.parametrize("path", PATHS)
def test_a_value_that_its_kind_does_not_read_is_one_finding(path: str) -> None:
    report = Report()
    for spot in filter(_is_read_by_form, fields(path)):
        report.expect(f"{spot}: ???", path, cut(path, spot.key, f"{spot.key.value}: ???"))
    report.check()


def _is_read_by_form(spot: Spot) -> bool:
    name = spot.info.kind.name
    return not (spot.info.is_link or name.startswith(("text", "by year (text", "source", "map", "allow")))


@pytest.mark.parametrize("path", PATHS)
def test_a_link_that_leads_nowhere_is_one_finding(path: str) -> None:
    report = Report()
    for spot in fields(path):
        for end in link_ends(spot):
            for target in (*misspelt(end.value, IDS), UNLIKE):
                report.expect(f"{spot}: {target}", path, replaced(path, end, target))
    report.check()


@pytest.mark.parametrize("path", PATHS)
def test_an_element_removed_is_reported_where_it_is_named_and_nowhere_else(path: str) -> None:
    wrong = []
    for entry in elements(path):
        found = findings_with(path, cut(path, entry.key))
        links = [finding for finding in found if finding.code == "SPBE101"]
        others = [line for line, finding in zip(tell(found), found, strict=True) if finding.code != "SPBE101"]
        if any(finding.fault.values["target"] != entry.id for finding in links) or len(others) > _FELT.get(entry.id, 0):
            wrong.append(f"{entry.id}: {others}")
    assert wrong == []


_FELT = {"perbup-spbe": 1, "reviu-2027": 1, "reviu-2029": 1}
"""Elements of which the clean model has one only, so that its absence is a finding in itself."""


@pytest.mark.parametrize("path", PATHS)
def test_an_id_that_is_taken_is_one_finding_whichever_comes_first(path: str) -> None:
    report = Report()
    for entry in elements(path):
        for name in ("aaa.yaml", "zzz.yaml"):
            report.expect(f"{entry.id} also in {name}", name, f"themes:\n  {entry.id}:\n    name: Lain\n")
    report.check()


@pytest.mark.parametrize("path", clean_texts())
def test_a_file_cut_off_in_the_middle_of_a_line_is_one_finding(path: str) -> None:
    text = clean_texts()[path]
    middle = len(text) // 2
    spread = range(1, len(text) - 1, max(1, len(text) // 12))
    report = Report()
    for end in (*range(middle - 8, middle + 8), *spread):
        if text[end - 1] != "\n" and text[end] != "\n":
            report.expect(f"{path} cut off after {text[:end][-30:]!r}", path, text[:end])
    report.check()


@pytest.mark.parametrize("path", clean_texts())
def test_a_line_that_is_no_yaml_is_one_finding(path: str) -> None:
    lines = clean_texts()[path].split("\n")
    report = Report()
    for number, bad in enumerate(BAD_LINES):
        for at in range(2 + number % 3, len(lines) - 1, max(1, len(lines) // 3)):
            report.expect(f"{path}:{at + 1} {bad!r}", path, "\n".join([*lines[:at], bad, *lines[at:]]))
    report.check()


@pytest.mark.parametrize("path", clean_texts())
def test_a_quote_that_is_not_closed_is_one_finding(path: str) -> None:
    text = clean_texts()[path]
    root = read(path, text).root
    report = Report()
    for node in [node for node in _single_values(root) if node.plain]:
        report.expect(f'{path}:{node.line + 1} "{node.value}', path, replaced(path, node, f'"{node.value}'))
    report.check()


def _single_values(node: object) -> Iterator[Scalar]:
    if isinstance(node, Scalar) and node.value:
        yield node
    elif isinstance(node, Mapping):
        for _, value in node.items.values():
            yield from _single_values(value)


@pytest.mark.parametrize("path", PATHS)
def test_a_section_misspelt_is_one_finding(path: str) -> None:
    root = read(path, clean_texts()[path]).root
    assert isinstance(root, Mapping)
    report = Report()
    for name, (key, _) in root.items.items():
        for slip in (*misspelt(name, SECTIONS), "bagian_yang_tidak_dikenal"):
            report.expect(f"{path}: {slip}", path, replaced(path, key, slip))
        report.expect(f"{path}: {name}: satu", path, cut(path, key, f"{name}: satu"))
    report.check()


@pytest.mark.parametrize("path", PATHS)
def test_a_default_misspelt_broken_or_leading_nowhere_is_one_finding_for_the_whole_file(path: str) -> None:
    root = read(path, clean_texts()[path]).root
    assert isinstance(root, Mapping)
    known = {spelling for info in SECTIONS.values() for spelling in info.spellings}
    report = Report()
    for name in ("defaults", "bawaan"):
        defaults = root.items.get(name)
        for field, (key, value) in defaults[1].items.items() if defaults and isinstance(defaults[1], Mapping) else ():
            for slip in misspelt(field, known):
                report.expect(f"{path}: {slip}", path, replaced(path, key, slip))
            report.expect(f"{path}: {field}: {{satu: dua}}", path, cut(path, key, f"{field}: {{satu: dua}}"))
            if isinstance(value, Scalar) and value.value in IDS:
                report.expect(f"{path}: {field}: {UNLIKE}", path, replaced(path, value, UNLIKE))
    report.check()


def test_each_key_of_the_manifest_misspelt_removed_or_of_another_shape_is_one_finding_at_most() -> None:
    path = "spbe.yaml"
    root = read(path, clean_texts()[path]).root
    assert isinstance(root, Mapping)
    report = Report()
    for name, (key, _) in root.items.items():
        for slip in misspelt(name, ()):
            report.expect(slip, path, replaced(path, key, slip))
        report.expect(f"{name} removed", path, cut(path, key), least=int(name in ("version", "agency", "name")))
        report.expect(
            f"{name} blank", path, cut(path, key, f"{name}:"), least=int(name in ("version", "agency", "name"))
        )
        report.expect(f"{name}: {{a: b}}", path, cut(path, key, f"{name}: {{a: b}}"))
    report.check()
