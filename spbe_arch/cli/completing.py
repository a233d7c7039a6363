"""What the tab key offers: ids, types, codes and views, without reading more than is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

__all__ = ["complete_codes", "complete_ids", "complete_types", "complete_views"]

_MOST = 1000
"""As many as anybody looks through; more letters make them fewer."""


def complete_ids(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the model that the command is about, with names."""
    from itertools import islice

    from click.shell_completion import CompletionItem

    from spbe_arch.errors import SpbeError
    from spbe_arch.loading import find_root
    from spbe_arch.printing import printable
    from spbe_arch.scanning import ids_in

    try:
        root = find_root(ctx.params.get("model") or ctx.params.get("path") or ".")
    except SpbeError:
        return []  # no model, no ids; a message would land in the line that is being typed
    found = dict(islice(ids_in(root, incomplete), _MOST))
    return [CompletionItem(id, help=printable(name, 60)) for id, name in sorted(found.items())]


def complete_types(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Types of elements, in the language in which one has begun."""
    from click.shell_completion import CompletionItem

    from spbe_arch.metamodel import types

    names = [
        (name, info.cls.__name__) for info in types().values() for name in (info.section, info.indonesian_names[0])
    ]
    return [CompletionItem(name, help=about) for name, about in dict(names).items() if name.startswith(incomplete)]


def complete_codes(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes and names of rules."""
    from click.shell_completion import CompletionItem

    from spbe_arch.config import catalogue

    rules = catalogue().values()
    found = [(rule.code, rule.name) for rule in rules] + [(rule.name, rule.code) for rule in rules]
    beginning = incomplete.lower()
    return [CompletionItem(name, help=about) for name, about in found if name.lower().startswith(beginning)]


def complete_views(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of viewpoints."""
    from click.shell_completion import CompletionItem

    from spbe_arch.definitions import VIEWPOINTS

    return [CompletionItem(name) for name in VIEWPOINTS.values if name.startswith(incomplete)]
