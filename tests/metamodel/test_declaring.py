"""The declarations agree with themselves and with the written format, and elements behave as declared."""

from __future__ import annotations

import keyword
import pickle
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from spbe_arch import metamodel
from spbe_arch.metamodel import Application, Element, Layer, Links, PartialDate, Process, Service, Target, Unit, values
from spbe_arch.metamodel.declaring import type_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.metamodel import TypeInfo

FORMAT = Path(__file__).parents[3] / "shared" / "FORMAT.md"
"""The written format; it lies beside the repository where the project is built, and not in what is shipped."""

needs_format = pytest.mark.skipif(not FORMAT.exists(), reason="the written format is not part of the repository")
every_type = pytest.mark.parametrize("info", types().values(), ids=lambda info: info.section)


# The declarations among themselves


@every_type
def test_no_two_fields_share_a_name_in_either_language(info: TypeInfo) -> None:
    names = [spelling for field in info.fields.values() for spelling in {field.name, *field.declared.indonesian}]
    assert sorted(names) == sorted(set(names))


def test_no_two_sections_share_a_name_in_either_language() -> None:
    names = [name for info in types().values() for name in {info.section, *info.indonesian_names}]
    assert sorted(names) == sorted(set(names))


@every_type
def test_no_name_is_a_keyword_or_no_name_at_all(info: TypeInfo) -> None:
    names = [*info.spellings, *info.inverses, info.section, *info.indonesian_names]
    assert [name for name in names if keyword.iskeyword(name) or not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


@every_type
def test_no_other_end_is_called_like_a_field_of_the_type_it_stands_on(info: TypeInfo) -> None:
    ends = {name for inverse in info.inverses.values() for name in (inverse.name, inverse.indonesian)}
    assert ends & info.spellings.keys() == set()


@every_type
def test_no_two_other_ends_share_a_name_in_either_language(info: TypeInfo) -> None:
    for names in (
        [inverse.name for inverse in info.inverses.values()],
        [inverse.indonesian for inverse in info.inverses.values()],
    ):
        assert len(names) == len(set(names))


@every_type
def test_every_other_end_is_that_of_a_link_that_leads_here(info: TypeInfo) -> None:
    for inverse in info.inverses.values():
        links = [type_of(section).links.get(name) for section in inverse.sections for name in inverse.fields]
        leading = [link for link in links if link is not None and info.section in link.targets]
        assert leading or inverse.fields == ("source",), inverse.name


@every_type
def test_every_link_has_another_end_where_it_leads(info: TypeInfo) -> None:
    for field in info.links.values():
        for target in field.targets:
            ends = [
                inverse.name
                for inverse in type_of(target).inverses.values()
                if field.name in inverse.fields and info.section in inverse.sections
            ]
            both = "secured_by" if field.name == "secures" else "secures" if field.name == "secured_by" else ""
            assert ends or both in type_of(target).fields, (
                f"{field.name} of {info.section} has no other end on {target}"
            )


@every_type
def test_a_type_says_what_it_is(info: TypeInfo) -> None:
    assert (info.cls.__doc__ or "").strip().endswith(".")


@every_type
def test_a_type_is_called_in_both_languages(info: TypeInfo) -> None:
    assert "" not in {info.label("en"), info.label("id")}


def test_the_types_come_in_the_order_of_the_layers() -> None:
    layers = list(Layer)
    assert [info.layer for info in types().values()] == sorted(
        (info.layer for info in types().values()), key=layers.index
    )


def test_every_type_is_a_public_name() -> None:
    assert [info.cls.__name__ for info in types().values() if info.cls.__name__ not in metamodel.__all__] == []


@every_type
def test_what_is_known_of_a_type_survives_a_trip_between_processes(info: TypeInfo) -> None:
    assert pickle.loads(pickle.dumps(info)) is info  # noqa: S301 - our own bytes


# Elements


def test_an_element_is_made_from_what_a_person_may_write() -> None:
    service = Service(id="izin", method="Tatap Muka", targets="public", since="2025")
    assert (service.method, service.targets, service.since) == ("face_to_face", ("public",), 2025)


def test_what_is_not_given_is_blank() -> None:
    service = Service(id="izin")
    assert (service.name, service.targets, service.since) == (None, (), None)


def test_a_blank_list_is_empty() -> None:
    assert Service(id="izin", urls=None).urls == ()


def test_an_element_is_as_is_unless_it_says_otherwise() -> None:
    assert Service(id="izin").status == "as_is"


def test_a_field_that_the_type_has_not_is_refused() -> None:
    with pytest.raises(ValidationError, match="supported_by"):
        Service(id="izin", supported_by="a")


def test_a_value_that_cannot_be_read_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match=r"'elektronika' is .* electronic, hybrid, face_to_face"):
        Service(id="izin", method="elektronika")


def test_an_element_is_frozen() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        Service(id="izin").name = "Perizinan"


def test_a_link_of_an_element_is_frozen_too() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        Service(id="izin").processes = Links(("a",))


