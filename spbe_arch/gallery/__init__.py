"""A folder of pictures, kept up to date: draws what changed, writes what differs, removes what is ours and gone.

    outcome = keep(Path("diagrams"), architecture, check(architecture))
    outcome = keep(Path("diagrams"), architecture, check(architecture), write=False)   # what would be done

Without `views` the folder is made to hold what this call draws: of the files that are ours, what the call does not draw
is removed, so the same call leaves the same folder, whatever was in it. With `views` only these are drawn, and nothing
else of ours is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.files import UnreadableFileError, read_bytes, remove_file, write_bytes
from spbe_arch.gallery.index import MARK, pages
from spbe_arch.gallery.ledger import (
    FILE,
    Chapter,
    Entry,
    Ledger,
    digest_of,
    digests_of,
    drawn_with,
    held_by,
    read_ledger,
    to_bytes,
)
from spbe_arch.printers import require
from spbe_arch.rendering import Failure, Job, draw_all, links_between, links_on, views_of
from spbe_arch.views import requests_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.rendering import Drawn
    from spbe_arch.views.view import View

__all__ = ["FILE", "Outcome", "keep"]


class Outcome(NamedTuple):
    """What was found or done, by the names of the files."""

    states: dict[str, str]
    """Of each file: unchanged, drawn, removed, or kept: it is there, is not ours any more, and was left alone.

    Where nothing was written: unchanged, missing, stale, or superfluous.
    """
    failures: tuple[tuple[str, Failure], ...] = ()
    """The views that could not be drawn, by name; the pictures of them that there were are left as they are."""

    @property
    def stale(self) -> bool:
        """Whether the folder is not what it should be."""
        return any(state in ("missing", "stale", "superfluous") for state in self.states.values())


def keep(
    folder: Path,
    architecture: Architecture,
    findings: Iterable[Finding] = (),
    *,
    views: Iterable[str] = (),
    formats: Iterable[str] = ("svg", "png"),
    dpi: int = 150,
    language: str = "",
    style: str = "",
    workers: int = 1,
    write: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Bring a folder of pictures up to date, or say what is not.

    Args:
        folder: need not exist.
        architecture: what is drawn.
        findings: those that are marked on the elements.
        views: requests as in "layers:diskominfosantik"; else a useful set.
        formats: of `printers.NAMES`.
        dpi: resolution of PNG, dots per inch.
        language: of labels and index; else that of the manifest.
        style: "archimate" for cards and lines in that notation, where a view does not say what it wants.
        workers: processes that draw; more than one needs a script guarded by `if __name__ == "__main__"`.
        write: else nothing is written or removed.
        progress: told how many views are drawn, of how many.

    Raises:
        UnknownViewError: if a view does not exist.
        DrawingError: if what a format needs is not installed.
        OutputError: if a file cannot be written.
        KeyboardInterrupt: what was drawn before is known as ours, and the next call goes on from there.
    """
    asked = requests_of(architecture, views)
    wanted = tuple(dict.fromkeys(formats))
    require(wanted)
    made = views_of(architecture, findings, asked, language, style)
    before = read_ledger(folder)
    if before.drawn_with != drawn_with():  # another program drew them, so what they were drawn from says nothing
        forgotten = {name: entry._replace(drawn_from="") for name, entry in before.pictures.items()}
        before = before._replace(pictures=forgotten)
    jobs = _jobs(architecture, made, before, wanted, dpi, complete=not asked)
    run = _Run(folder, before, write=write)
    todo = [stale for job in jobs if (stale := run.stale(job)).formats]
    try:
        for job, drawn in zip(todo, draw_all(todo, workers=workers, progress=progress), strict=True):
            run.take(job, drawn)
    except KeyboardInterrupt:
        run.remember({view.name: run.chapter(request, view) for request, view in made.items()})
        raise
    chapters = {view.name: run.chapter(request, view) for request, view in made.items()}
    run.clear(None if not asked else {(job.view.name, format) for job in jobs for format in job.formats})
    run.close(chapters if not asked else {**before.views, **chapters}, architecture, language)
    return Outcome(dict(sorted(run.states.items())), tuple(run.failures))


def _jobs(
    architecture: Architecture,
    made: Mapping[str, View],
    before: Ledger,
    formats: tuple[str, ...],
    dpi: int,
    *,
    complete: bool,
) -> list[Job]:
    """A job for each view; where others stay in the folder, cards link to their pictures as well."""
    others = {} if complete else {chapter.request: name for name, chapter in before.views.items()}
    names = {**others, **{request: view.name for request, view in made.items()}}
    links = links_between(architecture, names)
    return [Job(view, formats, dpi, links_on(view, links)) for view in made.values()]


