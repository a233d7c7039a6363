"""What a person may write in a field of each kind, and what it is read as."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.metamodel import Allowance, PartialDate, Service, Source, Target, Unit, near_miss, types, values
from spbe_arch.metamodel.declaring import Links
from spbe_arch.metamodel.values import ValueProblem, value_list
from tests.written import written

TEXT, TEXTS, BOOL, YEAR, DATE = values.TEXT, values.TEXTS, values.BOOL, values.YEAR, values.DATE
NUMBER, WHOLE = values.NumberKind(), values.NumberKind(whole=True)
MBPS, GIGABYTES, RUPIAH = values.NumberKind("Mbps"), values.NumberKind("GB"), values.NumberKind("IDR")
METHOD = values.ChoiceKind(value_list("method"), many=False)
AUDIENCE = values.ChoiceKind(value_list("audience"), many=True)
RAID = values.ChoiceKind(value_list("raid"), many=False)
BY_YEAR, TEXT_BY_YEAR = values.ByYearKind(NUMBER), values.ByYearKind(TEXT, "text")
MAP = values.MapKind(NUMBER)
CODE, CODES = values.CodeKind("RAL"), values.CodeKind("RAB", many=True)
LINK, LINKS = values.LinkKind(("Service",), many=False), values.LinkKind(("Service",), many=True)

READ = [
    (TEXT, "Perizinan", "Perizinan"),
    (TEXT, "  Perizinan ", "Perizinan"),
    (TEXT, "007", "007"),
    (TEXT, "no", "no"),
    (TEXT, "0", "0"),
    (TEXT, 7, "7"),
    (TEXT, True, "true"),
    (TEXT, datetime.date(2025, 6, 10), "2025-06-10"),
    (TEXT, " ", None),
    (TEXTS, "a", ("a",)),
    (TEXTS, ["a"], ("a",)),
    (TEXTS, ["a", None, " ", "b"], ("a", "b")),
    (TEXTS, [], ()),
    (BOOL, "true", True),
    (BOOL, "Yes", True),
    (BOOL, "YA", True),
    (BOOL, "false", False),
    (BOOL, "no", False),
    (BOOL, "Tidak", False),
    (BOOL, False, False),
    (NUMBER, "1000", 1000),
    (NUMBER, "0.5", 0.5),
    (NUMBER, "-3", -3),
    (NUMBER, "0.500", 0.5),
    (NUMBER, "2.50", 2.5),
    (NUMBER, "1234.567", 1234.567),
    (NUMBER, 1.234, 1.234),
    (NUMBER, 1e-7, 1e-7),
    (NUMBER, 1e20, 1e20),
    (WHOLE, "2.5 juta", 2_500_000),
    (WHOLE, "12 ribu", 12_000),
    (WHOLE, "3.0", 3),
    (MBPS, "10", 10),
    (MBPS, "10 Gbps", 10_000),
    (MBPS, "10Gbps", 10_000),
    (MBPS, "512 kbps", 0.512),
    (GIGABYTES, "4 TB", 4000),
    (GIGABYTES, "512 MB", 0.512),
    (RUPIAH, "2.5 miliar", 2_500_000_000),
    (RUPIAH, "Rp 750 juta", 750_000_000),
    (RUPIAH, "Rp750000000", 750_000_000),
    (RUPIAH, "1 triliun", 10**12),
    (YEAR, "2027", 2027),
    (YEAR, 1900, 1900),
    (YEAR, "2100", 2100),
    (DATE, "2025", PartialDate(2025)),
    (DATE, 2025, PartialDate(2025)),
    (DATE, "2025-06", PartialDate(2025, 6)),
    (DATE, "2025-06-10", PartialDate(2025, 6, 10)),
    (DATE, datetime.date(2025, 6, 10), PartialDate(2025, 6, 10)),
    (DATE, "2024-02-29", PartialDate(2024, 2, 29)),
    (BY_YEAR, "10", {0: 10}),
    (BY_YEAR, {"2027": "2.6", "2025": "2.2"}, {2025: 2.2, 2027: 2.6}),
    (BY_YEAR, {"2025": "2.2", "2026": None}, {2025: 2.2}),
    (TEXT_BY_YEAR, {2025: "3 layanan"}, {2025: "3 layanan"}),
    (MAP, {"11": "2", 12: 1}, {"11": 2, "12": 1}),
    (MAP, {"11": None}, {}),
    (METHOD, "face_to_face", "face_to_face"),
    (METHOD, "Tatap Muka", "face_to_face"),
    (METHOD, "TATAP-MUKA", "face_to_face"),
    (METHOD, " face / to / face ", "face_to_face"),
    (RAID, "RAID 5", "raid_5"),
    (AUDIENCE, "masyarakat", ("public",)),
    (AUDIENCE, ["Pelaku Usaha", "asn"], ("business", "employee")),
    (CODE, "RAL.01.16", "RAL.01.16"),
    (CODE, "01.16", "RAL.01.16"),
    (CODE, "ral.01.16", "RAL.01.16"),
    (CODE, "RAL.01.16 Perizinan", "RAL.01.16"),
    (CODES, ["RAB.01.02", "03.04"], ("RAB.01.02", "RAB.03.04")),
    (values.VALIDITY, "Tahunan", "yearly"),
    (values.VALIDITY, "2025-12", PartialDate(2025, 12)),
    (LINK, "izin", "izin"),
    (LINK, "kab-lain/izin", "kab-lain/izin"),
    (LINK, {"to": "izin"}, "izin"),
    (LINK, {"to": "izin", "note": None}, "izin"),
    (LINK, {"ke": "izin", "catatan": "sebagian"}, Target("izin", "sebagian")),
    (LINK, {"to": "izin", "source": "studi"}, Target("izin", None, (Source("studi"),))),
    (LINKS, "izin", ("izin",)),
    (LINKS, ["izin", {"to": "pajak"}], ("izin", "pajak")),
    (LINKS, Target("izin", "sebagian"), (Target("izin", "sebagian"),)),
    (LINKS, Links[Service](("izin",)), ("izin",)),
    (LINK, Unit(id="dinas"), "dinas"),
    (values.SOURCE, "studi", (Source("studi"),)),
    (values.SOURCE, ["studi", {"document": "data", "page": 7}], (Source("studi"), Source("data", "7"))),
    (values.SOURCE, {"keyakinan": "Ilustratif"}, (Source(confidence="illustrative"),)),
    (values.SOURCE, {"dokumen": "studi", "isian": "nama"}, (Source("studi", fields=("nama",)),)),
    (values.SOURCE, Source("studi", "7"), (Source("studi", "7"),)),
    (values.SOURCE, {}, ()),
    (values.ALLOW, {"SPBE301": "belum ada"}, {"SPBE301": Allowance("belum ada")}),
    (
        values.ALLOW,
        {"SPBE301": {"alasan": "belum ada", "sampai": "2026"}},
        {"SPBE301": Allowance("belum ada", PartialDate(2026))},
    ),
]


def shown(part: object) -> str | None:
    return part.name if isinstance(part, values.Kind) else str(part) if isinstance(part, (str, int, float)) else None


@pytest.mark.parametrize(("kind", "raw", "value"), READ, ids=shown)
def test_a_value_is_read(kind: values.Kind, raw: Any, value: Any) -> None:
    assert kind.read(raw) == value


REFUSED = [
    (TEXT, "-", "placeholder-value"),
    (TEXT, "n/a", "placeholder-value"),
    (TEXT, "Tidak ada", "placeholder-value"),
    (LINK, "-", "placeholder-value"),
    (YEAR, "-", "placeholder-value"),
    (TEXT, ["a"], "wrong-shape"),
    (TEXT, {"a": "b"}, "wrong-shape"),
    (TEXTS, {"a": "b"}, "wrong-shape"),
    (BOOL, "mungkin", "unknown-value"),
    (BOOL, "1", "unknown-value"),
    (NUMBER, "banyak", "malformed-number"),
    (NUMBER, "1e3", "malformed-number"),
    (NUMBER, "3,52", "malformed-number"),
    (NUMBER, "1.000", "malformed-number"),
    (NUMBER, "10 Gbps", "malformed-number"),
    (NUMBER, float("nan"), "malformed-number"),
    (NUMBER, "9" * 60, "malformed-number"),
    (MBPS, "10 GB", "malformed-number"),
    (MBPS, "Rp 10", "malformed-number"),
    (MBPS, "10.000Mbps", "malformed-number"),
    (RUPIAH, "Rp 1.500", "malformed-number"),
    (RUPIAH, "Rp1.500.000", "malformed-number"),
    (WHOLE, "2.5", "malformed-number"),
    (WHOLE, True, "malformed-number"),
    (YEAR, "0", "malformed-year"),
    (YEAR, "1899", "malformed-year"),
    (YEAR, "2101", "malformed-year"),
    (YEAR, "2025/2026", "malformed-year"),
    (DATE, "10-06-2025", "malformed-date"),
    (DATE, "2025-13", "malformed-date"),
    (DATE, "2025-02-30", "malformed-date"),
    (DATE, "1899-01-01", "malformed-date"),
    (DATE, "Juni 2025", "malformed-date"),
    (METHOD, "elektronika", "unknown-value"),
    (METHOD, ["electronic"], "wrong-shape"),
    (AUDIENCE, ["semua"], "unknown-value"),
    (CODE, "RAA.01.02", "code-of-another-table"),
    (CODE, "1.16", "damaged-code"),
    (CODE, "satu", "malformed-code"),
    (values.VALIDITY, "kadang", "unknown-value"),
    (BY_YEAR, ["1"], "wrong-shape"),
    (BY_YEAR, {"depan": "1"}, "malformed-year"),
    (BY_YEAR, {"2025": "satu"}, "malformed-number"),
    (MAP, "2.5", "wrong-shape"),
    (MAP, ["2.5"], "wrong-shape"),
    (MAP, {"11": "dua"}, "malformed-number"),
    (LINK, ["izin"], "wrong-shape"),
    (LINK, {"catatan": "tanpa id"}, "wrong-shape"),
    (LINK, {"to": ["izin"]}, "wrong-shape"),
    (LINK, {"to": "izin", "notee": "a"}, "unknown-field"),
    (LINK, {"to": "izin", "ke": "pajak"}, "duplicate-key"),
    (LINKS, [["izin"]], "wrong-shape"),
    (values.SOURCE, {"keyakinan": "pasti"}, "unknown-value"),
    (values.SOURCE, {"docment": "studi"}, "unknown-field"),
    (values.SOURCE, {"note": "a", "catatan": "b"}, "duplicate-key"),
    (values.ALLOW, "SPBE301", "wrong-shape"),
    (values.ALLOW, ["SPBE301"], "wrong-shape"),
    (values.ALLOW, {"SPBE301": ["a"]}, "wrong-shape"),
    (values.ALLOW, {"SPBE301": {"reason": "a", "until": "besok"}}, "malformed-date"),
]


@pytest.mark.parametrize(("kind", "raw", "rule"), REFUSED, ids=shown)
def test_a_value_is_refused(kind: values.Kind, raw: Any, rule: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        kind.read(raw)
    assert problem.value.rule.name == rule


@pytest.mark.parametrize(
    ("kind", "raw", "suggestion"),
    [
        (METHOD, "elektronika", "elektronik"),
        (AUDIENCE, "masyarakt", "masyarakat"),
        (METHOD, "surat", None),
        (NUMBER, "3,52", "3.52"),
        (NUMBER, "1.000", "1000"),
        (NUMBER, "1.000.000", "1000000"),
        (NUMBER, "1,000,000", "1000000"),
        (MBPS, "1.000 Mbps", "1000 Mbps"),
        (MBPS, "10.000Mbps", "10000 Mbps"),
        (RUPIAH, "Rp 1.500.000", "Rp 1500000"),
        (RUPIAH, "Rp1,5 miliar", "Rp 1.5 miliar"),
        (RUPIAH, "1.234.567,89", "1234567.89"),
        (WHOLE, "2.5", None),
        (NUMBER, "banyak", None),
        (DATE, "10-06-2025", "2025-06-10"),
        (DATE, "10/6/25", "2025-06-10"),
        (DATE, "2025/06/10", "2025-06-10"),
        (DATE, "10.06.2025", "2025-06-10"),
        (DATE, "2025-6-1", "2025-06-01"),
        (DATE, "31-02-2025", None),
        (DATE, "20250131", "2025-01-31"),
        (DATE, "20251331", None),
        (DATE, "45292", "2024-01-01"),
        (DATE, "45292.5", "2024-01-01"),
        (DATE, "12345", None),
        (CODE, "1.16", "RAL.01.16"),
        (LINK, {"to": "a", "notee": "b"}, "note"),
    ],
    ids=shown,
)
def test_what_was_probably_meant_is_told(kind: values.Kind, raw: Any, suggestion: str | None) -> None:
    with pytest.raises(ValueProblem) as problem:
        kind.read(raw)
    assert problem.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("kind", "raw", "path"),
    [
        (TEXT, ["a"], ()),
        (TEXTS, ["a", None, {"b": "c"}], (2,)),
        (AUDIENCE, ["public", "semua"], (1,)),
        (BY_YEAR, {"2025": "1", "2026": "dua"}, ("2026",)),
        (LINKS, ["izin", {"to": "pajak", "source": ["a", {"confidence": "pasti"}]}], (1, "source", 1, "confidence")),
        (values.ALLOW, {"SPBE301": {"until": "besok"}}, ("SPBE301", "until")),
    ],
    ids=shown,
)
def test_a_problem_knows_where_inside_the_value_it_is(kind: values.Kind, raw: Any, path: tuple[str | int, ...]) -> None:
    with pytest.raises(ValueProblem) as problem:
        kind.read(raw)
    assert problem.value.path == path


def test_every_item_of_a_list_that_cannot_be_read_is_a_problem() -> None:
    with pytest.raises(ValueProblem) as problem:
        LINKS.read(["izin", ["a"], {"to": "pajak", "source": [{"confidence": "pasti"}, "studi", "-"]}])
    assert [(one.rule.name, one.path) for one in problem.value.all] == [
        ("wrong-shape", (1,)),
        ("unknown-value", (2, "source", 0, "confidence")),
        ("placeholder-value", (2, "source", 2)),
    ]


@pytest.mark.parametrize(
    ("kind", "raw", "found", "wanted"),
    [
        (MAP, "2.5", "a single value", "a mapping from keys to values"),
        (MAP, ["2.5"], "a list", "a mapping from keys to values"),
        (values.ALLOW, "SPBE301", "a single value", "a mapping from rules to reasons"),
        (TEXT, {"a": "b"}, "a mapping", "text"),
        (LINK, ["izin"], "a list", "an id"),
    ],
    ids=shown,
)
def test_a_wrong_shape_is_named(kind: values.Kind, raw: Any, found: str, wanted: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        kind.read(raw)
    assert (problem.value.values["found"].name, problem.value.values["wanted"].name) == (found, wanted)


def test_a_problem_is_told_in_words_with_the_values_that_there_are() -> None:
    with pytest.raises(ValueProblem, match=r"'surat'.* electronic, hybrid, face_to_face"):
        METHOD.read("surat")


@pytest.mark.parametrize(
    ("date", "last_day"),
    [
        ("2025", datetime.date(2025, 12, 31)),
        ("2025-02", datetime.date(2025, 2, 28)),
        ("2024-02", datetime.date(2024, 2, 29)),
        ("2025-12", datetime.date(2025, 12, 31)),
        ("2025-06-10", datetime.date(2025, 6, 10)),
    ],
)
def test_a_date_stands_for_the_last_day_that_it_can_mean(date: str, last_day: datetime.date) -> None:
    assert DATE.read(date).last_day == last_day  # type: ignore[union-attr]


@pytest.mark.parametrize("date", ["2025", "2025-06", "2025-06-10"])
def test_a_date_is_shown_as_it_is_written(date: str) -> None:
    assert str(DATE.read(date)) == date


KINDS = {field.kind.name: field.kind for info in types().values() for field in info.fields.values()}


@given(st.sampled_from(sorted(KINDS)).flatmap(lambda name: st.tuples(st.just(KINDS[name]), written(KINDS[name]))))
def test_what_was_read_is_read_as_itself(made: tuple[values.Kind, Any]) -> None:
    kind, raw = made
    try:
        value = kind.read(raw)
    except ValueProblem:
        return
    assert value is None or kind.read(value) == value


@given(
    st.sampled_from(sorted(KINDS)),
    st.recursive(
        st.one_of(st.none(), st.text(max_size=5), st.integers(), st.floats(), st.booleans()),
        lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=4), inner, max_size=2)),
        max_leaves=4,
    ),
)
def test_a_value_is_read_or_a_problem_whatever_it_is(name: str, raw: Any) -> None:
    with suppress(ValueProblem):
        KINDS[name].read("" if raw is None else raw)


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("prosess", ["proses", "layanan"], "proses"),
        ("naam", ["nama", "name"], "nama"),
        ("Nama", ["nama"], "nama"),
        ("x", ["y"], None),
        ("apa", ["nama"], None),
        ("perizinan-usha", ["perizinan-usaha"], "perizinan-usaha"),
        ("tiada", [], None),
    ],
)
def test_a_near_miss_is_a_few_slips_away(word: str, known: list[str], near: str | None) -> None:
    assert near_miss(word, known) == near