def test_links_of_an_element_made_by_hand_are_ids_only() -> None:
    supports = ["izin", {"to": "pajak", "note": "sebagian"}]
    application = Application(id="bebunge", supports=supports)
    assert (application.supports.ids, list(application.supports)) == (("izin", "pajak"), [])


def test_a_link_to_one_of_an_element_made_by_hand_is_none() -> None:
    assert Service(id="izin", owner="dpmptsp").owner is None


def test_another_end_of_an_element_made_by_hand_is_empty() -> None:
    assert list(Service(id="izin").supported_by) == []


def test_elements_made_by_hand_are_equal_if_they_say_the_same() -> None:
    assert Service(id="izin", name="A") == Service(id="izin", name="A") != Service(id="izin", name="B")


def test_elements_of_two_types_are_never_equal() -> None:
    assert Service(id="izin") != Process(id="izin")


def test_elements_made_by_hand_can_be_kept_in_a_set() -> None:
    assert len({Service(id="izin"), Service(id="izin"), Unit(id="izin")}) == 2


def test_links_are_shown_by_their_ids() -> None:
    assert repr(Links[Element](("a", "b"))) == "Links(a, b)"


def test_a_type_knows_its_common_fields_first() -> None:
    assert list(type_of("services").fields)[:3] == ["name", "description", "registry_id"]


def test_a_field_replaced_by_a_type_keeps_its_place() -> None:
    assert type_of("services").fields["owner"].indonesian == "unit_pelaksana"


def test_a_link_to_the_same_type_leads_to_that_type_only() -> None:
    assert type_of("services").fields["replaces"].targets == ("services",)


def test_a_link_to_a_group_of_types_leads_to_all_of_them() -> None:
    security = [info.section for info in types().values() if info.layer is Layer.SECURITY]
    assert list(type_of("data").fields["secured_by"].targets) == security


@pytest.mark.parametrize(
    ("section", "english", "indonesian"),
    [
        ("services", "service", "layanan"),
        ("operating_systems", "operating system", "sistem operasi"),
        ("units", "unit", "unit kerja"),
    ],
)
def test_one_element_of_a_type_is_called(section: str, english: str, indonesian: str) -> None:
    assert (type_of(section).label("en"), type_of(section).label("id")) == (english, indonesian)


# The declarations and the written format


def rows(heading: str) -> Iterator[list[str]]:
    """The cells of the tables below a heading of FORMAT.md, without their first row."""
    below = FORMAT.read_text("utf-8").split(f"\n{heading}")[1]
    section = re.split(r"\n#{1,3} |\n\*\*`", below.partition("\n")[2])[0]
    for line in section.splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.replace(r"\|", "/").strip("|").split("|")]


def table(heading: str) -> list[list[str]]:
    return list(rows(heading))[1:]


def names(cell: str) -> tuple[str, ...]:
    """The names in "`proses_bisnis` (proses, probis)"."""
    first, _, rest = cell.replace("`", "").partition(" (")
    return (first, *(rest.rstrip(")").split(", ") if rest else ()))


SAID = {
    "the same type": "self",
    "any": "any",
    "the seven security types": "security",
    "data, applications, infrastructure": "data, applications, infrastructure",
    "the six layers, units": "layers, units",
    "the six layers, units, policies": "layers, units, policies",
}


def targets(cell: str, section: str) -> set[str]:
    """The sections that a cell of the column "to" names."""
    found: set[str] = set()
    for word in filter(None, SAID.get(cell, cell).split(", ")):
        layer = {"security": Layer.SECURITY, "infrastructure": Layer.INFRASTRUCTURE}.get(word)
        if word == "self":
            found.add(section)
        elif word == "any":
            found.update(types())
        elif word == "layers":
            found.update(info.section for info in types().values() if info.layer is not Layer.ACROSS)
        elif layer:
            found.update(info.section for info in types().values() if info.layer is layer)
        else:
            found.add(word)
    return found


def kind_name(cell: str) -> str:
    """The name of a kind, from the cell that FORMAT.md gives it."""
    words = cell.replace("*", "") if "of *" in cell else cell
    return {"by year": "by year (number)"}.get(words, words)


@cache
def written_fields() -> dict[str, dict[str, list[str]]]:
    """Section → field → the rest of its row, those that a type replaces replaced."""
    common = {row[0].strip("`"): row[1:] for row in table("## 7. ")}
    infrastructure = {row[0].strip("`"): row[1:] for row in table("### Infrastructure")}
    security = {row[0].strip("`"): row[1:] for row in table("### Security")}
    found = {}
    for section, info in types().items():
        fields = dict(common)
        if section in ("units", "agencies"):
            del fields["owner"]
        if info.layer is Layer.INFRASTRUCTURE:
            fields |= infrastructure
        if info.layer is Layer.SECURITY:
            fields |= security
        text = FORMAT.read_text("utf-8")
        if f"\n**`{section}`**" in text:
            fields |= {row[0].strip("`"): row[1:] for row in table(f"**`{section}`**")}
        found[section] = fields
    found["facilities"]["manager"] = [
        found["facilities"]["manager"][0].replace("(pengelola)", "(pengelola, penanggung_jawab)"),
        *found["facilities"]["manager"][1:],
    ]
    for section, info in types().items():
        if info.layer is Layer.SECURITY and section == "audits":
            # The table RAK has no area for audits, so their code is asked of nobody (§7).
            found[section]["reference"] = [*found[section]["reference"][:2], "", *found[section]["reference"][3:]]
    return found


