"""`make quality`: how well the likeness of applications tells the same from near misses, on pairs labelled by hand.

    python -m tests.likeness [--wrong]

Precision is the part of the pairs found that are the same, recall the part of the same that is found. Each half was
labelled before it was looked at; words and thresholds were tuned on one of them only.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from spbe_arch.likeness import Traits, compare, vocabulary

HERE = Path(__file__).parent
SETS = ("names-tuned", "names-held-out", "acronyms-tuned", "acronyms-held-out", "functions-tuned", "functions-held-out")
LIKENESS = 85
"""The default of the rule."""


class Quality(NamedTuple):
    """What came of one set."""

    found: int
    """Of the pairs that are the same."""
    missed: list[str]
    mistaken: list[str]
    """Near misses that were taken for the same."""
    others: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + len(self.mistaken))

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed))


def measure(name: str) -> Quality:
    """How well a labelled set is told apart."""
    labelled = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    place = frozenset(labelled["agency"].casefold().split()[2:])
    same, other = ([_scored(pair, place) for pair in labelled[label]] for label in ("same", "other"))
    missed = [words for score, words in same if score < LIKENESS]
    mistaken = [words for score, words in other if score >= LIKENESS]
    return Quality(len(same) - len(missed), missed, mistaken, len(other))


def _scored(pair: list[Any], place: frozenset[str]) -> tuple[int, str]:
    one, other = (_traits(entry, place) for entry in pair)
    score = compare(one, other, vocabulary(), LIKENESS).score
    return score, f"{score:3}  {pair[0]}  |  {pair[1]}"


def _traits(entry: str | dict[str, Any], place: frozenset[str]) -> Traits:
    fields = {"name": entry} if isinstance(entry, str) else entry
    return Traits(
        vocabulary().name(fields["name"], place),
        vocabulary().words_of(fields.get("functions", ()), place),
        frozenset(fields.get("supports", ())),
        frozenset(fields.get("data", ())),
        fields.get("owner"),
    )


def table() -> list[str]:
    """The lines that stand in the README."""
    lines = ["| pairs | same | near misses | precision | recall |", "|---|---|---|---|---|"]
    for name in SETS:
        found = measure(name)
        count = found.found + len(found.missed)
        row = (name, count, found.others, f"{found.precision:.2f}", f"{found.recall:.2f}")
        lines.append(f"| {' | '.join(map(str, row))} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.likeness", description="Measure the likeness.")
    parser.add_argument("--wrong", metavar="SET", choices=SETS, help="show what is missed and mistaken in a set")
    wrong = parser.parse_args().wrong
    if wrong:
        found = measure(wrong)
        print("missed:", *found.missed, "mistaken:", *found.mistaken, sep="\n")
    else:
        print(*table(), sep="\n")


if __name__ == "__main__":
    main()
