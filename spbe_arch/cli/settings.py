"""What holds in a check and where it comes from, as `spbe check --show-settings` prints it."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.config import Settings

__all__ = ["settings_text"]


def settings_text(settings: Settings, manifest: str, baseline: str | None) -> str:
    """One setting a line, its value as JSON and behind it where it comes from, below the manifest that is meant.

    Args:
        settings: those that hold.
        manifest: the path of the manifest, as it is seen from here.
        baseline: the one that the command line names; it wins over that of the manifest.
    """
    lines = [f"# {printable(manifest, 1000)}\n"]
    for name, value, origin in _held(settings, baseline):
        shown = " ".join(sorted(value)) if name == "codes" else json.dumps(value, ensure_ascii=False, default=_plain)
        lines.append(f"{name} = {printable(shown, len(shown) + 1)}  # {printable(origin, 1000)}\n")
    return "".join(lines)


def _held(settings: Settings, baseline: str | None) -> Iterator[tuple[str, Any, str]]:
    """The settings: name, value, and where it comes from."""
    origins = dict(settings.origins)
    chosen = (origins[name] for name in ("select", "ignore", "extend") if name in origins)
    origins["codes"] = ", ".join(chosen) or "default"
    stated: dict[str, Any] = {field.name: getattr(settings, field.name) for field in fields(settings)}
    words = stated.pop("words")
    stated |= {"synonyms": dict(words.synonyms), "fillers": words.fillers, "per_path": dict(settings.per_path)}
    if baseline is not None:
        stated["baseline"], origins["baseline"] = baseline, "--baseline"
    del stated["origins"]
    yield from ((name, value, origins.get(name, "default")) for name, value in stated.items())


def _plain(value: Any) -> list[str] | str:
    """A set in order, a day as it is written."""
    return sorted(value) if isinstance(value, frozenset) else str(value)
