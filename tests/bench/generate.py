"""A model of any size in the source format, as a large government might keep it.

It is valid and nearly complete: every link finds its target, every code is in its table, and every element
has what the rules ask for, so a check of it measures the reading and the rules, not the printing of findings.
The same arguments give the same bytes.

    python -m tests.bench.generate DIR --elements 100000
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from random import Random
from string import Template
from typing import TYPE_CHECKING

from tests.bench.office import Names, Office, place

if TYPE_CHECKING:
    from tests.bench.office import Offer, Sections, Value

__all__ = ["generate"]

_OFFICE_SIZE = 250
"""Elements of an office, about. It has 80 processes then; a regency that counted them has 60 in an office."""

_SMALLEST_AGENCY = 200
"""Elements that an agency needs for an office with something in every layer."""


def generate(folder: Path, elements: int = 100_000, seed: int = 132, members: int = 0) -> None:
    """Write a model into a folder that is empty or does not exist.

    Args:
        folder: Becomes the root of the repository.
        elements: Exactly so many; manifests are not counted.
        seed: Of everything that is left to chance.
        members: Among how many agencies the elements are divided. Each is a repository of its own below the
            root, which keeps what they share; 0 makes the root the only agency.

    Raises:
        ValueError: There are too few elements.
        FileExistsError: The folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    national = Path(__file__).with_name("nasional.yaml").read_text(encoding="utf-8")
    sizes = _divided(elements - _count(national), max(members, 1))
    if sizes[-1] < _SMALLEST_AGENCY:
        raise ValueError(f"an agency needs {_SMALLEST_AGENCY} elements, and here it would have {sizes[-1]}")
    _write(folder / "nasional.yaml", national)
    names = Names()
    if not members:
        _write_manifest(folder, "prov-nusantara", "Pemerintah Provinsi Nusantara", "province")
        _write_agency(folder, sizes[0], _chance(seed), names, national="")
        return
    _write_manifest(folder, "nasional", "Pemerintah Pusat", "institution", [_member(n)[0] for n in range(members)])
    for number, size in enumerate(sizes):
        agency, name, kind = _member(number)
        _write_manifest(folder / agency, agency, name, kind)
        _write_agency(folder / agency, size, _chance(f"{seed}/{number}"), names, national="nasional/")


def _chance(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 - nothing here is a secret


def _member(number: int) -> tuple[str, str, str]:
    """Id, name and kind of an agency."""
    kind, label, short = (("regency", "Kabupaten", "kab"), ("city", "Kota", "kota"))[number % 2]
    where = place(number // 2)
    return f"{short}-{where.lower().replace(' ', '-')}", f"Pemerintah {label} {where}", kind


def _write_manifest(folder: Path, agency: str, name: str, kind: str, members: list[str] | None = None) -> None:
    _write(
        folder / "spbe.yaml",
        f"version: 1\nagency: {agency}\nname: {name}\nkind: {kind}\n"
        "period: 2025-2029\ndate: 2026-11-01\nlanguage: id\n"
        f"members: {_yaml(members or [])}\n"
        "check: {as_of: 2026-11-01}\n",
    )


def _write_agency(folder: Path, elements: int, random: Random, names: Names, national: str) -> None:
    template = Path(__file__).with_name("bersama.yaml").read_text(encoding="utf-8")
    common = Template(template).substitute(national=national)
    _write(folder / "bersama.yaml", common)
    rest = elements - _count(common)
    offers: list[Offer] = [(f"{national}lapor", f"{national}data-pengaduan")]
    for number, size in enumerate(_divided(rest, max(1, round(rest / _OFFICE_SIZE))), start=1):
        office = Office(number, size, random, names, national, offers)
        for layer, sections in office.layers().items():
            _write(folder / office.folder / f"{layer}.yaml", _file(sections))
        offers = office.exports


def _divided(total: int, parts: int) -> list[int]:
    """A total in nearly equal parts, the larger first."""
    size, larger = divmod(total, parts)
    return [size + 1] * larger + [size] * (parts - larger)


# Text


def _count(text: str) -> int:
    """The elements of a file that is laid out as the files here are."""
    return len(re.findall(r"^  [a-z]", text, re.MULTILINE))


def _file(sections: Sections) -> str:
    lines = ["defaults:", "  source: {confidence: illustrative}"]
    for section, elements in sections.items():
        lines += ["", f"{section}:"]
        for id_, fields in elements.items():
            lines.append(f"  {id_}:")
            lines += [f"    {name}: {_yaml(value)}" for name, value in fields.items() if value != []]
    return "\n".join(lines) + "\n"


_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./()!+_-]*")


def _yaml(value: Value) -> str:
    if isinstance(value, list):
        return _yaml(value[0]) if len(value) == 1 else f"[{', '.join(map(_yaml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.generate", description="Write a model to measure.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--elements", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=132)
    parser.add_argument("--members", type=int, default=0, help="agencies below a national root")
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.elements, arguments.seed, arguments.members)


if __name__ == "__main__":
    main()
