"""Rules in Python that come with installed packages, for repositories whose manifest asks for them.

A package has an entry point in the group `spbe_arch.rules`; its module declares rules as the modules of
`spbe_arch.rules` do. Only what is installed into this Python counts: entry points are looked for where installers put
packages, never in the current folder or in a repository, and a module of the current folder cannot take the place of an
installed one. A repository can only choose among what the person who runs the command has installed.
"""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from spbe_arch.findings import Sentence, Term, english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["GROUP", "load", "modules_of"]

GROUP = "spbe_arch.rules"


@cache
def load(name: str) -> Term | Sentence | None:
    """Import the module of an entry point; why that cannot be done, or None if it is done."""
    module = _entry_points().get(name)
    if module is None:
        return Term("noun", english("no installed package has an entry point of this name"))
    try:
        with _current_folder_left_out():
            importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever an installed package raises is told as its fault
        said = " ".join(str(error).split())[:200]
        text = english("it raises {error} when it is imported")
        return Sentence(text, (("error", f"{type(error).__name__}: {said}"),))
    return None


def modules_of(names: Iterable[str]) -> frozenset[str]:
    """The modules of the entry points that could be imported."""
    return frozenset(_entry_points()[name] for name in names if load(name) is None)


@cache
def _entry_points() -> dict[str, str]:
    """The entry points of the group that installed packages have, each with its module."""
    from importlib.metadata import distributions

    points = (
        point
        for distribution in distributions(path=list(_folders_of_packages()))
        for point in distribution.entry_points
        if point.group == GROUP
    )
    return {point.name: point.module for point in sorted(points, reverse=True)}


def _folders_of_packages() -> tuple[str, ...]:
    """Where the packages of this Python are installed."""
    import site
    import sysconfig

    folders = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return tuple(dict.fromkeys(folder for folder in folders if folder))


@contextmanager
def _current_folder_left_out() -> Iterator[None]:
    """While it lasts, no module is imported from the current folder, unless installed packages lead there."""
    kept = list(sys.path)
    here = os.path.realpath(os.curdir)
    installed = {os.path.realpath(folder) for folder in _folders_of_packages()}
    first = next((at for at, entry in enumerate(kept) if os.path.realpath(entry) in installed), len(kept))
    # Behind the first of these folders stand those that editable installations name.
    sys.path[:] = [entry for at, entry in enumerate(kept) if at >= first or os.path.realpath(entry) != here]
    try:
        yield
    finally:
        sys.path[:] = kept
