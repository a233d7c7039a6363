"""Views: each viewpoint is one file, a function from an architecture to a picture as data.

A request for a view is a name, and for some viewpoints what it is about: `layers`, `chain:perizinan-usaha`,
`matrix:applications-data`, `change:2025-2029`. A view that an agency defined is asked for by its id, with the id of an
element behind the colon where there is a sheet for each.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.collecting import collector_held
from spbe_arch.definitions import VIEWPOINTS
from spbe_arch.errors import UnknownViewError
from spbe_arch.metamodel import near_miss

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.views.view import View

__all__ = [
    "Reads",
    "Viewpoint",
    "default_requests",
    "make_view",
    "requests_of",
    "subject_of",
    "viewpoint_called",
    "viewpoints",
]

Reads = Mapping[str, tuple[str, ...]]
"""Section → the fields that a picture is poorer without, where they are blank.

`runs_on|main_facility` are fields of which one is enough; the other end of a link may stand among them.
"""


class Viewpoint(NamedTuple):
    """A convention for pictures (ISO 42010): for whom, about what, and how a view of it is made."""

    name: str
    title: dict[str, str]
    """Its name on sheets, by language."""
    stakeholders: tuple[str, ...]
    concerns: tuple[str, ...]
    about: tuple[str, ...]
    """The sections of the elements that a view may be about; with none of them, it is about the whole."""
    make: Callable[..., View]
    """From architecture, findings, language, and the element asked for or None; its keyword arguments are what a
    definition may set."""
    suggest: Callable[[Architecture], list[str]]
    """The requests that are drawn if nobody asks for any."""
    reads: Reads | Callable[[str], Reads]
    """What it shows, and which fields of that it reads; where it depends on the variant, a function of it."""
    variants: tuple[str, ...] = ()
    """What may stand behind the colon where that is no element, as in "applications-data"."""
    read: Callable[[Architecture, str], Any] | None = None
    """Reads what stands behind the colon where that is neither an element nor one of a few words."""
    needs_subject: bool = False
    """Whether there is no view of it about the whole."""
    compares: bool = False
    """Whether it takes long to say what it shows, since all elements of its types are compared for that."""
    of_types: bool = False
    """Whether it shows types of elements and not elements, so that no filter takes anything out of it."""
    fixed: Mapping[str, str] = {}
    """Why a definition may not set `group_by`, `colour_by` or `size_by`: what the picture tells in that way itself."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The keyword arguments of its function: what a definition may set."""
        found = inspect.signature(self.make).parameters.values()
        return tuple(one.name for one in found if one.kind is one.KEYWORD_ONLY)

    @property
    def shows(self) -> tuple[str, ...]:
        """The sections of the elements that it shows."""
        variants = self.variants if callable(self.reads) else ("",)
        return tuple(dict.fromkeys(section for variant in variants for section in self.reads_of(variant)))

    def reads_of(self, variant: str) -> Reads:
        """What a view of it shows and reads."""
        return self.reads(variant) if callable(self.reads) else self.reads


def viewpoints() -> dict[str, Viewpoint]:
    """Every viewpoint by name; each module of this package that declares one counts."""
    found = (_declared_in(name) for name in _module_names())
    return {viewpoint.name: viewpoint for viewpoint in found if viewpoint is not None}


def viewpoint_called(name: str) -> Viewpoint:
    """The viewpoint of this name; no other one is imported.

    Raises:
        UnknownViewError: if there is none.
    """
    found = _declared_in(name) if name in _module_names() else None
    if found is None:
        raise _unknown(name, viewpoints())
    return found


def _module_names() -> list[str]:
    return sorted(module.name for module in iter_modules(__path__))


def _declared_in(name: str) -> Viewpoint | None:
    found = getattr(import_module(f"{__name__}.{name}"), "VIEWPOINT", None)
    assert found is None or isinstance(found, Viewpoint)  # noqa: S101 - a module declares a viewpoint or nothing
    return found


def _unknown(name: str, known: Iterable[str]) -> UnknownViewError:
    known = tuple(known)
    meant = {indonesian: one for one, indonesian in VIEWPOINTS.indonesian.items()}
    near = meant.get(name) or near_miss(name, known)
    return UnknownViewError(
        "there is no view {name!r}; did you mean {near!r}?" if near else "there is no view {name!r}; there are {known}",
        name=name,
        near=near,
        known=", ".join(known),
    )


def default_requests(architecture: Architecture) -> list[str]:
    """What is drawn if nobody asks for anything in particular: a useful set, and all views that agencies define."""
    found = [request for viewpoint in viewpoints().values() for request in viewpoint.suggest(architecture)]
    if _defines_views(architecture):
        from spbe_arch.views.defined import requests

        found += requests(architecture)
    return list(dict.fromkeys(found))


def requests_of(architecture: Architecture, asked: Iterable[str]) -> list[str]:
    """The requests, those for all sheets of a definition that has one for each element by what stands for each."""
    if not _defines_views(architecture):
        return list(asked)
    from spbe_arch.views.defined import own_views

    own = own_views(architecture)
    sheets = ((own[one].requests(architecture) if one in own else []) or [one] for one in asked)
    return [sheet for some in sheets for sheet in some]


def _defines_views(architecture: Architecture) -> bool:
    return any(file.views for member in architecture.members for file in member.files)


def make_view(architecture: Architecture, request: str, findings: Iterable[Finding] = (), language: str = "") -> View:
    """The view of a request, as in `layers` or `chain:perizinan-usaha`.

    Args:
        architecture: what is drawn.
        request: the name of a viewpoint, and behind a colon what it is about: an element, a variant, years; or the id
            of a view that is defined in the model.
        findings: those that are marked on the elements.
        language: of the labels; else that of the manifest, else Indonesian.

    Raises:
        UnknownViewError: if there is no such viewpoint, or it cannot be about this.
    """
    language = language or architecture.manifest.spoken
    with collector_held():
        if not _defines_views(architecture):
            return _built_in(architecture, request, findings, language)
        from spbe_arch.views.defined import doors_below, made, own_views

        name, _, said = request.partition(":")
        own = own_views(architecture).get(name)
        if own is not None:
            view = made(architecture, own, said, findings, language)
        else:
            view = _built_in(architecture, request, findings, language, own_views(architecture))
        return replace(view, doors=doors_below(architecture, view.name, language))


def _built_in(
    architecture: Architecture, request: str, findings: Iterable[Finding], language: str, others: Iterable[str] = ()
) -> View:
    name, colon, said = request.partition(":")
    if name not in _module_names() or _declared_in(name) is None:
        raise _unknown(name, (*viewpoints(), *others))
    viewpoint = viewpoint_called(name)
    about = subject_of(architecture, viewpoint, said) if colon else None
    return viewpoint.make(architecture, findings, language, about)


def subject_of(architecture: Architecture, viewpoint: Viewpoint, said: str) -> Any:
    """What stands behind the colon: a variant, an element, or what the viewpoint reads itself.

    Raises:
        UnknownViewError: if the viewpoint has no pictures of it.
    """
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
