"""Names and where they lead: the one table that own rules, queries and the filters of views look them up in."""

from __future__ import annotations

import pytest

from spbe_arch.metamodel import types
from spbe_arch.paths import LONGEST, OF_EVERY, UNIT, PathProblem, Reason, follow, sections_called, type_near


def led(path: str, *sections: str) -> tuple[str, ...]:
    return follow(path.split("."), sections).sections


@pytest.mark.parametrize(
    ("path", "sections", "ends"),
    [
        ("supports.owner", ("applications",), ("units",)),
        ("mendukung.pemilik", ("applications",), ("units",)),
        ("supported_by.runs_on", ("services",), ("clouds", "servers")),
        ("unit.parent+", tuple(types()), ("units",)),
    ],
)
def test_links_and_their_other_ends_lead_to_types(path: str, sections: tuple[str, ...], ends: tuple[str, ...]) -> None:
    assert set(led(path, *sections)) >= set(ends)


@pytest.mark.parametrize("path", ["owner.name", "pemilik.nama"])
def test_a_field_ends_a_path_at_its_values(path: str) -> None:
    assert follow(path.split("."), ("applications",)).names == (("units", "name"),)


@pytest.mark.parametrize(("path", "part"), [("sumber.keyakinan", "confidence"), ("budget.2027", "2027")])
def test_a_source_and_a_mapping_have_parts(path: str, part: str) -> None:
    assert follow(path.split("."), ("initiatives",)).part == part


@pytest.mark.parametrize(
    ("path", "reason", "number", "near"),
    [
        ("ownr", Reason.UNKNOWN, 0, "owner"),
        ("owner.nme", Reason.UNKNOWN, 1, "name"),
        ("name.x", Reason.ENDED, 1, None),
        ("id.x", Reason.ENDED, 1, None),
        ("supports+", Reason.UNREPEATABLE, 0, None),
        (".".join(["owner"] + ["parent"] * LONGEST), Reason.LONG, LONGEST, None),
    ],
)
def test_a_path_that_leads_nowhere_says_where_and_why(path: str, reason: Reason, number: int, near: str | None) -> None:
    with pytest.raises(PathProblem) as caught:
        led(path, "applications")
    assert (caught.value.reason, caught.value.number, caught.value.near) == (reason, number, near)


def test_what_every_element_has_gives_way_to_a_field_that_each_of_the_types_has() -> None:
    assert (led("agency", "evaluations"), follow(["agency"], ("evaluations", "services")).names[0][1]) == (
        ("agencies",),
        "agency",
    )


def test_no_field_with_values_is_called_as_what_every_element_has() -> None:
    words = {UNIT, *OF_EVERY, *OF_EVERY.values()}
    fields = {name for info in types().values() for name, field in info.spellings.items() if not field.is_link}
    assert words & fields == set()


@pytest.mark.parametrize(("name", "section"), [("aplikasi", "applications"), ("Sistem Operasi", "operating_systems")])
def test_a_type_is_called_by_its_names_in_any_case(name: str, section: str) -> None:
    assert sections_called(name) == (section,)


def test_a_layer_stands_for_its_types() -> None:
    assert "servers" in sections_called("infrastruktur")
    assert sections_called("semua") == tuple(types())


@pytest.mark.parametrize("written", ["sistem_bass_dta", "sistem-bass-dta", "Sistem Bass Dta"])
def test_what_was_meant_is_found_however_the_words_are_joined(written: str) -> None:
    assert type_near(written) == "sistem_basis_data"
