"""What must not matter: the order of files and elements, how they are split, their ids, the vocabulary, and others.

Each property is tried on the clean model and on the faulty ones, so that findings and silence are both looked at.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.checking import Findings, check
from spbe_arch.config import catalogue
from spbe_arch.loader import load_texts
from spbe_arch.metamodel import types
from tests.patching import CLEAN
from tests.rewriting import ROOT, Entry, Model, model_of, renamed, respelt, unrelated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FAULTY = ROOT / "models" / "faulty"
NAMES = (
    "clean",
    "2-proses-bisnis",
    "3-layanan",
    "4-data",
    "5-aplikasi",
    "6-infrastruktur",
    "7-keamanan",
    "8-menyeluruh",
)
BEFORE = "ganti-"
"""Put before an id to rename it: the order of the ids stays."""

a_model = st.sampled_from(NAMES)
a_random = st.integers(0, 2**32).map(Random)
a_few = settings(max_examples=40, deadline=None)


@cache
def model(name: str) -> Model:
    """A model with nothing in its folder left out but its members."""
    found = model_of(CLEAN if name == "clean" else FAULTY / name)
    return Model(found.manifest.replace("anggota: [kecamatan]\n", ""), found.entries, found.references)


def findings_in(texts: dict[str, str]) -> Findings:
    return check(load_texts(texts.items()), extend=[code for code, rule in catalogue().items() if not rule.default])


@cache
def found(name: str) -> Counter[str]:
    return said(findings_in(model(name).texts()))


def said(findings: Findings, old: Callable[[str], str] = str) -> Counter[str]:
    """What is found, without paths and lines."""
    told: Counter[str] = Counter()
    for finding in findings:
        place, values = finding.place, finding.fault.values
        name = place.element and old(place.element)
        words = {key: _in_old_ids(value, old) for key, value in sorted(values.items())}
        told[f"{finding.code} {finding.level} {place.section}/{name}.{place.field}[{place.item}] {words}"] += 1
    return told


def _in_old_ids(value: object, old: Callable[[str], str]) -> str:
    if type(value) is tuple:
        return str([_in_old_ids(item, old) for item in value])
    return f"{value.section}/{old(value.id)}" if hasattr(value, "section") and hasattr(value, "id") else str(value)


def split(entries: Iterable[Entry], random: Random) -> list[list[Entry]]:
    """The elements in some files, as it comes."""
    files: list[list[Entry]] = [[] for _ in range(random.randint(1, 6))]
    for entry in entries:
        random.choice(files).append(entry)
    return files


@pytest.mark.parametrize("name", NAMES)
def test_defaults_written_at_each_element_say_the_same(name: str) -> None:
    folder = CLEAN if name == "clean" else FAULTY / name
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.yaml")}
    texts["spbe.yaml"] = model(name).manifest
    assert said(findings_in(texts)) == found(name)


@a_few
@given(a_model, a_random)
def test_the_order_of_elements_and_how_they_are_split_into_files_change_nothing(name: str, random: Random) -> None:
    entries = list(model(name).entries)
    random.shuffle(entries)
    assert said(findings_in(model(name).texts(split(entries, random)))) == found(name)


@a_few
@given(a_model, a_random)
def test_the_order_in_which_files_are_read_changes_not_even_the_order_of_findings(name: str, random: Random) -> None:
    pairs = list(model(name).texts(split(model(name).entries, random)).items())
    shuffled = random.sample(pairs, len(pairs))
    assert list(findings_in(dict(shuffled))) == list(findings_in(dict(pairs)))


@a_few
@given(a_model, a_random, st.sampled_from(sorted(types())))
def test_an_unrelated_element_removes_no_finding(name: str, random: Random, section: str) -> None:
    entries = list(model(name).entries)
    for one in unrelated(model("clean"), section):
        entries.insert(random.randint(0, len(entries)), one)
    after = said(findings_in(model(name).texts(split(entries, random))))
    lost = found(name) - after
    assert not [line for line in lost if line.split()[0] not in _OF_THE_WHOLE]
    assert {line.split()[0] for line in lost} <= {line.split()[0] for line in after}


_OF_THE_WHOLE = ("SPBE508", "SPBE705", "SPBE801")
"""They count direct exchanges, or list the types an agency has nothing of: one more of these changes the message."""


@a_few
@given(a_model, a_random)
def test_other_ids_change_the_ids_only(name: str, random: Random) -> None:
    other = renamed(model(name), lambda id: BEFORE + id)
    findings = findings_in(other.texts(split(other.entries, random)))
    assert said(findings, lambda id: id.removeprefix(BEFORE)) == found(name)


@a_few
@given(a_model, a_random)
def test_both_vocabularies_say_the_same(name: str, random: Random) -> None:
    assert said(findings_in(respelt(model(name), random))) == found(name)
