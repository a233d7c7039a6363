"""Queries as text: what they find, where their mistakes are told, that any text is answered."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch import load, load_texts
from spbe_arch.errors import QueryError
from spbe_arch.metamodel import types
from spbe_arch.metamodel.declaring import ElementBase
from spbe_arch.paths import names_of
from spbe_arch.querying import ask, query
from spbe_arch.querying.language import DEEPEST, WORDS

MODEL = load_texts(
    [
        ("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"),
        (
            "model.yaml",
            """
units:
  dinkes: {name: Dinas Kesehatan}
  rsud: {name: RSUD, parent: dinkes}
  diskominfo: {name: Dinas Kominfo}
services:
  berobat: {name: Berobat, owner: rsud, method: electronic, reference: RAL.01.25}
  informasi: {name: Informasi Publik, owner: diskominfo, method: face_to_face}
applications:
  simrs: {name: SIM Rumah Sakit, owner: rsud, supports: [berobat], users: 120, runs_on: server-1, status: upgrade}
  portal: {name: Portal, owner: diskominfo, supports: [berobat, informasi], users: 9, fitness_test: 2025-03}
  lama: {name: Aplikasi Lama, source: {document: studi, confidence: illustrative}, tags: [arsip, uji]}
servers:
  server-1: {name: Server 1, memory: 64 GB}
documents:
  studi: {name: Studi}
