"""The generated models: as large as asked, the same every time, no dangling link, no unknown code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from spbe_arch.metamodel.references import ParsedCode, parse_code, table
from tests.bench.generate import generate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINKS = {
    "backup_facility": "facilities",
    "closes": "gaps",
    "complaint_channel": "applications",
    "concerns": "applications",
    "consumer": "applications",
    "delivers": "applications",
    "developer": "units agencies",
    "facility": "facilities",
    "interconnected_with": "facilities",
    "main_facility": "facilities",
    "manager": "units",
    "members": "units",
    "networks": "intranets",
    "objective": "objectives",
    "objectives": "objectives",
    "operator": "units",
    "owner": "units",
    "processes": "processes",
    "producer": "units",
    "provider": "applications",
    "reads": "data",
    "runs_on": "servers clouds",
    "secures": "data applications",
    "software": "operating_systems databases utilities",
    "steward": "units",
    "stores": "data",
    "supports": "services",
    "via": "integration_platforms",
    "writes": "data",
}
"""Fields whose values are ids of these sections, whatever the type that has them."""

PREFIXES = {"processes": "RAB", "services": "RAL", "data": "RAD", "applications": "RAA"}

Element = tuple[str, str, dict[str, Any]]
"""Section, global id and fields."""


def elements_of(folder: Path) -> Iterator[Element]:
    for path in sorted(folder.rglob("*.yaml")):
        if path.name != "spbe.yaml":
            agency = yaml.safe_load(manifest_of(path).read_text(encoding="utf-8"))["agency"]
            for section, elements in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                if section != "defaults":
                    yield from ((section, f"{agency}/{id_}", fields) for id_, fields in elements.items())


def manifest_of(path: Path) -> Path:
    return next(folder / "spbe.yaml" for folder in path.parents if (folder / "spbe.yaml").exists())


def listed(value: object) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


@pytest.fixture(scope="module", params=[0, 2], ids=["one agency", "a nation of two"])
def elements(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Element]:
    folder = tmp_path_factory.mktemp("model")
    generate(folder, elements=800, members=request.param)
    return list(elements_of(folder))


def test_it_is_as_large_as_asked(elements: list[Element]) -> None:
    assert len(elements) == len({id_ for _, id_, _ in elements}) == 800


def test_every_link_finds_an_element_of_the_right_type(elements: list[Element]) -> None:
    sections = {id_: section for section, id_, _ in elements}
    wrong = [
        (id_, name, target)
        for _, id_, fields in elements
        for name in fields.keys() & LINKS.keys()
        for target in listed(fields[name])
        if sections.get(target if "/" in target else f"{id_.split('/')[0]}/{target}") not in LINKS[name].split()
    ]
    assert wrong == []


def test_every_code_is_in_its_table(elements: list[Element]) -> None:
    unknown = []
    for section, id_, fields in elements:
        if "reference" in fields:
            prefix = PREFIXES.get(section, fields["reference"][:3])
            read = parse_code(fields["reference"], prefix)
            if not isinstance(read, ParsedCode) or read.code not in table(prefix):
                unknown.append((id_, fields["reference"]))
    assert unknown == []


def test_no_two_elements_of_a_type_have_one_name_in_one_agency(elements: list[Element]) -> None:
    named = [(section, id_.split("/")[0], fields["name"]) for section, id_, fields in elements]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("members", [0, 2])
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, members: int) -> None:
    first, second = (tmp_path / name for name in ("first", "second"))
    for folder in (first, second):
        generate(folder, elements=600, members=members)
    contents = [{path.relative_to(f): path.read_bytes() for path in f.rglob("*.yaml")} for f in (first, second)]
    assert contents[0] == contents[1]


def test_another_seed_gives_another_model(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate(tmp_path / str(seed), elements=300, seed=seed)
    assert list(elements_of(tmp_path / "1")) != list(elements_of(tmp_path / "2"))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catatan.txt").write_text("milik orang lain", encoding="utf-8")
    with pytest.raises(FileExistsError):
        generate(tmp_path, elements=300)


def test_an_agency_needs_something_in_every_layer(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="an agency needs 200 elements"):
        generate(tmp_path, elements=100)
