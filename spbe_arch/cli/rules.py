"""`spbe rules`: the catalogue, and the test of own rules."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spbe_arch.cli.shared import Misuse, language_here, language_option, load_model, shown_folder

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Fault
    from spbe_arch.proving import Example, Proof

__all__ = ["rules"]


@click.command()
@click.argument("words", nargs=-1, metavar="[test] [PATH]")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@language_option
def rules(words: tuple[str, ...], output_format: str, language: str | None) -> None:
    """List all rules with code, level and name; in a repository (PATH, default: here) its own rules, too.

    `spbe rules test [PATH]` runs the examples of the own rules: `wrong` must give exactly the finding of the rule,
    `right` none. It exits with 1 if one does not hold, or a rule cannot be read.
    """
    testing = words[:1] == ("test",)
    paths = words[testing:]
    if len(paths) > 1:
        raise Misuse("one PATH is enough; {path!r} is another one", path=paths[1])
    if testing:
        sys.exit(_test(paths[0] if paths else ".", output_format, language))
    _list(paths[0] if paths else None, output_format, language)


def _list(path: str | None, output_format: str, language: str | None) -> None:
    from spbe_arch.config import rules_of
    from spbe_arch.errors import ModelNotFoundError
    from spbe_arch.loading import find_root
    from spbe_arch.pages import list_as_json, list_as_text

    try:
        root = find_root(path or ".")
    except ModelNotFoundError:
        if path is not None:
            raise
        root = None
    known = rules_of(load_model(root)) if root is not None else None
    text = list_as_json(known) if output_format == "json" else list_as_text(language_here(language), known)
    click.echo(text, nl=False)


# --- the examples of own rules -----------------------------------------------------------------------------------


def _test(path: str, output_format: str, language: str | None) -> int:
    from spbe_arch.loading import find_root
    from spbe_arch.messages import pick_language
    from spbe_arch.proving import prove

    root = find_root(path)
    architecture = load_model(root)
    tongue = pick_language(language, architecture.manifest.language)
    proofs, faults = prove(architecture)
    mistakes = _mistakes(architecture, faults, tongue, shown_folder(root))
    if output_format == "json":
        click.echo(_as_json(proofs, mistakes), nl=False)
    else:
        _print(proofs, mistakes, tongue)
    return 1 if mistakes or any(proof.failed for proof in proofs) else 0


def _mistakes(architecture: Architecture, faults: list[Fault], language: str, folder: str) -> list[str]:
    """What is wrong with own rules themselves, one a line."""
    from spbe_arch.catalogue import linking
    from spbe_arch.findings import Finding, Level
    from spbe_arch.formats import Style, format_named
    from spbe_arch.messages import Teller

    first, last = linking.OWN_RULE_INCOMPLETE.code, linking.OWN_RULE_TARGET.code
    found = [one for one in architecture.findings if first <= one.code <= last]
    found += (Finding(fault, Level.ERROR) for fault in faults)
    told = Teller(architecture, language, folder).tell(found)
    summary: Any = None  # which this format does not print
    return format_named("concise")(told, summary, Style(language)).splitlines()


def _print(proofs: list[Proof], mistakes: list[str], language: str) -> None:
    from spbe_arch.messages import counted, translate

    def say(text: str) -> str:
        return translate(text, language)

    for line in mistakes:
        click.echo(line)
    for proof in proofs:
        if not proof.runs:
            click.echo(f"{say('FAILED')}  {proof.entry.code}: {say('the rule cannot be run')}")
        elif proof.failed:
            click.echo(f"{say('FAILED')}  {proof.entry.code}")
            for example in proof.examples:
                for line in [] if example.holds else _told(example, language):
                    click.echo(f"    {line}")
        elif proof.examples:
            headings = ", ".join(say(example.heading) for example in proof.examples)
            click.echo(f"{say('holds')}  {proof.entry.code}: {headings}")
        else:
            click.echo(f"{say('no example')}  {proof.entry.code}")
    failed = sum(proof.failed for proof in proofs)
    blank = sum(proof.runs and not proof.examples for proof in proofs)
    if not proofs and not mistakes:
        click.echo(say("there are no own rules here"), err=True)
        return
    click.echo(
        say("{rules}: {held} hold, {failed} failed, {blank} without example").format(
            rules=counted(len(proofs), "{count} own rule", "{count} own rules", language),
            held=len(proofs) - failed - blank,
            failed=failed,
            blank=blank,
        ),
        err=True,
    )


def _told(example: Example, language: str) -> list[str]:
    """What an example that does not hold gives, one finding a line."""
    from spbe_arch.formats import Style, format_named
    from spbe_arch.messages import Teller, translate

    heading = translate(example.heading, language)
    told = Teller(example.findings.architecture, language).tell(example.findings)
    if not told:
        return [f"{heading}: {translate('nothing is found', language)}"]
    return [
        f"{heading}: {line}"
        for line in format_named("concise")(told, example.findings.summary, Style(language)).splitlines()
    ]


def _as_json(proofs: list[Proof], mistakes: list[str]) -> str:
    rules = [
        {
            "code": proof.entry.code,
            "path": Path(proof.entry.origin).as_posix(),
            "runs": proof.runs,
            "failed": proof.failed,
            "examples": [
                {"heading": one.heading, "holds": one.holds, "found": [finding.code for finding in one.findings]}
                for one in proof.examples
            ],
        }
        for proof in proofs
    ]
    return json.dumps({"version": 1, "rules": rules, "mistakes": mistakes}, ensure_ascii=False, indent=2) + "\n"
