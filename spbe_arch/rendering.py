"""Architecture → pictures: makes the views asked for, draws and prints each. It writes nothing."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from spbe_arch.arguments import several
from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Close, Open
from spbe_arch.errors import DrawingError, SpbeError
from spbe_arch.printers import OF_SHEETS, Picture, print_view, require
from spbe_arch.printers.names import file_stem
from spbe_arch.views import default_requests, make_view, requests_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from spbe_arch.architecture import Architecture
    from spbe_arch.drawing import Sheet
    from spbe_arch.findings import Finding
    from spbe_arch.views.view import View

__all__ = ["Drawn", "Failure", "Job", "Picture", "draw_all", "links_between", "links_on", "render", "views_of"]


class Job(NamedTuple):
    """A view to be drawn, with all that its pictures depend on."""

    view: View
    formats: tuple[str, ...]
    dpi: int = 150
    links: tuple[tuple[str, str], ...] = ()
    """Elements on it that have a view of their own, with the name of that view."""


class Failure(NamedTuple):
    """Why a view could not be drawn in some formats."""

    formats: tuple[str, ...]
    text: str
    """English, with names of values in braces, as errors have it."""
    values: dict[str, Any]
    trace: str = ""
    """Of a fault of this program, where it happened."""

    def as_error(self) -> SpbeError:
        return DrawingError(self.text, **self.values)


class Drawn(NamedTuple):
    """What became of a job."""

    pictures: tuple[tuple[str, Picture], ...]
    """Each with its format, in the order of the formats and the sheets."""
    descriptions: tuple[str, ...]
    """What each sheet says, for those who cannot see it; empty if nothing was laid out."""
    failures: tuple[Failure, ...] = ()


def render(
    architecture: Architecture,
    views: str | Iterable[str] = (),
    *,
    findings: Iterable[Finding] = (),
    formats: str | Iterable[str] = ("svg",),
    dpi: int = 150,
    language: str = "",
    style: str = "",
    workers: int = 1,
) -> Iterator[Picture]:
    """The pictures of an architecture: one for each sheet as SVG and PNG, one for each view in other formats.

    They are drawn one after the other as they are asked for, and nothing is written.

    >>> from spbe_arch import load, render
    >>> [picture, *_] = render(load("models/kab-bekasi"), "chain:perizinan-usaha")
    >>> picture.name, picture.data[:4]
    ('chain-perizinan-usaha.svg', b'<svg')

    Args:
        architecture: what is drawn.
        views: one request or several, as in "layers", "layers:diskominfosantik", "chain:perizinan-usaha"; else a
            useful set.
        findings: those that are marked on the elements, as `check` returns them.
        formats: one of `printers.NAMES` or several: "svg", "png", "pdf", "drawio", "dot", "mermaid", "d2",
            "plantuml", "csv", "xlsx", "json".
        dpi: resolution of PNG, dots per inch.
        language: of the labels; else that of the manifest.
        style: "archimate" for cards and lines in that notation, where a view does not say what it wants.
        workers: processes that draw; more than one needs a script guarded by `if __name__ == "__main__"`.

    Raises:
        UnknownViewError: if a view does not exist.
        DrawingError: if the layout engine fails, or what a format needs is not installed.
    """
    wanted = tuple(dict.fromkeys(several(formats)))
    require(wanted)
    made = views_of(architecture, findings, requests_of(architecture, several(views)), language, style)
    links = links_between(architecture, {request: view.name for request, view in made.items()})
    jobs = [Job(view, wanted, dpi, links_on(view, links)) for view in made.values()]
    for drawn in draw_all(jobs, workers=workers):
        for failure in drawn.failures:
            raise failure.as_error()
        yield from (picture for _, picture in drawn.pictures)


def views_of(
    architecture: Architecture,
    findings: Iterable[Finding],
    requests: Iterable[str],
    language: str = "",
    style: str = "",
) -> dict[str, View]:
    """The views of some requests, each once; without any, of the useful set. Their names are stems of files.

    Raises:
        UnknownViewError: if a view does not exist.
    """
    found = tuple(findings)
    made: dict[str, View] = {}
    names: set[str] = set()
    for request in dict.fromkeys(tuple(requests) or default_requests(architecture)):
        view = make_view(architecture, request, found, language)
        stem = file_stem(view.name)
        if stem not in names:  # two requests may ask for one view
            names.add(stem)
            made[request] = replace(view, name=stem, style=view.style or style)
    return made


def links_between(architecture: Architecture, names: Mapping[str, str]) -> dict[str, str]:
    """The elements that one of the views is about, each with the name of the first such view by its request.

    Args:
        architecture: whose elements they are.
        names: of the views, by their requests.
    """
    links: dict[str, str] = {}
    for request, name in sorted(names.items()):
        id = request.partition(":")[2]
        if id in architecture:
            links.setdefault(architecture.id_at(architecture[id].ordinal), name)
    return links


def links_on(view: View, links: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Those of the links that lead from elements on a view to another view."""
    return tuple((node.id, links[node.id]) for node in view.nodes if links.get(node.id, view.name) != view.name)


def draw_all(
    jobs: Sequence[Job], *, workers: int = 1, progress: Callable[[int, int], None] | None = None
) -> Iterator[Drawn]:
    """Draws and prints views; what comes out does not depend on the number of workers. A failure costs its view only.

    Args:
        jobs: results come in their order.
        workers: processes.
        progress: told how many views are done, of how many.
    """
    tasks = sum("png" in job.formats for job in jobs) + len(jobs)
    drawn = _in_turn(jobs) if workers < 2 or tasks < 2 else _in_processes(jobs, workers)
    for done, result in enumerate(drawn, start=1):
        if progress is not None:
            progress(done, len(jobs))
        yield result


