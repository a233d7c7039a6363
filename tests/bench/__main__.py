"""`make bench`: how fast the program is, as ratios measured in one run; nothing here asserts a time.

    python -m tests.bench [--quick]

Absolute times depend on the machine and on what else it does; a ratio of two commands that take turns does not, or
much less. Each figure is the median of several turns.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.generate import generate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
MODEL = "models/kab-bekasi"
BARE_IMPORT = (sys.executable, "-c", "import yaml, pydantic, click")
CHECK = (sys.executable, "-m", "spbe_arch", "check", "--output-format", "concise")


# Modules are compiled once, as on any machine; a setting against that would measure the compiler.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ENVIRONMENT["SPBE_CACHE"] = "off"  # what is measured is the work, where nothing else is said


class Run(NamedTuple):
    """One run of a command as a whole process."""

    seconds: float
    megabytes: float
    """The largest memory that it or a process it started held."""


def run(command: tuple[str, ...]) -> Run:
    """Run a command and wait for it; what it prints is thrown away."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if not hasattr(os, "wait4"):  # Windows has no account of a finished process
        process.wait()
        return Run(time.perf_counter() - began, float("nan"))
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Run(time.perf_counter() - began, used.ru_maxrss / unit)


def in_turns(first: tuple[str, ...], second: tuple[str, ...], turns: int) -> tuple[float, float, float]:
    """The median seconds of two commands that take turns, and the median of the ratio of each pair."""
    run(first), run(second)
    pairs = [(run(first).seconds, run(second).seconds) for _ in range(turns)]
    firsts, seconds = zip(*pairs, strict=True)
    ratios = [one / other for one, other in pairs]
    return statistics.median(firsts), statistics.median(seconds), statistics.median(ratios)


def start_up(turns: int) -> None:
    check, bare, ratio = in_turns((*CHECK, MODEL), BARE_IMPORT, turns)
    say(
        "check of the shipped model",
        f"{check:.3f} s",
        f"{ratio:.2f} × a bare import of yaml, pydantic, click ({bare:.3f} s)",
    )


def reading(folder: Path, turns: int) -> None:
    """Reading with places against PyYAML's C loader without, on the same bytes, in this process."""
    import gc

    import yaml

    from spbe_arch.nodes import read

    texts = [path.read_bytes() for path in sorted(folder.rglob("*.yaml"))]
    size = sum(map(len, texts)) / 1e6
    ours, theirs = [], []
    gc.disable()
    for _ in range(turns):
        began = time.perf_counter()
        for text in texts:
            read("", text)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        for text in texts:
            yaml.load(text, yaml.CSafeLoader)
        theirs.append(time.perf_counter() - began)
    gc.enable()
    ratio = statistics.median(other / one for one, other in zip(ours, theirs, strict=True))
    say("reading with places", f"{size / statistics.median(ours):.1f} MB/s", f"{ratio:.2f} × the speed of CSafeLoader")


def views(folder: Path) -> None:
    """Every view about the whole that there is, made after loading; and one of each kind that is about an element."""
    import gc

    from spbe_arch.loading import load
    from spbe_arch.views import make_view, viewpoints

    architecture = load(folder, workers=os.cpu_count() or 1)
    gc.freeze()
    requests = []
    for name, viewpoint in viewpoints().items():
        requests += [f"{name}:{variant}" for variant in viewpoint.variants]
        requests += [] if viewpoint.needs_subject else [name]
        subjects = (id for section in viewpoint.about for id in architecture.of(section))
        requests += [f"{name}:{id}" for id in list(subjects)[:1]]
    taken = {}
    for request in requests:
        began = time.perf_counter()
        view = make_view(architecture, request)
        taken[request] = time.perf_counter() - began, len(view.nodes)
    slowest = max(taken, key=lambda request: taken[request])
    seconds, nodes = taken[slowest]
    total = sum(one for one, _ in taken.values())
    say("the slowest view after loading", f"{seconds:.2f} s", f"{slowest}, {nodes:,} elements")
    say(f"all {len(taken)} views", f"{total:.2f} s", f"of {len(architecture):,} elements")


