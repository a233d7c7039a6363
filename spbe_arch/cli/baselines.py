"""The file of known findings: `spbe check` reads it, writes it, and takes out of it what is no longer found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from spbe_arch.cli.shared import Misuse, shown_path

if TYPE_CHECKING:
    from collections import Counter

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings

__all__ = ["keep_baseline", "known_findings"]

_DEFAULT = ".spbe-baseline.json"
"""Where a baseline is written if nobody says where."""


def known_findings(architecture: Architecture, root: Path, given: str | None) -> Counter[str] | None:
    """What the baseline given, or that of the manifest, knows; None where there is none."""
    path = _path(architecture, root, given)
    return _counts(path) if path is not None else None


def _path(architecture: Architecture, root: Path, given: str | None) -> Path | None:
    """The baseline that holds: the one given, else that of the manifest, which must lie in the repository."""
    if given is not None:
        return Path(given)
    named = architecture.manifest.check.get("baseline")
    path = root / named if isinstance(named, str) else None
    if path is not None and not path.resolve().is_relative_to(root.resolve()):
        raise Misuse("the baseline {path!r} of the manifest lies outside the repository", path=named)
    return path


def _counts(path: Path) -> Counter[str]:
    from spbe_arch.baseline import read_baseline

    return read_baseline(_bytes(path), path.as_posix())


def _bytes(path: Path) -> bytes:
    from spbe_arch.baseline import BaselineError
    from spbe_arch.files import UnreadableFileError, read_bytes

    try:
        return read_bytes(path, 50_000_000)
    except UnreadableFileError as error:
        raise BaselineError("baseline {path!r} cannot be read: {reason}", path=str(path), reason=str(error)) from error


def keep_baseline(findings: Findings, root: Path, given: str | None, language: str, *, prune: bool) -> None:
    """Write the baseline of the whole model, or take out of it what is no longer found; either way, say so."""
    from spbe_arch.baseline import pruned, written
    from spbe_arch.catalogue import is_always
    from spbe_arch.config import rules_of
    from spbe_arch.files import write_bytes
    from spbe_arch.manifest import MANIFEST
    from spbe_arch.messages import counted, translate

    architecture = findings.architecture
    named = _path(architecture, root, given)
    path = named or root / _DEFAULT
    kept = [one for one in findings if not is_always(one.code)]
    if prune:
        if len(kept) < len(findings):
            raise Misuse("the model cannot be read in full, so nothing can be said to be no longer found")
        text = pruned(_bytes(path), path.as_posix(), architecture, kept, findings.settings.codes)
    else:
        _refuse_other_files(path)
        before = _bytes(path) if path.is_file() else b""
        not_run = rules_of(architecture).keys() - findings.settings.codes
        text = written(architecture, kept, before, path.as_posix(), not_run)
    write_bytes(path, text.encode())
    count = sum(_counts(path).values())
    known = counted(count, "{count} finding is known", "{count} findings are known", language)
    shown = shown_path(path)
    click.echo(f"{shown}: {known}", err=True)
    if named is None and not prune:
        said = translate(
            "from now on: spbe check --baseline {path}, or 'baseline: {name}' under 'check' in {manifest}", language
        )
        manifest = shown_path(root / MANIFEST)
        click.echo(said.format(path=shown, name=_DEFAULT, manifest=manifest), err=True)


def _refuse_other_files(path: Path) -> None:
    """A baseline takes the place of a baseline, or of an empty file: the manifest of a stranger may name any other."""
    from spbe_arch.baseline import BaselineError, read_baseline

    if not path.is_file() or not path.stat().st_size:
        return
    try:
        read_baseline(_bytes(path), path.as_posix())
    except BaselineError as error:
        raise BaselineError(
            "{path} holds something else than a baseline and stays as it is; name another file, or delete it",
            path=shown_path(path),
        ) from error