@needs_format
def test_the_sections_are_those_of_the_format() -> None:
    declared = [
        [
            info.layer.value,
            info.section,
            info.indonesian_names,
            info.cls.__name__,
            info.archimate,
            info.codes,
        ]
        for info in types().values()
    ]
    assert declared == [
        [layer, section.strip("`"), names(indonesian), cls.strip("`"), archimate, codes]
        for layer, section, indonesian, cls, archimate, codes, _ in table("## 6. ")
    ]


@needs_format
@every_type
class TestTheFieldsAreThoseOfTheFormat:
    def test_by_name(self, info: TypeInfo) -> None:
        assert set(info.fields) == set(written_fields()[info.section])

    def test_by_indonesian_names(self, info: TypeInfo) -> None:
        written = written_fields()[info.section]
        assert {name: field.declared.indonesian for name, field in info.fields.items()} == {
            name: names(row[0]) for name, row in written.items()
        }

    def test_by_kind(self, info: TypeInfo) -> None:
        written = written_fields()[info.section]
        assert {name: field.kind.name for name, field in info.fields.items()} == {
            name: kind_name(row[1]) for name, row in written.items()
        }

    def test_by_what_is_said_when_they_are_blank(self, info: TypeInfo) -> None:
        written = written_fields()[info.section]
        required = {name: field.declared.required for name, field in info.fields.items()}
        assert {name: " ".join((level, *rules)).strip() for name, (level, rules) in required.items()} == {
            name: row[2] for name, row in written.items()
        }

    def test_by_targets(self, info: TypeInfo) -> None:
        written = written_fields()[info.section]
        assert {name: set(field.targets) for name, field in info.links.items()} == {
            name: targets(row[3], info.section) for name, row in written.items() if row[1].startswith("link")
        }

    def test_by_archimate_relationship_and_direction(self, info: TypeInfo) -> None:
        written = written_fields()[info.section]
        declared = {
            name: f"{field.declared.relationship.capitalize()} {'→' if field.declared.outward else '←'}"
            for name, field in info.links.items()
        }
        assert declared == {
            name: row[4].replace(", else Association", "") for name, row in written.items() if row[1].startswith("link")
        }

    def test_by_the_names_of_the_other_ends(self, info: TypeInfo) -> None:
        for name, row in written_fields()[info.section].items():
            if row[5] and name not in ("secured_by", "secures"):
                for target in targets(row[3], info.section):
                    inverses = type_of(target).inverses.values()
                    found = [i for i in inverses if name in i.fields and info.section in i.sections]
                    assert [f"{i.name} / {i.indonesian}" for i in found] == [row[5]], f"{name} → {target}"


def written_list(cell: str) -> dict[str, tuple[str, ...]]:
    """Value → its Indonesian spellings, the one that is written first."""
    found = {}
    for entry in re.split(r", (?![^(]*\))", cell):
        value, _, indonesian = entry.partition(" = ")
        found[value] = names(indonesian) if indonesian else (value,)
    return found


@needs_format
def test_the_value_lists_are_those_of_the_format() -> None:
    declared = {
        name: {value: (indonesian, *listed.also[value]) for value, indonesian in listed.indonesian.items()}
        for name, listed in values.LISTS.items()
    }
    assert declared == {row[0].strip("*"): written_list(row[1]) for row in table("## 9. ")}


def test_every_value_list_is_the_kind_of_some_field() -> None:
    used = {
        field.kind.values.name
        for info in types().values()
        for field in info.fields.values()
        if isinstance(field.kind, values.ChoiceKind)
    }
    assert set(values.LISTS) - used == {"confidence"}


@pytest.mark.parametrize("listed", values.LISTS.values(), ids=lambda listed: listed.name)
def test_no_spelling_of_a_value_means_two(listed: values.ValueList) -> None:
    meant: dict[str, set[str]] = {}
    for value, indonesian in listed.indonesian.items():
        for spelling in (value, indonesian, *listed.also[value]):
            meant.setdefault(spelling, set()).add(value)
    assert {spelling: several for spelling, several in meant.items() if len(several) > 1} == {}


def test_a_value_is_shown_in_words_of_either_language() -> None:
    listed = values.LISTS["method"]
    assert (listed.label("face_to_face", "en"), listed.label("face_to_face", "id")) == ("face to face", "tatap muka")


def test_a_layer_is_shown_in_either_language() -> None:
    assert (Layer.DATA.label("en"), Layer.DATA.label("id")) == ("Data and Information", "Data dan Informasi")


def test_a_link_with_a_note_is_kept_with_it() -> None:
    application = Application(id="a", runs_on={"to": "server-1", "note": "utama"})
    assert vars(application)["runs_on"] == (Target("server-1", "utama"),)


def test_a_date_is_kept_as_far_as_it_is_known() -> None:
    assert Application(id="a", consulted="2025-06").consulted == PartialDate(2025, 6)