def questions(folder: Path, turns: int) -> None:
    """Questions about the graph after loading, against networkx on the same graph, in turns in this process.

    Processor time, since the machine is shared. The first call makes the index that the later ones use; networkx has
    its graph already, and how long that took is a line of its own.
    """
    import gc

    import networkx

    from spbe_arch.loading import load

    architecture = load(folder, workers=os.cpu_count() or 1)
    gc.freeze()
    began = time.process_time()
    causes: networkx.DiGraph[int] = networkx.DiGraph()
    links = architecture.dependence()
    causes.add_nodes_from(range(architecture.number_count))
    causes.add_edges_from(zip(links.causes, links.effects, strict=True))
    every: networkx.Graph[int] = networkx.Graph()
    for _, _, sources, targets in architecture.pairs():
        every.add_edges_from(zip(sources, targets, strict=True))
    say("the graph of networkx", f"{time.process_time() - began:.2f} s", f"{every.number_of_edges():,} links")
    middle = (list(architecture.of(name)) for name in ("servers", "processes", "units"))
    server, process, unit = (some[len(some) // 2] for some in middle)
    begin, end = architecture[process].ordinal, architecture[server].ordinal
    asked: list[tuple[str, Callable[[], object], Callable[[], object] | None]] = [
        ("affected_by, a server", lambda: architecture.affected_by(server), lambda: networkx.descendants(causes, end)),
        ("impact, a server", lambda: architecture.impact(server), None),
        ("impact, a unit, with associations", lambda: architecture.impact(unit, weak=True), None),
        (
            "paths",
            lambda: architecture.paths(process, server),
            lambda: list(islice(networkx.all_shortest_paths(every, begin, end), 10)),
        ),
        ("cycles", architecture.cycles, lambda: list(networkx.strongly_connected_components(causes))),
        ("clusters", architecture.clusters, lambda: list(networkx.weakly_connected_components(causes))),
        ("centrality", architecture.centrality, lambda: _highest_first(networkx.degree_centrality(every))),
        ("unused", architecture.unused, lambda: [one for one, count in causes.out_degree() if not count]),
        ("unreachable", architecture.unreachable, None),
        ("single_points_of_failure", architecture.single_points_of_failure, None),
        ("shared_data", architecture.shared_data, None),
    ]
    for name, ours, theirs in asked:
        first = _taken(ours)
        pairs = [(_taken(ours), _taken(theirs) if theirs else 0.0) for _ in range(turns)]
        median = statistics.median(one for one, _ in pairs)
        ratio = statistics.median(other / one for one, other in pairs)
        against = f", {ratio:.1f} × faster than networkx" if theirs else ""
        say(name, f"{median * 1e3:.1f} ms", f"the first time {first * 1e3:.0f} ms{against}")


def _highest_first(shares: dict[int, float]) -> dict[int, float]:
    return dict(sorted(shares.items(), key=lambda one: -one[1]))


def _taken(work: Callable[[], object]) -> float:
    """Processor seconds of some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def growth(small: Path, large: Path, turns: int) -> None:
    runs_small = [run((*CHECK, str(small))) for _ in range(turns)]
    runs_large = [run((*CHECK, str(large))) for _ in range(max(1, turns // 2))]
    seconds_small = statistics.median(one.seconds for one in runs_small)
    seconds_large = statistics.median(one.seconds for one in runs_large)
    say("check of 10,000 elements", f"{seconds_small:.2f} s", f"{max(one.megabytes for one in runs_small):.0f} MB")
    say("check of 100,000 elements", f"{seconds_large:.2f} s", f"{max(one.megabytes for one in runs_large):.0f} MB")
    say("growth for ten times as many", f"{seconds_large / seconds_small:.1f} ×", "whole processes")


def duplicates(turns: int, small: int, large: int) -> None:
    """Names alike, all pairs: growth with their number, and against comparing all with all, in this process."""
    from rapidfuzz import fuzz, process

    from tests.bench.names import names

    ours, theirs, larger = [], [], []
    few, many = names(small), names(large)
    sample = few[:: max(1, small // 100)]
    for _ in range(turns):
        ours.append(_gathered(few))
        larger.append(_gathered(many))
        began = time.process_time()
        for name in sample:
            process.extract(name, few, scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=None)
        theirs.append((time.process_time() - began) * small / len(sample) / 2)
    ratio = statistics.median(other / one for one, other in zip(ours, theirs, strict=True))
    growth = statistics.median(other / one for one, other in zip(ours, larger, strict=True))
    brute = f"{ratio:.0f} × faster than token_sort_ratio of all with all, from a sample"
    say(f"likeness of {small:,} names", f"{statistics.median(ours):.2f} s", brute)
    say(f"likeness of {large:,} names", f"{statistics.median(larger):.2f} s", f"{growth:.1f} × those of {small:,}")


def _gathered(names: list[str]) -> float:
    """Seconds of this process for reading names and gathering those that are alike."""
    from spbe_arch.likeness import Traits, clusters, vocabulary

    vocabulary.cache_clear()
    words = vocabulary()
    began = time.process_time()
    clusters([Traits(words.name(name)) for name in names], words)
    return time.process_time() - began


def again(large: Path, folder: Path, turns: int) -> None:
    """A check without a cache against one with it after a file was changed; and the one that fills the cache.

    A name of an application is compared with all others; an application that is gone leaves links that lead nowhere,
    which puts in doubt for all elements what leads to them, and gives most elements another number: the dearest change.
    """
    with _cache_in(folder):
        filling = run((*CHECK, str(large))).seconds
        say("check that fills the cache", f"{filling:.2f} s", f"{sum(1 for _ in large.rglob('*.yaml'))} files")
        for what, name, change in (
            ("again, a server renamed", "infrastruktur.yaml", _renamed),
            ("again, an application renamed", "aplikasi.yaml", _renamed),
            ("again, an application removed", "aplikasi.yaml", _without_first),
        ):
            texts = sorted(large.rglob(name))
            cold, warm = [], []
            for turn in range(turns):
                cold.append(run((*CHECK, str(large), "--no-cache")).seconds)
                path = texts[turn * 7 % len(texts)]
                path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
                warm.append(run((*CHECK, str(large))).seconds)
            ratio = statistics.median(one / other for one, other in zip(warm, cold, strict=True))
            say(what, f"{statistics.median(warm):.2f} s", f"{ratio:.2f} × one without a cache")


def _renamed(text: str) -> str:
    return text.replace("name: ", "name: Baru ", 1)


def _without_first(text: str) -> str:
    """A file without its first element, which stands at a margin of two."""
    return re.sub(r"(?m)^  \S.*\n(?:    .*\n)+", "", text, count=1)


@contextmanager
def _cache_in(folder: Path) -> Iterator[None]:
    _ENVIRONMENT["SPBE_CACHE"] = str(folder)
    try:
        yield
    finally:
        _ENVIRONMENT["SPBE_CACHE"] = "off"


def watching(folder: Path, turns: int) -> None:
    """From the moment a file of the shipped model is written to the last line of the next report."""
    shutil.copytree(ROOT / MODEL, folder)
    path = folder / "aplikasi.yaml"
    text = path.read_bytes()
    command = (*CHECK, "--watch", str(folder))
    times = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**_ENVIRONMENT, "SPBE_LANGUAGE": "en"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        for turn in range(turns + 1):
            if turn:
                path.write_bytes(text + b"#\n" * turn)
            began = time.perf_counter()
            while b" elements and " not in process.stderr.readline():
                pass
            times.append(time.perf_counter() - began)
        process.kill()
    say(
        "watch: a change is told after",
        f"{statistics.median(times[1:]):.2f} s",
        "the shipped model; 0.1 to 0.3 s is waiting",
    )


def say(what: str, figure: str, rest: str) -> None:
    print(f"{what:<32} {figure:>12}   {rest}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the program.")
    parser.add_argument("--quick", action="store_true", help="3 turns and 20,000 elements at most")
    quick = parser.parse_args().quick
    turns = 3 if quick else 9
    start_up(turns)
    duplicates(1 if quick else 3, 2_700 if quick else 27_000, 10_000 if quick else 100_000)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        generate(small, 2_000 if quick else 10_000)
        generate(large, 20_000 if quick else 100_000)
        reading(small, turns)
        growth(small, large, turns)
        views(large)
        questions(large, turns)
        again(large, Path(folder, "cache"), max(3, turns // 2))
        watching(Path(folder, "model"), turns)


if __name__ == "__main__":
    main()
