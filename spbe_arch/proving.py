"""Runs the examples of own rules: what is wrong must give exactly the finding of the rule, what is right none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.checking import Findings, check
from spbe_arch.config import settle
from spbe_arch.enacting import enact
from spbe_arch.findings import Level, english
from spbe_arch.loader import load_texts
from spbe_arch.own import as_yaml
from spbe_arch.records import FileResult

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Fault
    from spbe_arch.manifest import Manifest
    from spbe_arch.own import Entry

__all__ = ["Example", "Proof", "prove"]


class Example(NamedTuple):
    """One example of a rule, and what is found in it."""

    heading: str
    """wrong or right."""
    findings: Findings
    """Those of the rule, and errors of reading and linking."""
    holds: bool


class Proof(NamedTuple):
    """A rule with its examples."""

    entry: Entry
    runs: bool
    """Whether the rule can be run at all; if not, its findings are those of a check."""
    examples: tuple[Example, ...]

    @property
    def failed(self) -> bool:
        """Whether the rule cannot be run, or an example does not hold."""
        return not self.runs or not all(example.holds for example in self.examples)


def prove(architecture: Architecture) -> tuple[list[Proof], list[Fault]]:
    """Every own rule of an architecture with its examples, in the order of files and lines, and what is wrong.

    An example is a model of its own: a manifest with the agency and the period of the rule's repository, and the
    fragment. It is checked by this one rule.
    """
    checks, faults = enact(architecture)
    day = settle(architecture.manifest)[0].as_of
    running = {id(one.rule) for one in checks}
    proofs = []
    for entry in architecture.own_entries:
        runs = id(entry) in running
        manifest = architecture.member_manifest(entry.space.rstrip("/"))
        examples = tuple(_examples(entry, manifest, day)) if runs else ()
        proofs.append(Proof(entry, runs, examples))
    return proofs, faults


def _examples(entry: Entry, manifest: Manifest, day: datetime.date) -> Iterator[Example]:
    for heading, fragment in ((english("wrong"), entry.own.wrong), (english("right"), entry.own.right)):
        if fragment is not None:
            findings = _found(entry, fragment, heading, manifest, day)
            codes = {finding.code for finding in findings}
            yield Example(heading, findings, codes == ({entry.code} if heading == "wrong" else set()))


def _found(entry: Entry, fragment: Any, heading: str, manifest: Manifest, day: datetime.date) -> Findings:
    """What the rule, reading and linking find in a fragment."""
    keys: dict[str, Any] = {"version": "1", "agency": manifest.agency, "name": manifest.name or manifest.agency}
    keys |= {"kind": manifest.kind, "period": manifest.period}
    own = entry.own._replace(ids=())  # a fragment need not hold every element that the rule names
    rule = FileResult(entry.origin, own_rules=[own])
    texts = [("spbe.yaml", as_yaml(keys) + "\n"), (f"{heading}.yaml", as_yaml(fragment) + "\n"), (entry.origin, "")]
    model = load_texts(texts, results={entry.origin: rule})
    errors = {finding.code for finding in model.findings if finding.level is Level.ERROR}
    return check(model, select=(entry.code, *errors), as_of=day)
