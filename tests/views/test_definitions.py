"""The grammar of `views:`, what is said of each mistake, and that nothing written there breaks anything."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import check
from spbe_arch.definitions import DIRECTIONS, KEYS, PARAMETERS, VIEWPOINTS, read_definition
from spbe_arch.loader import read_file
from spbe_arch.messages import Teller
from spbe_arch.views import make_view, viewpoints
from spbe_arch.views.defined import own_views
from tests.views.shared import architecture, told

ENGLISH = """
views:
  inti:
    viewpoint: landscape
    title: {id: Inti, en: Core}
    where: {type: applications, status: as_is, unit: dinas}
    group_by: unit
"""
INDONESIAN = """
tampilan:
  inti:
    sudut_pandang: lanskap
    judul: {id: Inti, en: Core}
    saringan: {jenis_elemen: aplikasi, status: berjalan, unit: dinas}
    kelompokkan_menurut: unit
"""


def test_both_vocabularies_define_the_same_view() -> None:
    one, other = (own_views(architecture(text))["inti"].definition for text in (ENGLISH, INDONESIAN))
    assert one == other


@pytest.mark.parametrize(
    ("views", "expected"),
    [
        (
            "views:\n  a: {viewpoint: landscpe}",
            ("2:18 SPBE106 'landscpe' is not one of the values layers, landscape, chain, matrix, impact, integration, "
            "deployment, security, organisation, reference, roadmap, change, context, flow, network, "
            "duplicates, portfolio, metamodel"),
        ),
        ("views:\n  a: {viewpont: layers}", "2:7 SPBE103 view 'a' has no field 'viewpont'"),
        ("views:\n  a: {title: A}", "2:3 SPBE110 view 'a' lacks the field 'viewpoint'"),
        ("views:\n  a:", "2:3 SPBE110 view 'a' lacks the field 'viewpoint'"),
        ("views:\n  a: [layers]", "2:3 SPBE105 a list stands where a mapping is expected"),
        ("views: [a]", "1:8 SPBE105 a list stands where a mapping is expected"),
        (
            "views:\n  a b: {viewpoint: layers}",
            ("2:3 SPBE108 'a b' cannot be an id; use at most 100 ASCII letters, digits, '-', '_' and '.', a letter or "
            "digit at both ends"),
        ),
        (
            "views:\n  a: {viewpoint: layers, title: X, judul: Y}",
            "2:36 SPBE013 key 'judul' stands twice in this mapping; the first is kept",
        ),
        (
            "views:\n  a: {viewpoint: layers, title: {id: X, de: Y}}",
            "2:41 SPBE103 a text by language has no field 'de'",
        ),
        (
            "views:\n  a: {viewpoint: layers, where: {type: aplikasii}}",
            "2:40 SPBE173 'aplikasii' is not a type of elements",
        ),
        (
            "views:\n  a: {viewpoint: layers, where: {status: [as_is, baruu]}}",
            "2:50 SPBE106 'baruu' is not one of the values as_is, upgrade, new, retired",
        ),
        (
            "views:\n  a: {viewpoint: layers, where: {type: services, lisensi: x}}",
            "2:50 SPBE103 service has no field 'lisensi'",
        ),
        (
            "views:\n  a: {viewpoint: layers, where: {reference: RAA.1x}}",
            "2:45 SPBE120 'RAA.1x' is not a code of the form RAA.01.02",
        ),
        ("views:\n  a: {viewpoint: layers, where: {year: 12}}", "2:40 SPBE113 '12' is not a year from 1900 to 2100"),
        (
            "views:\n  a: {viewpoint: impact, about: izin, depth: 10}",
            "2:46 SPBE111 '10' cannot be read as a number from 1 to 9",
        ),
        (
            "views:\n  a: {viewpoint: layers, for_each: {type: [units, services]}}",
            "2:43 SPBE105 more than one type stands where the name of one type is expected",
        ),
        (
            "views:\n  a: {viewpoint: landscape, depth: 2}",
            ("2:36 SPBE170 viewpoint landscape of view 'a' does not take 'depth'; it takes 'group_by', 'colour_by', "
            "'size_by'"),
        ),
        (
            "views:\n  a: {viewpoint: metamodel, depth: 2}",
            "2:36 SPBE170 viewpoint metamodel of view 'a' does not take 'depth'; it takes no parameter",
        ),
        (
            "views:\n  a: {viewpoint: matrix, about: applications-data, colour_by: status}",
            "2:63 SPBE170 viewpoint matrix of view 'a' does not take 'colour_by'; it takes 'group_by'",
        ),
        (
            "views:\n  a: {viewpoint: chain}",
            "2:18 SPBE171 viewpoint chain of view 'a' cannot be about nothing; it can be about service",
        ),
        (
            "views:\n  a: {viewpoint: chain, about: sim-izin}",
            "2:32 SPBE171 viewpoint chain of view 'a' cannot be about application 'sim-izin'; it can be about service",
        ),
        (
            "views:\n  a: {viewpoint: change, about: 25-29}",
            ("2:33 SPBE171 viewpoint change of view 'a' cannot be about '25-29'; it can be about two years, as in "
            "2025-2029"),
        ),
        (
            "views:\n  a: {viewpoint: chain, for_each: data}",
            "2:35 SPBE171 viewpoint chain of view 'a' cannot be about data; it can be about service",
        ),
        (
            "views:\n  a: {viewpoint: layers, about: dinas, for_each: units}",
            ("2:33 SPBE171 viewpoint layers of view 'a' cannot be about two things, this one and those of for_each; "
            "it can be about unit"),
        ),
        ("views:\n  a: {viewpoint: chain, about: izni}", "2:32 SPBE101 view 'a' names unknown service 'izni'"),
        ("views:\n  a: {viewpoint: layers, where: {unit: dins}}", "2:40 SPBE101 view 'a' names unknown unit 'dins'"),
        (
            "views:\n  a: {viewpoint: layers, where: {unit: izin}}",
            "2:40 SPBE102 field 'unit' of view 'a' takes a unit, and 'izin' is a service",
        ),
        (
            "views:\n  a: {viewpoint: layers, where: {owner: [dinas, dins]}}",
            "2:49 SPBE101 view 'a' names unknown unit 'dins'",
        ),
        ("views:\n  a: {viewpoint: layers, up: layres}", "2:30 SPBE101 view 'a' names unknown view 'layres'"),
        (
            "views:\n  a: {viewpoint: layers, up: a}",
            "2:30 SPBE127 view 'a' leads back to itself through 'up'",
        ),
        (
            "views:\n  Layers: {viewpoint: layers}",
            "2:3 SPBE172 view 'Layers' would be drawn into the same files as view 'layers'",
        ),
        (
            "views:\n  peta: {viewpoint: layers}\n  Peta: {viewpoint: layers}",
            "3:3 SPBE172 view 'Peta' would be drawn into the same files as view 'peta'",
        ),
        (
            "views:\n  a: {viewpoint: landscape, size_by: license}",
            "2:38 SPBE174 'size_by' of view 'a' cannot go by 'license'; no element shown has an amount of this name",
        ),
        (
            "views:\n  a: {viewpoint: landscape, group_by: personal}",
            ("2:39 SPBE174 'group_by' of view 'a' cannot go by 'personal'; no element shown has a field of this name "
            "with values to tell it apart by"),
        ),
        ("views:\n  a: {viewpoint: layers, group_by: ownr}", "2:36 SPBE103 the format has no field 'ownr'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_once_where_it_stands(views: str, expected: str) -> None:
    assert told(views) == [expected]


@pytest.mark.parametrize("views", ["views:", "views: {}", "tampilan: {}\n", ENGLISH, INDONESIAN])
def test_nothing_is_said_of_what_is_right(views: str) -> None:
    assert told(views) == []


def test_a_mistake_is_told_in_indonesian() -> None:
    assert told("tampilan:\n  a: {sudut_pandang: lanskap, kedalaman: 2}", "id") == [
        (
            "2:42 SPBE170 sudut pandang lanskap pada tampilan 'a' tidak mengenal 'kedalaman'; yang dikenal: "
            "'kelompokkan_menurut', 'warnai_menurut', 'besar_menurut'"
        )
    ]


def test_all_mistakes_of_a_view_are_told() -> None:
    views = "views:\n  a: {viewpoint: layerz, where: {type: aplikasii, tahun: 12}, depth: 99}"
    assert [line.split()[1] for line in told(views)] == ["SPBE106", "SPBE173", "SPBE113", "SPBE111"]


def test_a_view_with_a_mistake_is_left_out_and_the_others_stay() -> None:
    views = "views:\n  a: {viewpoint: landscape, depth: 2}\n  b: {viewpoint: landscape}\n  c: {viewpoint: nix}"
    assert list(own_views(architecture(views))) == ["b"]


def test_the_same_id_in_two_files_is_told() -> None:
    found = architecture("views:\n  a: {viewpoint: layers}", lain="views:\n  a: {viewpoint: landscape}")
    codes = [one.code for one in check(found) if one.code == "SPBE172"]
    assert codes == ["SPBE172"]
    assert own_views(found)["a"].definition.viewpoint == "landscape"


def test_what_may_stand_in_a_file_that_cannot_be_read_is_not_called_unknown() -> None:
    found = architecture("views:\n  a: {viewpoint: chain, about: tiada}", lain="services:\n  x: {name: [\n")
    assert not [one for one in check(found) if one.code == "SPBE101"]


def test_what_is_kept_of_a_file_are_plain_values() -> None:
    result = read_file("v.yaml", ENGLISH)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own
    assert (
        again.views
        == result.views
        == {
            "inti": {
                "viewpoint": "landscape",
                "title": {"id": "Inti", "en": "Core"},
                "where": {"type": "applications", "status": "as_is", "unit": "dinas"},
                "group_by": "unit",
            }
        }
    )


# What is declared twice would be wrong once; these hold it together.


def test_every_viewpoint_has_its_names() -> None:
    assert sorted(VIEWPOINTS.values) == sorted(viewpoints())


@pytest.mark.parametrize("name", VIEWPOINTS.values)
def test_every_parameter_of_a_viewpoint_can_be_written(name: str) -> None:
    assert set(viewpoints()[name].parameters) <= set(PARAMETERS)


@pytest.mark.parametrize("key", ["style", "gaya"])
def test_a_view_may_say_its_notation(key: str) -> None:
    found = architecture(f"views:\n  a: {{viewpoint: landscape, {key}: archimate}}")
    assert make_view(found, "a").style == "archimate"


def test_a_notation_that_there_is_not_is_told_with_those_there_are() -> None:
    views = "views:\n  a: {viewpoint: landscape, style: archmate}"
    assert told(views) == ["2:36 SPBE106 'archmate' is not one of the values spbe, archimate"]


def test_no_two_keys_share_a_name() -> None:
    names = [name for key, (indonesian, _) in KEYS.items() for name in {key, indonesian}]
    assert len(names) == len(set(names))


def test_a_view_of_each_viewpoint_can_be_defined_with_all_its_parameters() -> None:
    about = {"chain": "izin", "matrix": "applications-data", "impact": "izin", "reference": "RAA", "context": "izin"}
    values = {"group_by": "status", "colour_by": "status", "size_by": "users", "depth": "2", "direction": "both"}
    lines = ["views:"]
    for name, viewpoint in viewpoints().items():
        lines += [f"  a-{name}:", f"    viewpoint: {name}"]
        lines += [f"    about: {about[name]}"] if name in about else []
        own = {**values, "size_by": "bandwidth"} if name == "network" else values
        lines += [f"    {one}: {own[one]}" for one in viewpoint.parameters]
    views = "\n".join(lines)
    assert told(views) == []
    found = architecture(views)
    assert [make_view(found, name).name for name in own_views(found)] == [f"a-{name}" for name in viewpoints()]


ANYTHING = st.recursive(
    st.one_of(st.none(), st.text(max_size=8), st.sampled_from([*KEYS, *VIEWPOINTS.values, *DIRECTIONS.values, "izin"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)
KEYED = st.dictionaries(
    st.sampled_from([*KEYS, *(indonesian for indonesian, _ in KEYS.values())]), ANYTHING, max_size=6
)


@given(raw=st.one_of(ANYTHING, KEYED))
def test_anything_written_is_a_definition_or_has_problems(raw: object) -> None:
    definition, problems = read_definition("a", raw)
    assert (definition is None) == bool(problems)


def _yaml(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {_yaml(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(_yaml, value)) + "]" if isinstance(value, list) else _text(str(value))


def _text(text: str) -> str:
    return (
        '"'
        + "".join(letter if letter.isalnum() or letter in "-_" else f"\\U{ord(letter):08x}" for letter in text)
        + '"'
    )


@given(raw=KEYED)
@settings(max_examples=60)
def test_whatever_is_defined_is_told_or_made(raw: dict[str, object]) -> None:
    """A view is left out with a finding, or it can be made; nothing raises."""
    found = architecture(f"views:\n  a: {_yaml(raw)}\n")
    findings = [one for one in check(found) if one.place.path == "tampilan.yaml"]
    Teller(found, "id").tell(findings)
    for name, own in own_views(found).items():
        for request in own.requests(found):
            assert make_view(found, request).name.startswith(name)
    assert own_views(found) or findings


@given(data=st.binary(max_size=60))
@settings(max_examples=60)
def test_any_bytes_behind_the_key_are_read(data: bytes) -> None:
    result = read_file("v.yaml", b"views:\n  a: {viewpoint: layers, where: " + data)
    assert result.path == "v.yaml"
