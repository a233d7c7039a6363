"""What would be if: the supposed architecture, what it breaks and mends, and the one that stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import check, load_texts
from spbe_arch.comparing import compare
from spbe_arch.errors import SupposedError, UnknownElementError
from spbe_arch.supposing import what_if
from tests.patching import clean_texts

MODEL = load_texts(
    [
        ("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"),
        (
            "model.yaml",
            """
units:
  dinkes: {name: Dinas Kesehatan}
  bkpsdm: {name: BKPSDM}
services:
  kepegawaian: {name: Kepegawaian}
  kehadiran: {name: Kehadiran}
applications:
  absensi: {name: Absensi, owner: dinkes, supports: [kehadiran], runs_on: server-1}
  presensi: {name: Presensi, owner: bkpsdm, supports: [{to: kepegawaian, note: utama}]}
  lama: {name: Lama}
exchanges:
  kirim: {name: Kirim, provider: absensi, consumer: lama}
servers:
  server-1: {name: Server 1}
""",
        ),
    ]
)
CLEAN = load_texts(list(clean_texts().items()))
FOUND = check(CLEAN)


def test_links_to_what_is_removed_are_broken() -> None:
    would = what_if(MODEL, remove=["server-1"])
    assert [(one.code, one.place.element) for one in would.broken] == [("SPBE101", "absensi")]


def test_what_takes_over_has_the_links_of_both() -> None:
    would = what_if(MODEL, merge={"absensi": "presensi"}).architecture
    presensi = would.applications["presensi"]
    assert (presensi.supports.ids, presensi.runs_on.ids, would.exchanges["kirim"].provider) == (
        ("kepegawaian", "kehadiran"),
        ("server-1",),
        presensi,
    )


def test_what_takes_over_keeps_its_own_owner() -> None:
    owner = what_if(MODEL, merge={"absensi": "presensi"}).architecture.applications["presensi"].owner
    assert owner is not None
    assert owner.id == "bkpsdm"


def test_what_replaces_has_the_links_that_lead_to_the_other_and_no_more() -> None:
    would = what_if(MODEL, replace={"absensi": "presensi"}).architecture
    assert would.exchanges["kirim"].provider == would.applications["presensi"]
    assert [service.id for service in would.applications["presensi"].supports] == ["kepegawaian"]


def test_nothing_is_broken_by_a_merge() -> None:
    assert what_if(MODEL, merge={"absensi": "presensi"}).broken == ()


def test_several_that_are_merged_into_each_other_end_in_the_last() -> None:
    would = what_if(MODEL, merge={"absensi": "presensi", "presensi": "lama"}).architecture
    assert (list(would.applications), would.exchanges["kirim"].provider) == (["lama"], would.applications["lama"])


def test_what_is_moved_has_another_owner() -> None:
    owner = what_if(MODEL, move={"absensi": "bkpsdm"}).architecture.applications["absensi"].owner
    assert owner is not None
    assert owner.id == "bkpsdm"


def test_what_would_be_mended_is_told() -> None:
    would = what_if(MODEL, remove=["lama", "kirim"])
    assert {one.place.element for one in would.resolved} >= {"lama"}


def test_the_architecture_stays_as_it_was() -> None:
    before = [finding.code for finding in check(MODEL)]
    what_if(MODEL, remove=["server-1"], move={"absensi": "bkpsdm"})
    assert ([finding.code for finding in check(MODEL)], len(MODEL)) == (before, 10)


@pytest.mark.parametrize(
    "changes",
    [
        {"remove": ["absensi", "absensi"]},
        {"remove": ["absensi"], "merge": {"absensi": "presensi"}},
        {"merge": {"absensi": "server-1"}},
        {"replace": {"absensi": "absensi"}},
        {"merge": {"absensi": "presensi"}, "remove": ["presensi"]},
    ],
)
def test_what_cannot_be_supposed_is_an_error(changes: dict[str, object]) -> None:
    with pytest.raises(SupposedError):
        what_if(MODEL, **changes)  # type: ignore[arg-type]


def test_an_element_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownElementError, match="did you mean 'presensi'"):
        what_if(MODEL, remove=["presens"])


@given(st.sampled_from(sorted(CLEAN.of("applications", "servers", "data", "units", "services"))))
def test_removing_an_element_is_what_a_text_without_it_says(id: str) -> None:
    would = what_if(CLEAN, remove=[id])
    assert (would.difference.removed, len(would.architecture)) == ((id,), len(CLEAN) - 1)
    assert not compare(CLEAN, what_if(CLEAN).architecture)


@settings(max_examples=20)
@given(st.lists(st.sampled_from(sorted(CLEAN.of("applications", "servers", "data", "units"))), unique=True, max_size=3))
def test_what_is_found_is_what_a_fresh_check_finds(ids: list[str]) -> None:
    would = what_if(CLEAN, remove=ids)
    fresh = compare(CLEAN, would.architecture, FOUND, check(would.architecture))
    assert (would.introduced, would.resolved) == (fresh.introduced, fresh.resolved)


def test_a_second_element_of_an_id_stays_what_it_is() -> None:
    twice = load_texts(
        [
            ("spbe.yaml", "version: 1\nagency: satu\nname: Satu\n"),
            ("a.yaml", "servers: {s: {name: S}}\n"),
            ("b.yaml", "servers: {s: {name: S}, t: {name: T}}\n"),
        ]
    )
    assert {one.place.element for one in what_if(twice, remove=["t"]).resolved} == {"t"}


def test_what_takes_over_from_another_agency_keeps_the_links_to_it() -> None:
    two = load_texts(
        [
            ("spbe.yaml", "version: 1\nagency: satu\nname: Satu\nmembers: [dua]\n"),
            ("a.yaml", "applications: {presensi: {name: Presensi}}\n"),
            ("dua/spbe.yaml", "version: 1\nagency: dua\nname: Dua\n"),
            ("dua/b.yaml", "applications: {absensi: {name: Absensi, runs_on: s}}\nservers: {s: {name: S}}\n"),
        ]
    )
    would = what_if(two, merge={"dua/absensi": "presensi"})
    assert ([one.name for one in would.architecture.applications["presensi"].runs_on], would.broken) == (["S"], ())