def _in_turn(jobs: Iterable[Job]) -> Iterator[Drawn]:
    for job in jobs:
        drawn, sheets = _draw(job)
        yield _with_bitmaps(job, drawn, [_print(job, (sheet,), "png") for sheet in sheets])


def _in_processes(jobs: Sequence[Job], workers: int) -> Iterator[Drawn]:
    """Views are laid out side by side, and so are bitmaps printed, a sheet a task: they take the longest."""
    from concurrent.futures.process import BrokenProcessPool

    from spbe_arch.workers import pool

    try:
        with pool(workers) as painters:
            yield from _handed_out(jobs, painters, workers)
    except BrokenProcessPool as error:
        raise DrawingError(
            "a process that drew has ended, perhaps for want of memory; --workers 1 needs least"
        ) from error


def _handed_out(jobs: Sequence[Job], pool: Executor, workers: int) -> Iterator[Drawn]:
    left = iter(jobs)
    laid_out: deque[tuple[Job, Future[tuple[Drawn, tuple[Sheet, ...]]]]] = deque()
    printed: deque[tuple[Job, Drawn, list[Future[Drawn]]]] = deque()
    while True:
        # A few views ahead keep all workers busy; all at once would keep every sheet in memory.
        while len(laid_out) + len(printed) < 2 * workers and (job := next(left, None)) is not None:
            laid_out.append((job, pool.submit(_draw, job)))
        if not laid_out and not printed:
            return
        while laid_out and (laid_out[0][1].done() or not printed):
            job, future = laid_out.popleft()
            drawn, sheets = future.result()
            lean = _for_bitmaps(job)
            printed.append((job, drawn, [pool.submit(_print, lean, (sheet,), "png") for sheet in sheets]))
        job, drawn, bitmaps = printed.popleft()
        yield _with_bitmaps(job, drawn, [bitmap.result() for bitmap in bitmaps])


def _for_bitmaps(job: Job) -> Job:
    """The job without what only its other formats need, since all of it goes to a worker with each of its sheets."""
    return job._replace(view=replace(job.view, nodes=(), edges=(), groups=(), cells=(), doors=()), links=())


def _draw(job: Job) -> tuple[Drawn, tuple[Sheet, ...]]:
    """What a job yields but for its bitmaps, and the sheets that those are printed from."""
    sheets: tuple[Sheet, ...] = ()
    if OF_SHEETS.intersection(job.formats):
        try:
            sheets = tuple(_linked(sheet, dict(job.links)) for sheet in draw(job.view))
        except Exception as error:  # noqa: BLE001 - the other views shall not be lost with this one
            lost = tuple(format for format in job.formats if format in OF_SHEETS)
            rest = job._replace(formats=tuple(format for format in job.formats if format not in OF_SHEETS))
            drawn, _ = _draw(rest)
            return drawn._replace(failures=(_failure(lost, error), *drawn.failures)), ()
    parts = [_print(job, sheets, format) for format in job.formats if format != "png"]
    drawn = Drawn(
        tuple(picture for part in parts for picture in part.pictures),
        tuple(sheet.description for sheet in sheets),
        tuple(failure for part in parts for failure in part.failures),
    )
    return drawn, sheets if "png" in job.formats else ()


def _print(job: Job, sheets: tuple[Sheet, ...], format: str) -> Drawn:
    """The files of one format."""
    try:
        return Drawn(tuple((format, picture) for picture in print_view(job.view, sheets, format, dpi=job.dpi)), (), ())
    except Exception as error:  # noqa: BLE001 - the other views shall not be lost with this one
        return Drawn((), (), (_failure((format,), error),))


def _with_bitmaps(job: Job, drawn: Drawn, bitmaps: Iterable[Drawn]) -> Drawn:
    """All pictures in the order of the formats; if one sheet failed as a bitmap, there is none of the view."""
    parts = list(bitmaps)
    failed = next((failure for part in parts for failure in part.failures), None)
    added = () if failed else tuple(picture for part in parts for picture in part.pictures)
    order = {format: index for index, format in enumerate(job.formats)}
    pictures = sorted((*drawn.pictures, *added), key=lambda pair: order[pair[0]])
    return drawn._replace(pictures=tuple(pictures), failures=(*drawn.failures, *((failed,) if failed else ())))


def _failure(formats: tuple[str, ...], error: Exception) -> Failure:
    if isinstance(error, SpbeError):
        plain = (str, int, float)  # what can be handed from process to process
        values = {name: value if isinstance(value, plain) else str(value) for name, value in error.values.items()}
        return Failure(formats, error.text, values)
    import traceback

    said = {"name": type(error).__name__, "said": " ".join(str(error).split())[:200]}
    return Failure(formats, "{name}: {said}", said, "".join(traceback.format_exception(error)))


def _linked(sheet: Sheet, links: Mapping[str, str]) -> Sheet:
    """The sheet with a link from each card of an element to the view about it; a link within a link is none."""
    if not links:
        return sheet
    shapes = []
    inside: list[bool] = []
    for shape in sheet.shapes:
        if isinstance(shape, Open):
            view = links.get(shape.elements[0], "") if shape.kind == "element" and not any(inside) else ""
            if view and not shape.link:
                shape = replace(shape, link=f"{quote(view)}.svg")
            inside.append(bool(shape.link))
        elif isinstance(shape, Close):
            inside.pop()
        shapes.append(shape)
    return replace(sheet, shapes=tuple(shapes))