class _Run:
    """One pass over a folder: what it held, what becomes of it."""

    def __init__(self, folder: Path, before: Ledger, *, write: bool) -> None:
        self.folder = folder
        self.before = before
        self.had = before.sorted_out()
        self.drawn_from: dict[tuple[str, str], str] = {}
        """The digests of today, by view and format."""
        self.write = write
        self.states: dict[str, str] = {}
        self.failures: list[tuple[str, Failure]] = []
        self.pictures: dict[str, Entry] = {}
        self.descriptions: dict[str, tuple[str, ...]] = {}
        self.lost: set[tuple[str, str]] = set()
        """Views and formats that could not be drawn."""

    def stale(self, job: Job) -> Job:
        """The job with those formats only whose pictures are not there as they were drawn from the same."""
        left = []
        for format, digest in digests_of(job).items():
            self.drawn_from[job.view.name, format] = digest
            entries = self.had.get((job.view.name, format), {})
            fresh = bool(entries) and all(
                entry.drawn_from == digest and held_by(self.folder / name) == entry.holds
                for name, entry in entries.items()
            )
            if fresh:
                self.pictures.update(entries)
                self.states.update(dict.fromkeys(entries, "unchanged"))
            else:
                left.append(format)
        return job._replace(formats=tuple(left))

    def take(self, job: Job, drawn: Drawn) -> None:
        """Write what was drawn where it differs from what is there."""
        if drawn.descriptions:
            self.descriptions[job.view.name] = drawn.descriptions
        for format, picture in drawn.pictures:
            self._put(picture.name, picture.data)
            drawn_from = self.drawn_from[job.view.name, format]
            self.pictures[picture.name] = Entry(job.view.name, format, drawn_from, digest_of(picture.data))
        for failure in drawn.failures:
            self.failures.append((job.view.name, failure))
            self.lost.update((job.view.name, format) for format in failure.formats)

    def _put(self, name: str, data: bytes) -> None:
        if self.write:
            self.states[name] = "drawn" if write_bytes(self.folder / name, data) else "unchanged"
        else:
            held = held_by(self.folder / name)
            self.states[name] = "missing" if held is None else "unchanged" if held == digest_of(data) else "stale"

    def chapter(self, request: str, view: View) -> Chapter:
        """What the index says of a view that was drawn now or is as it was."""
        known = self.before.views.get(view.name)
        said = self.descriptions.get(view.name, known.descriptions if known else ())
        return Chapter(view.viewpoint, request, view.title, view.subtitle, said)

    def clear(self, within: set[tuple[str, str]] | None) -> None:
        """Remove what is ours and was not drawn now: of these views and formats, or of all.

        A picture whose bytes are no longer those that were written is somebody's own by now.
        """
        for name, entry in self.before.pictures.items():
            of = (entry.view, entry.format)
            if name in self.pictures:
                continue
            if of in self.lost or (within is not None and of not in within):
                self.pictures[name] = entry
                continue
            held = held_by(self.folder / name)
            if held is None:
                continue
            if held != entry.holds:
                self.states[name] = "kept"
            elif self.write:
                remove_file(self.folder / name)
                self.states[name] = "removed"
            else:
                self.states[name] = "superfluous"

    def remember(self, chapters: Mapping[str, Chapter]) -> None:
        """Write the ledger of a run that ends early: what there was, and what it has drawn so far."""
        if self.write:
            views = {**self.before.views, **self._shown(chapters)}
            ledger = Ledger(drawn_with(), views, {**self.before.pictures, **self.pictures})
            write_bytes(self.folder / FILE, to_bytes(ledger))

    def _shown(self, chapters: Mapping[str, Chapter]) -> dict[str, Chapter]:
        """Those of which there are pictures."""
        have = {entry.view for entry in self.pictures.values()}
        return {name: chapter for name, chapter in chapters.items() if name in have}

    def close(self, chapters: Mapping[str, Chapter], architecture: Architecture, language: str) -> None:
        """Write the index and the ledger."""
        manifest = architecture.manifest
        ledger = Ledger(drawn_with(), self._shown(chapters), self.pictures)
        spoken = language or manifest.spoken
        for name, data in pages(ledger, manifest.name or architecture.agency, spoken).items():
            if _is_somebodys(self.folder / name):
                self.states[name] = "kept"
            else:
                self._put(name, data)
        if self.write:
            write_bytes(self.folder / FILE, to_bytes(ledger))
        elif held_by(self.folder / FILE) is None:
            self.states[FILE] = "missing"


def _is_somebodys(path: Path) -> bool:
    """Whether there is an index that this program did not write."""
    try:
        return MARK.encode() not in read_bytes(path, 10_000_000)[:200]
    except UnreadableFileError:
        return path.exists()
