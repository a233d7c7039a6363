"""Likeness: what is alike, that every pair is found, and how well it tells the same from near misses."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.likeness import OwnWords, Ties, Traits, Vocabulary, clusters, compare, names_alike, pairs, vocabulary
from spbe_arch.likeness import ties as keeping
from spbe_arch.likeness.pairs import Needed, alike, alike_to_few, shared
from spbe_arch.likeness.words import is_one_slip_away
from tests.likeness.__main__ import SETS, measure, table
from tests.readme import README

WORDS = vocabulary()


def likeness_of(one: str, other: str, *places: str) -> int:
    return names_alike(WORDS.name(one, frozenset(places)), WORDS.name(other, frozenset(places)), WORDS)


# --- names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Absensi Online", "Presensi Pegawai"),
        ("Kepegawaian, Sistem Informasi", "SIM Kepegawaian v2.1"),
        ("e-Office", "EOFFICE"),
        ("Si-Bebek", "SIBEBEK"),
        ("Perijinan", "e-Perizinan"),
        ("Sistem Informasi Kepegawain", "SIMPEG"),
        ("SIMPEG (Sistem Informasi Kepegawaian)", "Kepegawaian"),
        ("SIMPEG - Sistem Informasi Kepegawaian", "Kepegawaian"),
        ("SIMPEG Kabupaten Gunungsari Utara", "SIMPEG"),
        ("Barang Milik Daerah", "Aset Daerah"),
        ("Portal", "Website"),
    ],
)
def test_names_that_differ_in_fillers_synonyms_order_spelling_or_place_are_one(one: str, other: str) -> None:
    assert likeness_of(one, other) == 100


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("SIMANTAP (Sistem Informasi Kepegawaian)", "SIMANTAP", 95),
        ("SIMTARUPA", "Sistem Informasi Tata Ruang dan Pariwisata", 90),
        ("SIMTARU", "Sistem Informasi Tata Ruang", 90),
        ("SIRENBANG", "Sistem Informasi Perencanaan Pembangunan Daerah", 90),
        ("SILAKES", "Sistem Informasi Layanan Kesehatan", 90),
        ("SILAKES", "Sistem Informasi Kesehatan", 0),
        ("LPKE", "Layanan Pertanahan Kota Elektronik", 90),
        ("SIMPEL", "SIMPEG", 0),
        ("SIMPEG v.2", "SIMPEG versi 3.1", 100),
        ("Call Center 112", "Call Center 119", 0),
        ("SIGANTENG", "SIGANTENK", 95),
        ("SIMTAMAN", "Sistem Informasi Tarif Makam Angkutan", 0),
        ("SIGAP", "SIGAT", 0),
        ("Pajak Hotel", "Pajak Restoran", 50),
        ("SIM Kepegawaian", "SIM Keuangan", 0),
        ("Kota Layak Anak", "Kota Layak Huni", 50),
        ("", "Absensi", 0),
        ("!!!", "???", 100),
    ],
)
def test_names_are_as_alike_as(one: str, other: str, score: int) -> None:
    assert likeness_of(one, other) == score


def test_the_place_of_the_agency_tells_nothing_apart() -> None:
    assert likeness_of("Wisata Gresik", "Pariwisata", "gresik") == 100
    assert likeness_of("Wisata Gresik", "Pariwisata") < 85


def test_words_of_the_agency_are_added_to_those_of_the_table() -> None:
    own = vocabulary("applications", OwnWords((("presensi", ("Simasuk Kerja",)),), ("hebat",)))
    assert names_alike(own.name("Simasuk Kerja Hebat"), own.name("Absensi"), own) == 100


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("kelola", "kelolla", True),
        ("kelola", "keloal", True),
        ("kelola", "kelota", True),
        ("kelola", "kelola", True),
        ("kelola", "kalota", False),
        ("kelola", "kelo", False),
        ("", "a", True),
    ],
)
def test_a_slip_is_one_letter(one: str, other: str, is_slip: bool) -> None:
    assert is_one_slip_away(one, other) == is_one_slip_away(other, one) == is_slip


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_what_one_slip_makes_of_a_word_is_one_slip_away_and_nothing_else_is(word: str, other: str) -> None:
    def slips(word: str) -> set[str]:
        parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        left_out = {before + behind[1:] for before, behind in parts}
        put_in = {before + letter + behind for before, behind in parts for letter in "abc"}
        another = {before + letter + behind[1:] for before, behind in parts if behind for letter in "abc"}
        swapped = {before + behind[1::-1] + behind[2:] for before, behind in parts}
        return left_out | put_in | another | swapped

    assert is_one_slip_away(word, other) == (other in slips(word))
    assert all(is_one_slip_away(word, one) for one in slips(word))


@pytest.mark.parametrize("word", ["perpustakaan", "kearsipan", "pariwisata", "kependudukan"])
def test_a_slip_in_a_known_word_is_mended_wherever_it_is_but_in_the_first_letter(word: str) -> None:
    behind_first = [(word[:at], word[at:]) for at in range(1, len(word))]
    left_out = {before + behind[1:] for before, behind in behind_first}
    put_in = {before + "x" + behind for before, behind in behind_first} | {f"{word}x"}
    another = {before + "x" + behind[1:] for before, behind in behind_first}
    swapped = {before + behind[1::-1] + behind[2:] for before, behind in behind_first}
    assert {slip: likeness_of(slip, word) for slip in left_out | put_in | another | swapped} == dict.fromkeys(
        left_out | put_in | another | swapped, 100
    )


NAMES = st.text(max_size=40) | st.lists(
    st.sampled_from(["SIM", "e-", "Absensi", "Pegawai", "(", ")", "Si", "Bebek", "Kota", "v2", "-", "Pajak", "é", "\0"])
).map(" ".join)


@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_a_name_is_like_itself(one: str, other: str) -> None:
    assert likeness_of(one, other) == likeness_of(other, one)
    assert likeness_of(one, one) == 100


# --- all pairs -----------------------------------------------------------------------------------------------

LETTERS = ["gunturan", "gunturam", "gunturin", "gumturan", "bebekkuning", "bebekuning", "data", "laporan", "monitoring"]
BAGS = st.sets(st.frozensets(st.sampled_from([*LETTERS, *"abcdefg"]), min_size=1, max_size=6), max_size=25)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from([WORDS, vocabulary("processes")]),
    BAGS.map(lambda bags: sorted(bags, key=sorted)),
    st.sampled_from([0.01, 0.4, 0.6, 0.75, 0.8, 0.85, 0.9, 1.0]),
    st.booleans(),
    st.sampled_from([0, 3, 120]),
)
def test_every_pair_is_found_that_comparing_all_with_all_finds(
    words: Vocabulary, bags: list[frozenset[str]], least: float, of_smaller: bool, marked: int
) -> None:
    def part(one: frozenset[str], other: frozenset[str]) -> float:
        common, weights = shared(one, other, words), (words.weigh(one), words.weigh(other))
        of_both = 2 * common / sum(weights)
        return (of_both + common / min(weights)) / 2 if of_smaller else of_both

    expected = {(i, j) for i, j in combinations(range(len(bags)), 2) if part(bags[i], bags[j]) >= least - 1e-9}
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(pairs, "_MARKED", marked)
        found = list(alike(bags, Needed(least, of_smaller), words))
    assert set(found) == expected
    assert len(found) == len(expected)
    few = range(0, len(bags), 3)
    with_few = {(one, other) for pair in expected for one, other in (pair, pair[::-1]) if one in few}
    of_few = alike_to_few([bags[number] for number in few], bags, Needed(least, of_smaller), words)
    assert sorted((few[one], other) for one, other in of_few) == sorted(with_few | {(one, one) for one in few})


NAMED = st.sampled_from(
    ["Absensi", "Presensi Pegawai", "SIMTARU", "Tata Ruang", "SIHEBATT", "SIHEBAT (Pajak)", "Pajak", "Pajak Hotel"]
)
FUNCTIONS = st.lists(st.sampled_from(["catat surat", "disposisi", "pajak hotel", "omzet", "cetak"]), max_size=4)
SOME = st.frozensets(st.sampled_from("xyz"), max_size=2)
TRAITS = st.builds(
    lambda name, functions, services, data, owner: Traits(
        WORDS.name(name), WORDS.words_of(functions), services, data, owner
    ),
    NAMED,
    FUNCTIONS,
    SOME,
    SOME,
    st.sampled_from(["a", "b", None]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TRAITS, max_size=12), st.sampled_from([60, 85, 95]))
def test_an_element_is_in_a_cluster_if_and_only_if_it_is_alike_to_another(traits: list[Traits], least: int) -> None:
    pairs = combinations(range(len(traits)), 2)
    alike_pairs = [(i, j) for i, j in pairs if compare(traits[i], traits[j], WORDS, least).score >= least]
    found = clusters(traits, WORDS, least)
    members = [member for cluster in found for member in cluster.members]
    assert sorted(members) == sorted({member for pair in alike_pairs for member in pair})
    assert all(len(cluster.members) > 1 and cluster.score >= least and cluster.signals for cluster in found)


@given(st.lists(TRAITS, max_size=8), TRAITS)
def test_what_else_there_is_takes_no_element_out_of_its_cluster(traits: list[Traits], other: Traits) -> None:
    def found(some: list[Traits]) -> set[int]:
        return {member for cluster in clusters(some, WORDS) for member in cluster.members}

    assert found(traits) <= found([*traits, other])


def test_a_row_of_names_is_gathered_round_the_one_that_most_are_alike_to() -> None:
    names = ["Gajah Badak Rusa", "Gajah Badak Rusa Kancil", "Gajah Badak Rusa Banteng", "Kerbau"]
    [cluster] = clusters([Traits(WORDS.name(name)) for name in names], WORDS)
    assert cluster.members == [0, 1, 2]
    assert cluster.score == 85


# --- again, after a change ------------------------------------------------------------------------------------

DENSE = st.builds(
    lambda name, functions, services, data, owner: Traits(
        WORDS.name(name), WORDS.words_of(functions), services, data, owner
    ),
    NAMED | st.lists(st.sampled_from([*LETTERS, "Pajak", "Hotel", "Sihebat", "(", ")", "-"]), max_size=4).map(" ".join),
    FUNCTIONS,
    SOME,
    SOME,
    st.sampled_from(["a", None]),
)
EDITS = st.lists(st.tuples(st.sampled_from(["put in", "take out", "replace", "swap"]), st.integers(0, 99), DENSE))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(DENSE, max_size=12),
    st.lists(EDITS, min_size=1, max_size=4),
    st.lists(st.sampled_from([(60, WORDS), (85, WORDS), (100, WORDS), (85, vocabulary("data"))]), min_size=4),
    st.sampled_from([1, 2, 20]),
    st.booleans(),
)
def test_after_any_edits_what_is_found_with_ties_is_what_is_found_without(
    traits: list[Traits],
    changes: list[list[tuple[str, int, Traits]]],
    asked: list[tuple[int, Vocabulary]],
    many: int,
    is_packed: bool,
) -> None:
    ties = Ties()
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(keeping, "_WORTH_KEEPING", 0)
        changed.setattr(keeping, "_MANY", many)
        for edits, (least, words) in zip([[], *changes], [asked[0], asked[0], *asked[1:]], strict=False):
            for edit, at, one in edits:
                traits = edited(traits, edit, at % (len(traits) + 1), one)
            assert clusters(traits, words, least, ties) == clusters(traits, words, least)
            if is_packed:
                ties = Ties(ties.to_bytes)


def edited(traits: list[Traits], edit: str, at: int, one: Traits) -> list[Traits]:
    before, behind = traits[:at], traits[at:]
    if edit == "put in":
        return [*before, one, *behind]
    if edit == "take out":
        return [*before, *behind[1:]]
    return [*before, one, *behind[1:]] if edit == "replace" else [*behind, *before]


def ties_of(data: bytes) -> Ties:
    return Ties(lambda: data)


def test_bytes_that_are_no_ties_are_none() -> None:
    traits = [Traits(WORDS.name(name), WORDS.words_of(["catat surat"])) for name in ("Pajak", "Pajak Hotel", "Hotel")]
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(keeping, "_WORTH_KEEPING", 0)
        ties = Ties()
        found = clusters(traits, WORDS, 60, ties)
        whole = ties.to_bytes()
        damaged = (
            whole[:at] + with_ + whole[at + len(with_) :] for at in range(len(whole)) for with_ in (b"", b"9", b"x")
        )
        for data in (b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, *(whole[:at] for at in range(len(whole)))):
            assert clusters(traits, WORDS, 60, ties_of(data)) == found
        for data in damaged:
            clusters(traits, WORDS, 60, ties_of(data))


# --- quality -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in SETS if name.startswith("names")])
def test_names_tell_the_same_from_near_misses(name: str) -> None:
    found = measure(name)
    assert found.precision >= 0.95
    assert found.recall >= 0.90


def test_acronyms_that_are_known_or_made_of_beginnings_are_what_they_stand_for() -> None:
    found = measure("acronyms-tuned")
    assert found.precision >= 0.95
    assert found.recall >= 0.90


def test_the_readme_shows_the_quality() -> None:
    assert "\n".join(table()) in README.read_text("utf-8")


def test_names_that_were_compared_once_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spbe_arch.likeness.words._MOST_KEPT", 10)
    words = vocabulary("applications", OwnWords(fillers=("contohan",)))
    names = [f"Sistem Perizinan Nomor {number}" for number in range(40)]
    found = [words.name(name) for name in names]
    assert found == [words.name(name) for name in names]
    assert len(words._names) <= 10