""",
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("applications", ["simrs", "portal", "lama"]),
        ("aplikasi, server", ["simrs", "portal", "lama", "server-1"]),
        ("applications where status = upgrade", ["simrs"]),
        ("applications where status != upgrade", ["portal", "lama"]),
        ("applications where status = as_is", ["portal", "lama"]),
        ("aplikasi dengan status = peningkatan", ["simrs"]),
        ("applications where owner = rsud", ["simrs"]),
        ("applications where owner = kab-contoh/rsud", ["simrs"]),
        ("applications where owner under dinkes", ["simrs"]),
        ("applications where not owner under dinkes", ["portal", "lama"]),
        ("applications where owner not under dinkes", ["portal", "lama"]),
        ("applications where owner is blank", ["lama"]),
        ("aplikasi dengan pemilik adalah tidak kosong", ["simrs", "portal"]),
        ("applications where supports.owner.name = 'dinas kominfo'", ["portal"]),
        ("applications where count(supports) > 1", ["portal"]),
        ("applications where jumlah(mendukung) = 0", ["lama"]),
        ("applications where supports has (method = electronic and owner = rsud)", ["simrs", "portal"]),
        ("services where supported_by.runs_on = server-1", ["berobat"]),
        ("services where reference under RAL.01", ["berobat"]),
        ("services where reference under RAL.1", []),
        ("applications where users > 9 or name like '*lama'", ["simrs", "lama"]),
        ("applications where users >= 9 and users < 120", ["portal"]),
        ("applications where name like 'sim ?umah*'", ["simrs"]),
        ("applications where fitness_test < 2025-04-01", ["portal"]),
        ("applications where tags in (uji, lain)", ["lama"]),
        ("applications where source.confidence = illustrative", ["lama"]),
        ("applications where source.document = studi", ["lama"]),
        ("all where layer = services", ["berobat", "informasi"]),
        ("where type = servers", ["server-1"]),
        ("semua dengan jenis_elemen = server", ["server-1"]),
        ("infrastructure where berkas = model.yaml", ["server-1"]),
        ("all where lapis = aplikasi and status = new or layer = infrastructure", ["server-1"]),
        ("all where unit under dinkes and type != units", ["berobat", "simrs"]),
        ("applications order by users desc limit 1", ["lama"]),
        ("applications where users is not blank order by users", ["portal", "simrs"]),
        ("units where owns has (status = upgrade)", ["rsud"]),
        ("applications where (status = upgrade)", ["simrs"]),
        ("applications where id = portal", ["portal"]),
    ],
)
def test_a_query_finds(text: str, ids: list[str]) -> None:
    assert list(query(MODEL, text).elements) == ids


def test_columns_are_shown_as_asked() -> None:
    answer = query(MODEL, "applications where id = portal show id, supports, supports.owner as owners, count(supports)")
    assert (answer.columns, answer.rows) == (
        ("id", "supports", "owners", "count(supports)"),
        (("portal", ("berobat", "informasi"), ("rsud", "diskominfo"), 2),),
    )


def test_a_column_can_be_sorted_by_its_name() -> None:
    assert [row[0] for row in query(MODEL, "applications show id, count(supports) as n order by n").rows] == [
        "lama", "simrs", "portal",
    ]  # fmt: skip


def test_the_parts_of_a_question_may_come_apart() -> None:
    assert ask(MODEL, ["layanan"], where="method = electronic", show="id, owner").rows == (("berobat", "rsud"),)


@pytest.mark.parametrize(
    ("text", "said", "at"),
    [
        ("aplications", "there is no type 'aplications'; did you mean 'applications'?", 0),
        ("applications where statu = x", "nothing here has a 'statu'; did you mean 'status'?", 19),
        ("applications where status = upgrad", "there is no value 'upgrad'; did you mean 'upgrade'?", 28),
        ("applications where owner = rsudd", "there is no element 'rsudd'; did you mean 'rsud'?", 27),
        ("applications where name > 3", "'name' has no order", 19),
        ("applications where owner > rsud", "'owner' leads to elements, which have no order", 19),
        ("applications where name under x", "'name' is neither a reference code nor a link", 19),
        ("applications where name.x = 3", "nothing lies below the field before 'x'", 24),
        (
            "applications where supports+ = x",
            "'supports+' cannot be repeated; only parent, replaces, after and their other ends can",
            19,
        ),
        ("applications where name has (id = 3)", "'name' does not lead to elements", 19),
        ("applications where status", "expected a comparison, as in '= x' or 'is blank', instead of 'the end'", 25),
        ("applications where (status = new", "expected ')' instead of 'the end'", 32),
        (
            "applications where count(supports)",
            "expected a comparison of the count, as in '> 2', instead of 'the end'",
            34,
        ),
        ("applications where users > banyak", "there is no value 'banyak'", 27),
        ("applications where ; drop", "';' cannot stand here", 19),
        ("applications limit x", "expected a number instead of 'x'", 19),
        ("applications show", "expected a name instead of 'the end'", 17),
        ("applications where owner..name = x", "a name is missing beside the dot", 25),
        ("applications services", "'services' cannot stand here", 13),
        ("applications where supports not = 3", "expected a comparison, as in '= x' or 'is blank', instead of '='", 32),
    ],
)
def test_a_mistake_is_told_where_it_stands(text: str, said: str, at: int) -> None:
    with pytest.raises(QueryError) as caught:
        query(MODEL, text)
    assert (str(caught.value), caught.value.at) == (said, at)


def test_brackets_have_an_end() -> None:
    with pytest.raises(QueryError, match="brackets stand more than"):
        query(MODEL, "all where " + "(" * (DEEPEST + 1) + "id = x" + ")" * (DEEPEST + 1))


def test_a_query_has_an_end() -> None:
    with pytest.raises(QueryError, match="is longer than"):
        query(MODEL, "all where id = '" + "x" * 10_000 + "'")


def test_the_place_of_a_mistake_is_pointed_at() -> None:
    with pytest.raises(QueryError) as caught:
        query(MODEL, "applications where statu = x")
    assert caught.value.pointer == "\n  applications where statu = x\n                     ^"


NAMES = "applications status owner name supports berobat upgrade id users tags source owner.parent.name"
SIGNS = "= != < > ( ) , 'x' 3 2025-01 count( * ;"
WORD = st.sampled_from([*WORDS, *WORDS.values(), *NAMES.split(), *SIGNS.split()])


@given(st.one_of(st.lists(WORD, max_size=14).map(" ".join), st.text(max_size=60)))
def test_any_text_is_answered_or_told_to_be_wrong(text: str) -> None:
    places: list[int] = []
    try:
        query(MODEL, text)
    except QueryError as error:
        places.append(error.at)
    assert all(0 <= at <= len(text) for at in places)


CONDITION = st.sampled_from(
    ["status = upgrade", "owner under dinkes", "users > 9", "count(supports) > 0", "name like '*i*'", "owner is blank"]
)


def found(condition: str) -> set[str]:
    return set(query(MODEL, f"applications where {condition}").elements)


@given(CONDITION, CONDITION)
def test_and_or_not_are_those_of_sets(one: str, other: str) -> None:
    every = set(MODEL.applications)
    assert found(f"{one} and {other}") == found(one) & found(other)
    assert found(f"{one} or {other}") == found(one) | found(other)
    assert found(f"not ({one})") == every - found(one)


def test_elements_are_sorted_by_their_ids_wherever_they_stand() -> None:
    assert list(query(MODEL, "applications order by owner desc").elements) == ["lama", "simrs", "portal"]


SIGNS_OF_PATTERNS = st.text("ab*?", max_size=9) | st.text(max_size=12)


@given(SIGNS_OF_PATTERNS, st.text("ab", max_size=9) | st.text(max_size=12))
def test_like_is_like_the_pattern_of_a_shell(pattern: str, name: str) -> None:
    import fnmatch

    from spbe_arch.querying.conditions import _pattern, _side_by_side

    plain = pattern.replace("[", "(").casefold()
    assert _pattern(plain)(name) == fnmatch.fnmatchcase(name.casefold(), plain)
    assert _side_by_side(plain)([1, 2], [name, name]) == [one for one in (1, 2) if _pattern(plain)(name)]


@pytest.mark.parametrize("pattern", ["*a" * 2_000 + "b", "*" + "a?" * 2_000 + "b*", "*" + "?" * 4_000 + "b*"])
def test_a_pattern_takes_linear_time(pattern: str) -> None:
    from spbe_arch.querying.conditions import _pattern

    assert not _pattern(pattern)("a" * 60_000)


def test_each_name_leads_where_the_attribute_of_an_element_leads() -> None:
    architecture = load("models/kab-bekasi")
    for element in architecture:
        for name in (*element.info.links, *element.info.inverses):
            there = getattr(element, name)
            ends = [] if there is None else [there] if isinstance(there, ElementBase) else list(there)
            found = architecture.following([(element.section, name)])(element.ordinal)
            assert list(dict.fromkeys(found)) == list(dict.fromkeys(one.ordinal for one in ends)), (element.id, name)


def test_the_unit_of_each_element_is_the_one_that_it_belongs_to() -> None:
    architecture = load("models/kab-bekasi")
    numbers = list(architecture.all_ordinals())
    held = [None if architecture.holders[one] < 0 else architecture.holders[one] for one in numbers]
    assert held == [architecture.unit_at(one) for one in numbers]


@pytest.mark.parametrize("rest", ["= x", "!= 3", "> 2025", "like '*a*'", "is blank", "in (new, 3)", "under RAL.01"])
def test_every_name_may_be_asked_of_every_type(rest: str) -> None:
    for name in sorted({name for section in types() for name in names_of(section)}):
        with suppress(QueryError):
            query(MODEL, f"all where {name} {rest} order by {name}")


def test_a_link_to_the_same_type_may_be_followed_again_and_again() -> None:
    assert list(query(MODEL, "applications where owner.parent+ = dinkes").elements) == ["simrs"]


def test_the_rest_of_an_answer_is_made_when_it_is_asked_for() -> None:
    answer = query(MODEL, "applications")
    assert (len(answer), "rows" in vars(answer), answer.rows is answer.rows) == (3, False, True)


def cells(answer: Any) -> list[Any]:
    return [row[0] for row in answer.rows]


def test_numbers_are_sorted_as_numbers() -> None:
    assert cells(query(MODEL, "applications where users > 0 show users order by users")) == [9, 120]
