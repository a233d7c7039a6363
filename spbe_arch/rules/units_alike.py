"""SPBE154 (A10)."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.metamodel import Undecided, Unit
from spbe_arch.rules import Basis, Fault, Level, OfAgency, at, related, rule


def _names(unit: Unit) -> list[str]:
    return [name for name in (unit.name, unit.short_name, *unit.spellings) if name]


def plainest(name: str) -> str:
    """The letters and digits of a name, in small letters."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@rule(
    "SPBE154",
    Level.WARNING,
    "{unit} and {other} are both called {name}",
    letter="A10",
    basis=[Basis("practice: the names of offices are written in many ways", "high")],
    scope=OfAgency(),
)
def units_alike(part: Part) -> Iterator[Fault]:
    """Two units that have the same name, short name or spelling.

    Why it matters:
        One office under two ids is counted twice, and its elements are spread over both.

    Wrong:
        units:
          bidang-pajak:
            spellings: [Badan Pendapatan Daerah]

    Right:
        units:
          bidang-pajak:
            spellings: [Bid. Pajak]

    How to fix:
        Keep one unit, and write the other names of the office under its `spellings`.
    """
    seen: dict[str, Unit] = {}
    unknown = False
    for unit in sorted(part.of("units").values(), key=lambda unit: unit.id):
        try:
            names = _names(unit)
        except Undecided:
            unknown = True
            continue
        for name in names:
            first = seen.setdefault(plainest(name), unit)
            if first != unit:
                yield Fault(at(unit), {"unit": unit, "name": name, "other": first}, (related(first),))
                break
    if unknown:
        raise Undecided
