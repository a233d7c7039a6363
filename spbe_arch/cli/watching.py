"""Checks again whenever something changes, until the reader has seen enough."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spbe_arch.cli.shared import close_quietly, shown_folder

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["keep_watching"]

_PAUSE = 0.25
"""Seconds between two looks at the files; more where looking takes long."""
_SETTLING = 0.05
"""Seconds without a further change after which a change is taken for whole: many programs write in several steps."""
_MOST_LOOKS = 20
_MOST_NAMES = 3

State = dict[str, object]


def keep_watching(
    paths: tuple[str, ...], report: Callable[[], object], language: str | None, baseline: str | None
) -> None:
    """Report, and report again after every change of the models in some paths, until Ctrl-C.

    Files may vanish, be half written or unreadable meanwhile; then the report says so, and the next change is awaited.
    """
    from spbe_arch.loading import manifest_above
    from spbe_arch.messages import pick_language

    manifest = manifest_above(paths[0])
    spoken = pick_language(language, manifest.language if manifest is not None else None)
    seen = _state(paths, baseline)
    try:
        _head((), spoken)
        report()
        while True:
            now = _after_a_change(paths, baseline, seen)
            _head(tuple(path for path in sorted(now.keys() | seen.keys()) if now.get(path) != seen.get(path)), spoken)
            seen = now
            _tell(report, spoken)
            gc.collect()  # now, and not while somebody waits
    except KeyboardInterrupt:
        _end_line()
    except BrokenPipeError:  # nobody reads any longer
        close_quietly()


def _end_line() -> None:
    """A terminal shows ^C where it was typed; the prompt of the shell belongs on the next line."""
    if sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty():
        click.echo(err=True)


def _tell(report: Callable[[], object], language: str) -> None:
    """Report; what cannot be done now may be possible after the next change."""
    from spbe_arch.errors import SpbeError
    from spbe_arch.messages import in_words

    try:
        report()
    except SpbeError as error:
        click.echo(f"spbe: {in_words(error, language)}", err=True)
    except click.ClickException as error:
        error.show()
    except SystemExit:  # what was to be reported is not there now, and that has been said
        return


def _head(changed: tuple[str, ...], language: str) -> None:
    """When it is, and what has changed; on a terminal it is the first thing that is seen."""
    from spbe_arch.messages import translate

    if sys.stdout is not None and sys.stdout.isatty():
        click.echo("\x1b[2J\x1b[H", nl=False)
    changed = tuple(sorted(changed, key=lambda path: (not path.endswith("spbe.yaml"), path)))
    names = ", ".join(changed[:_MOST_NAMES]) + (", …" if len(changed) > _MOST_NAMES else "")
    text = translate("{time} changed: {files}" if changed else "{time} watching; Ctrl-C ends", language)
    click.echo(text.format(time=time.strftime("%H:%M:%S"), files=names), err=True)


def _after_a_change(paths: tuple[str, ...], baseline: str | None, seen: State) -> State:
    """The state of the files once it is another than was seen and has settled."""
    while True:
        began = time.perf_counter()
        now = _state(paths, baseline)
        if now != seen:
            break
        time.sleep(max(_PAUSE, 10 * (time.perf_counter() - began)))
    for _ in range(_MOST_LOOKS):
        time.sleep(_SETTLING)
        before, now = now, _state(paths, baseline)
        if before == now:
            break
    return now


def _state(paths: tuple[str, ...], baseline: str | None) -> State:
    from spbe_arch.errors import ModelNotFoundError
    from spbe_arch.files import traces
    from spbe_arch.loading import find_root, state

    found: State = {} if baseline is None else {baseline: traces(Path(baseline))}
    for path in paths:
        try:
            folder = shown_folder(find_root(path))
            found |= {folder + inside: told for inside, told in state(path).items()}
        except ModelNotFoundError:
            found[path] = None
    return found
