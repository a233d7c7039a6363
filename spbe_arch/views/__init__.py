"""Views: each viewpoint is one file, a function from an architecture to a picture as data.

A request for a view is a name, and for some viewpoints what it is about: `layers`, `chain:perizinan-usaha`,
`matrix:applications-data`, `change:2025-2029`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.errors import UnknownViewError
from spbe_arch.loader import collector_held
from spbe_arch.metamodel import near_miss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.views.view import View

__all__ = ["Viewpoint", "default_requests", "make_view", "viewpoints"]


class Viewpoint(NamedTuple):
    """A convention for pictures (ISO 42010): for whom, about what, and how a view of it is made."""

    name: str
    title: dict[str, str]
    """Its name on sheets, by language."""
    stakeholders: tuple[str, ...]
    concerns: tuple[str, ...]
    about: tuple[str, ...]
    """The sections of the elements that a view may be about; with none of them, it is about the whole."""
    make: Callable[[Architecture, Iterable[Finding], str, Any], View]
    """From architecture, findings, language, and the element asked for or None."""
    suggest: Callable[[Architecture], list[str]]
    """The requests that are drawn if nobody asks for any."""
    variants: tuple[str, ...] = ()
    """What may stand behind the colon where that is no element, as in "applications-data"."""
    read: Callable[[Architecture, str], Any] | None = None
    """Reads what stands behind the colon where that is neither an element nor one of a few words."""


def viewpoints() -> dict[str, Viewpoint]:
    """Every viewpoint by name; each module of this package that declares one counts."""
    names = sorted(module.name for module in iter_modules(__path__))
    modules = (import_module(f"{__name__}.{name}") for name in names)
    return {module.VIEWPOINT.name: module.VIEWPOINT for module in modules if hasattr(module, "VIEWPOINT")}


def default_requests(architecture: Architecture) -> list[str]:
    """What is drawn if nobody asks for anything in particular."""
    return [request for viewpoint in viewpoints().values() for request in viewpoint.suggest(architecture)]


def make_view(architecture: Architecture, request: str, findings: Iterable[Finding] = (), language: str = "") -> View:
    """The view of a request, as in `layers` or `chain:perizinan-usaha`.

    Args:
        architecture: what is drawn.
        request: the name of a viewpoint, and behind a colon what it is about: an element, a variant, years.
        findings: those that are marked on the elements.
        language: of the labels; else that of the manifest, else Indonesian.

    Raises:
        UnknownViewError: if there is no such viewpoint, or it cannot be about this.
    """
    name, colon, id = request.partition(":")
    known = viewpoints()
    if name not in known:
        near = near_miss(name, known)
        raise UnknownViewError(
            "there is no view {name!r}; did you mean {near!r}?"
            if near
            else "there is no view {name!r}; there are {known}",
            name=name,
            near=near,
            known=", ".join(known),
        )
    viewpoint = known[name]
    about = _about(architecture, viewpoint, id) if colon else None
    with collector_held():
        return viewpoint.make(architecture, findings, language or architecture.manifest.language or "id", about)


def _about(architecture: Architecture, viewpoint: Viewpoint, said: str) -> Any:
    """What stands behind the colon: a variant, an element, or what the viewpoint reads itself."""
    name = viewpoint.name
    if said in viewpoint.variants:
        return said
    if viewpoint.read is not None:
        return viewpoint.read(architecture, said)
    if viewpoint.variants:
        near = near_miss(said, viewpoint.variants)
        raise UnknownViewError(
            "there is no view {name!r}; did you mean {near!r}?"
            if near
            else "there is no view {name!r}; there are {known}",
            name=f"{name}:{said}",
            near=f"{name}:{near}",
            known=", ".join(f"{name}:{variant}" for variant in viewpoint.variants),
        )
    if said not in architecture:
        near = near_miss(said, [id for section in viewpoint.about for id in architecture.of(section)])
        raise UnknownViewError(
            "there is no element {id!r}; did you mean {near!r}?" if near else "there is no element {id!r}",
            id=said,
            near=f"{name}:{near}",
        )
    element = architecture[said]
    if element.section not in viewpoint.about:
        raise UnknownViewError(
            "view {name!r} can be about elements of {sections}, and {id!r} is in {section}"
            if viewpoint.about
            else "view {name!r} is about the whole architecture; write it without an element",
            name=name,
            sections=", ".join(viewpoint.about),
            id=said,
            section=element.section,
        )
    return element
