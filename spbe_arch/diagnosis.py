"""What is installed, what of it works, and what holds here and why: a report that people paste into an issue.

Nothing in it names the user: the home folder is shown as `~`.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch import __version__
from spbe_arch.findings import english

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Fact", "facts", "facts_as_text"]

_MODULES = {"fontpkg-arimo": "fontpkg_arimo", "google-re2": "re2", "pyyaml": "yaml", "graphviz-pure": ""}
"""The modules of packages that are not called as the package is; empty for one that is a command."""


class Fact(NamedTuple):
    """One line of the report."""

    part: str
    """English; translated when printed."""
    name: str
    value: str
    works: bool = True
    is_needed: bool = False
    """Whether the program cannot do without it."""
    remedy: str = ""
    """What to type."""


def facts(path: str, language: tuple[str, str]) -> Iterator[Fact]:
    """All that is known.

    Args:
        path: of a repository, or a path in it.
        language: that is spoken, and where that comes from.
    """
    yield from _program(language)
    yield from _packages()
    yield _engine()
    yield from _fonts()
    yield from _configuration(path)


def facts_as_text(found: list[Fact], translate: Any) -> str:
    """The report for people: a heading for each part, what does not work marked, with what to type."""
    lines: list[str] = []
    part = ""
    width = max(len(translate(fact.name)) for fact in found)
    for fact in found:
        if fact.part != part:
            part = fact.part
            lines += [*([""] if lines else []), translate(part)]
        mark = " " if fact.works else "!" if fact.is_needed else "-"
        lines.append(f"{mark} {translate(fact.name).ljust(width)}  {translate(fact.value)}".rstrip())
        if fact.remedy:
            lines.append(f"  {' ' * width}  {fact.remedy}")
    return "\n".join(lines) + "\n"


def _shown(path: str | Path) -> str:
    """A path without the name of the user."""
    home = str(Path.home())
    text = str(path)
    return "~" + text[len(home) :] if home not in ("", "/") and (text + os.sep).startswith(home + os.sep) else text


# --- the program and what it stands on -----------------------------------------------------------------------


def _program(language: tuple[str, str]) -> Iterator[Fact]:
    part = english("program")
    from spbe_arch.starting import origin

    yield Fact(part, "spbe", __version__)
    yield Fact(part, english("installed as"), origin().requirement)
    yield Fact(part, english("folder"), _shown(Path(__file__).parent))
    yield Fact(
        part, "Python", f"{platform.python_implementation()} {platform.python_version()} {_shown(sys.executable)}"
    )
    yield Fact(part, english("system"), f"{platform.system()} {platform.release()} {platform.machine()}")
    yield Fact(part, english("language"), f"{language[0]} ({language[1]})")
    encoding = getattr(sys.stdout, "encoding", None) or "none"
    yield Fact(part, english("output"), encoding)
    for name in ("SPBE_LANGUAGE", "SPBE_DEBUG", "NO_COLOR", "LC_ALL", "LANG"):
        if os.environ.get(name):
            yield Fact(part, name, os.environ[name])


def _packages() -> Iterator[Fact]:
    """What the installed program says it needs, and what for; each is imported."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        wanted = requires("spbe-arch") or []
    except PackageNotFoundError:
        yield Fact(english("packages"), "spbe-arch", english("not installed: it runs from its folder"), works=False)
        return
    for requirement in wanted:
        match = re.fullmatch(r"([\w.-]+)(?:\[[^]]*\])?([^;]*)(?:;.*extra == ['\"]([\w-]+)['\"].*)?", requirement)
        if match is None or match[3] == "dev":
            continue
        name, bounds, extra = match[1].lower().replace("_", "-"), match[2].strip(), match[3] or ""
        part = english("extras") if extra else english("packages")
        value, works = _installed(name)
        wanted_as = f"spbe-arch[{extra}]" if extra else f"{name}{bounds}"
        remedy = "" if works else f"python -m pip install '{wanted_as}'"
        shown = f"{name} [{extra}]" if extra else name
        yield Fact(part, shown, value, works=works, is_needed=not extra, remedy=remedy)


def _installed(name: str) -> tuple[str, bool]:
    from importlib import import_module
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version(name)
    except PackageNotFoundError:
        return english("not installed"), False
    module = _MODULES.get(name, name.replace("-", "_"))
    try:
        if module:
            import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever a broken package raises is what the report is for
        return f"{found}, and does not load: {type(error).__name__}: {str(error)[:100]}", False
    return found, True


def _engine() -> Fact:
    """The layout engine, asked to lay something out."""
    from spbe_arch.drawing import engine
    from spbe_arch.errors import DrawingError

    part = english("drawing")
    try:
        works = b'"pos"' in engine.run("digraph { a -> b }", "-Tjson")
    except DrawingError as error:
        remedy = "python -m pip install graphviz-pure"
        return Fact(part, english("layout engine"), str(error), works=False, is_needed=True, remedy=remedy)
    return Fact(part, english("layout engine"), _shown(engine.executable()), works=works, is_needed=True)


def _fonts() -> Iterator[Fact]:
    """Widths of letters are ours; only what shows a picture needs a font."""
    from importlib.util import find_spec

    from spbe_arch.drawing.svg import FONTS

    part = english("drawing")
    in_pdf = "Arimo (fontpkg-arimo)" if find_spec("fontpkg_arimo") else english("none without the extra pdf")
    yield Fact(part, english("letter widths"), "Arimo")
    yield Fact(part, english("font in PDF"), in_pdf)
    yield Fact(part, english("fonts in SVG"), FONTS.replace("'", "").replace(",", ", "))


# --- what holds here -----------------------------------------------------------------------------------------


def _configuration(path: str) -> Iterator[Fact]:
    """The repository, its settings and where each comes from; nothing is loaded but the manifest."""
    from spbe_arch.config import settle
    from spbe_arch.errors import SpbeError
    from spbe_arch.files import is_half_replaced
    from spbe_arch.loading import find_root, manifest_above

    part = english("repository")
    try:
        root = find_root(path)
    except SpbeError as error:
        yield Fact(part, english("manifest"), _shown(str(error)), works=False)
        return
    manifest = manifest_above(root)
    if manifest is None:
        return
    yield Fact(part, english("manifest"), _shown((root / manifest.path).absolute()))
    yield Fact(part, english("agency"), manifest.agency, works=manifest.complete)
    yield Fact(part, english("format"), manifest.version)
    if manifest.members:
        yield Fact(part, english("members"), ", ".join(manifest.members))
    if is_half_replaced(root):
        yield Fact(part, english("edit"), english("interrupted between two files"), works=False, remedy="spbe format")
    settings, _ = settle(manifest)
    for field in fields(settings):
        value = getattr(settings, field.name)
        origin = settings.origins.get(field.name, "default")
        if field.name == "codes":
            chosen = [name for name in ("select", "ignore", "extend") if name in settings.origins]
            value, origin = len(value), ", ".join(chosen) or "default"
        if field.name != "origins" and (origin != "default" or field.name in ("codes", "as_of", "fail_level")):
            yield Fact(english("settings"), field.name, f"{value} ({origin})")
