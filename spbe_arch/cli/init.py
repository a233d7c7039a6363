"""`spbe init`: a new architecture repository, or what an existing one lacks around its model."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spbe_arch.cli.shared import language_option, load_model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spbe_arch.starting import Answers, Origin

__all__ = ["init"]


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path())
@click.option("--agency", metavar="ID", help="Short name of the agency, as in kab-bekasi; else that of the folder.")
@click.option("--name", metavar="TEXT", help="Full name of the agency; else what the id says.")
@click.option("--kind", metavar="KIND", help="ministry, institution, province, regency or city; else what the id says.")
@click.option("--period", metavar="YEARS", help="As in 2025-2029; else the five years of planning that today lies in.")
@click.option(
    "--install",
    metavar="REQUIREMENT",
    help="What pip installs in CI: a release, an address with a commit, a wheel in the repository; else this program.",
)
@language_option
def init(folder: str, language: str | None, install: str | None, **options: str | None) -> None:
    """Make an architecture repository in DIR (default: here).

    Writes a small model that passes the check, with CI, pre-commit and editor settings; on a terminal it asks for what
    no option says. --language is that of the files, too. What exists already is never overwritten.
    """
    from spbe_arch.errors import StartError
    from spbe_arch.loading import manifest_above
    from spbe_arch.manifest import MANIFEST
    from spbe_arch.messages import pick_language
    from spbe_arch.starting import Answers, Origin, compose, origin, read_requirement

    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise StartError("{path} is no folder", path=root)
    above = manifest_above(root)
    spoken = pick_language(language, above.language if above is not None else None)
    source = origin() if install is None else Origin(read_requirement(install), known=True)
    if (root / MANIFEST).exists() and above is not None:
        given = Answers(above.agency, above.name, above.kind, above.years or (0, 0), spoken)
    else:
        given = _answers(root, options, spoken)
    files = _wanted(root, compose(given, source.requirement), spoken)
    _refuse_ways_out(root, files)
    _create(root, files, spoken)
    _say_what_is_open(root, source, spoken)
    _say_what_comes_next(root, files, spoken)


# --- answers -------------------------------------------------------------------------------------------------


def _answers(root: Path, options: Mapping[str, str | None], language: str) -> Answers:
    """What the options say; the rest is asked, or derived from the name of the folder."""
    import datetime

    from spbe_arch import starting
    from spbe_arch.errors import StartError
    from spbe_arch.findings import english
    from spbe_arch.messages import translate

    asks = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))

    def answer(option: str, question: str, default: str, read: Callable[[str], Any]) -> Any:
        text = options[option]
        if text is None and asks:
            return _asked(translate(question, language), default, read, language)
        return read(default if text is None else text)

    folder = starting.agency_of_folder(root.resolve().name)
    if not (folder or options["agency"] or asks):
        raise StartError("nothing in the name of the folder can stand in an id; say --agency")
    agency = answer("agency", english("Short name of the agency (id)"), folder, starting.read_agency)
    name = answer("name", english("Full name"), starting.name_of_agency(agency), starting.read_name)
    kind = answer(
        "kind",
        english("Kind (ministry, institution, province, regency, city)"),
        starting.kind_of_agency(agency) or "",
        starting.read_kind,
    )
    today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
    period = answer("period", english("Period"), starting.period_of(today), starting.read_period)
    return starting.Answers(agency, name, kind, period, language)


def _asked(question: str, default: str, read: Callable[[str], Any], language: str) -> Any:
    """An answer typed on the terminal, asked again until it can be read."""
    from spbe_arch.errors import StartError
    from spbe_arch.messages import in_words

    def understood(text: str) -> Any:
        try:
            return read(text)
        except StartError as error:
            raise click.BadParameter(in_words(error, language)) from error

    return click.prompt(question, default=default, show_default=bool(default), value_proc=understood)


# --- files ---------------------------------------------------------------------------------------------------


def _wanted(root: Path, files: dict[str, bytes], language: str) -> dict[str, bytes]:
    """The files that have a use here: no sample beside a model, and nothing for git below the root of a repository."""
    from spbe_arch.files import find_up_any
    from spbe_arch.manifest import MANIFEST
    from spbe_arch.messages import printable, translate
    from spbe_arch.starting import acts_in_git_root, belongs_to_sample

    def say(text: str, **values: str) -> None:
        click.echo(translate(text, language).format(**values), err=True)

    if (root / MANIFEST).exists():
        say("there is a {manifest} already, so only what is missing around the model is written", manifest=MANIFEST)
        files = {path: data for path, data in files.items() if path != MANIFEST and not belongs_to_sample(path)}
    elif (model := _file_of_a_model(root, files)) is not None:
        say("{path} holds a model already, so no sample is written", path=printable(model, 500))
        files = {path: data for path, data in files.items() if not belongs_to_sample(path)}
    top = find_up_any(root, ".git")
    if top is not None and top.resolve() != root.resolve():
        shown = printable(str(top), 500)
        say("CI and pre-commit act in the root of the git repository only, {root}; none is written here", root=shown)
        files = {path: data for path, data in files.items() if not acts_in_git_root(path)}
    return files


def _file_of_a_model(root: Path, files: Mapping[str, bytes]) -> str | None:
    """The first file in the folder that holds elements and is not one of those to be written, as of a run cut short."""
    from spbe_arch.files import UnreadableFileError, find_files, read_within
    from spbe_arch.loader import read_file
    from spbe_arch.manifest import MANIFEST
    from spbe_arch.nodes import Limits

    for path in find_files(root, MANIFEST) if root.is_dir() else ():
        try:
            data = read_within(root, path, Limits().bytes)
        except UnreadableFileError:
            continue
        if files.get(path) != data and (path in files or read_file(path, data).rows):
            return path
    return None


def _refuse_ways_out(root: Path, files: Mapping[str, bytes]) -> None:
    from spbe_arch.errors import StartError
    from spbe_arch.files import leads_out

    for path in files:
        if leads_out(root, path):
            raise StartError("{path} would be written outside the folder, through a link", path=path)


def _create(root: Path, files: Mapping[str, bytes], language: str) -> None:
    """Write what is not there, and print for each file what became of it."""
    from spbe_arch.files import create_bytes
    from spbe_arch.messages import printable, translate

    for path, data in files.items():
        target = root / path
        if create_bytes(target, data):
            state = translate("written", language)
        elif _holds(target, data):
            state = translate("unchanged", language)
        else:
            state = translate("exists, left as it is", language)
        click.echo(f"{printable(target.as_posix(), 500)}  {state}")


def _holds(path: Path, data: bytes) -> bool:
    from spbe_arch.files import UnreadableFileError, read_bytes

    try:
        return read_bytes(path, len(data)) == data
    except UnreadableFileError:
        return False


# --- what remains to be said ---------------------------------------------------------------------------------


def _say_what_is_open(root: Path, source: Origin, language: str) -> None:
    """What these files cannot settle: whether pip finds the program, and who the agency belongs to."""
    from spbe_arch.files import find_up
    from spbe_arch.manifest import MANIFEST
    from spbe_arch.messages import printable, translate

    def say(text: str, **values: str) -> None:
        click.echo(translate(text, language).format(**values), err=True)

    if not source.known:
        say(
            "CI will install {requirement}, which this program was not installed from and which need not be on the "
            "package index; --install says what else, or write it into {path}",
            requirement=source.requirement,
            path=printable((root / ".spbe/requirements.txt").as_posix(), 500),
        )
    above = find_up(root.resolve().parent, MANIFEST)
    if above is not None:
        say(
            "this folder lies in another repository: {manifest} has to name it under 'members', as {path}",
            manifest=printable((above / MANIFEST).as_posix(), 500),
            path=printable(root.resolve().relative_to(above).as_posix(), 500),
        )


def _say_what_comes_next(root: Path, files: Mapping[str, bytes], language: str) -> None:
    """What the check finds, as the real check, and what to do first."""
    from spbe_arch.checking import check
    from spbe_arch.messages import counted, printable, translate

    summary = check(load_model(root)).summary
    said = translate("spbe check {path}: {errors}, {warnings}, {notes}", language)
    counts = {
        "errors": counted(summary.errors, "{count} error", "{count} errors", language),
        "warnings": counted(summary.warnings, "{count} warning", "{count} warnings", language),
        "notes": counted(summary.notes, "{count} note", "{count} notes", language),
    }
    shown = printable(root.as_posix(), 500)
    click.echo(said.format(path=shown, **counts), err=True)
    if any(path.startswith("model/") for path in files):
        said = translate("next: put what your agency has in place of the sample in {path}", language)
        click.echo(said.format(path=printable((root / "model").as_posix(), 500)), err=True)
