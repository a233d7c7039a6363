"""Checking again after a change: it finds what a first check would find, whatever was changed and however often."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import likeness, remembering, rerunning, rules
from spbe_arch.architecture import Architecture, Part
from spbe_arch.baseline import fingerprint
from spbe_arch.cache import Cache, digest_of, packed
from spbe_arch.checking import check
from spbe_arch.findings import Place
from spbe_arch.likeness import Likeness, Name, Traits, compare, ties
from spbe_arch.likeness.elements import traits_of
from spbe_arch.loader import load_texts, read_file
from spbe_arch.metamodel import Application, Service
from spbe_arch.nodes import Limits
from spbe_arch.remembering import LastingMemory, Memory, packed_run, unpacked_run
from spbe_arch.rerunning import FOLLOWED
from spbe_arch.rules import Each, Fault, Group, Members, OfAgency, all_rules, at, duplicate_application
from tests.dense import History
from tests.patching import clean_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spbe_arch.records import FileResult
    from spbe_arch.remembering import Run
    from spbe_arch.rerunning import Traced
    from tests.dense import Files


@pytest.fixture(autouse=True, scope="module")
def _ties_of_few_elements() -> Iterator[None]:
    """Small groups are compared in no time; here what was found alike is kept of all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ties, "_WORTH_KEEPING", 0)
        patch.setattr(ties, "_MANY", 1)
        yield


@lru_cache(maxsize=5000)
def result_of(path: str, text: str) -> FileResult:
    """As it is read with a cache: it knows the digest of its text."""
    result = read_file(path, text)
    result.digest = digest_of(text.encode())
    return result


def architecture_of(files: Files) -> Architecture:
    results = {path: result_of(path, text) for path, text in files.items() if not path.endswith("spbe.yaml")}
    return load_texts(files.items(), results=results)


def told(architecture: Architecture, memory: Memory | None = None, known: Counter[str] | None = None) -> list[object]:
    findings = check(architecture, memory=memory, baseline=known)
    return [findings.summary, *((one.code, one.level, repr(one.fault)) for one in findings)]


def keep_results(cache: Cache, architecture: Architecture) -> None:
    """As reading by way of the cache does."""
    files = (file for member in architecture.members for file in member.files if not file.own_rules)
    cache.keep_results([packed({one.digest: one for one in files})])


def some_of(architecture: Architecture) -> Counter[str]:
    """A baseline that knows every third finding."""
    return Counter(fingerprint(architecture, one) for one in check(architecture)[::3])


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 100_000))
def test_after_any_edits_the_findings_are_those_of_a_first_check(seed: int) -> None:
    history, memory = History(seed), Memory()
    known = some_of(architecture_of(history.files()))
    for _ in range(8):
        architecture = architecture_of(history.files())
        assert told(architecture, memory, known) == told(architecture, None, known)
        history.edit()


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 100_000), st.booleans())
def test_so_they_are_when_each_check_is_a_process_of_its_own(seed: int, is_written_each_time: bool) -> None:
    history = History(seed)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembering, "_WORTH_WRITING", 10_000 if is_written_each_time else 1)
        for _ in range(6):
            architecture = architecture_of(history.files())
            cache = Cache(Path("model"), Limits(), Path(folder, "cache"))
            keep_results(cache, architecture)
            assert told(architecture, LastingMemory(cache)) == told(architecture)
            history.edit()


# --- each thing that a rule can read -----------------------------------------------------------------------------

SMALL = {
    "spbe.yaml": "version: 1\nagency: kab\nname: Kabupaten Contoh\nperiod: 2025-2029\nmembers: [lain]\n",
    "lain/spbe.yaml": "version: 1\nagency: lain\nname: Lain\n",
    "layanan.yaml": "services:\n  s: {name: S, owner: u, processes: [p], data: [lain/d], related: [r],\n"
    "    legal_basis: [luar/k]}\n",
    "proses.yaml": "processes:\n  p: {name: P, owner: u, reference: RAB.01.01}\n",
    "aplikasi.yaml": "applications:\n  a: {name: A, supports: [s], owner: v}\n  b: {name: B, supports: [s]}\n",
    "data.yaml": "data:\n  r: {name: R}\n",
    "unit.yaml": "units:\n  u: {name: U, kind: office, parent: v}\n  v: {name: V, kind: office}\n",
    "lain/data.yaml": "data:\n  d: {name: D}\n",
    "instansi.yaml": "agencies:\n  luar: {name: Luar}\n",
}
"""A model in which much can be read from one service."""


def facts_of(service: Any) -> Any:
    return service.architecture


READERS: dict[str, tuple[Callable[[Any], object], str, str, str]] = {
    "a field of a target": (lambda s: [p.name for p in s.processes], "proses.yaml", "name: P", "name: Q"),
    "a name behind a code": (
        lambda s: [getattr(p.reference, "written_name", "") for p in s.processes],
        "proses.yaml",
        "RAB.01.01",
        "RAB.01.01 Nama",
    ),
    "where links of a target lead": (
        lambda s: [p.owner.name for p in s.processes],
        "proses.yaml",
        "owner: u",
        "owner: v",
    ),
    "a single target": (lambda s: s.owner.name, "unit.yaml", "name: U", "name: W"),
    "other ends": (lambda s: [a.id for a in s.supported_by], "aplikasi.yaml", "  b: {name: B, supports: [s]}\n", ""),
    "one more other end": (
        lambda s: s.supported_by.ids,
        "proses.yaml",
        "",
        "applications: {c: {name: C, supports: [s]}}\n",
    ),
    "a first other end": (
        lambda s: s.gaps.ids,
        "proses.yaml",
        "",
        "gaps: {g: {name: G, concerns: [s]}}\n",
    ),
    "a first other end by its numbers": (
        lambda s: len(facts_of(s).sources(s.ordinal, "gaps", "concerns")),
        "proses.yaml",
        "",
        "gaps: {g: {name: G, concerns: [s]}}\n",
    ),
    "the order of other ends": (
        lambda s: s.supported_by.ids,
        "aplikasi.yaml",
        "  a: {name: A, supports: [s], owner: v}\n  b: {name: B, supports: [s]}\n",
        "  b: {name: B, supports: [s]}\n  a: {name: A, supports: [s], owner: v}\n",
    ),
    "whether all other ends are known": (
        lambda s: len(s.gaps),
        "proses.yaml",
        "",
        "gaps: {g: {name: G, concerns: [tiada]}}\n",
    ),
    "a target that goes": (lambda s: list(s.processes), "proses.yaml", "  p: {", "  q: {"),
    "a target of another type": (
        lambda s: len(s.processes),
        "proses.yaml",
        "processes:\n  p: {name: P, owner: u, reference: RAB.01.01}",
        "data:\n  p: {name: P}",
    ),
    "an alias": (
        lambda s: [p.id for p in s.processes],
        "proses.yaml",
        "  p: {name: P,",
        "  q: {name: P, aliases: [p],",
    ),
    "a unit by its name": (lambda s: s.owner.id, "unit.yaml", "  u: {name: U,", "  x: {name: u,"),
    "an element of a member": (lambda s: [d.name for d in s.data], "lain/data.yaml", "name: D", "name: E"),
    "an element of an agency that is not loaded": (lambda s: s.legal_basis.ids, "instansi.yaml", "luar: {", "luas: {"),
    "the row at a number": (
        lambda s: facts_of(s).row_at(facts_of(s).targets(s.ordinal, "owner")[0]).get("name"),
        "unit.yaml",
        "name: U",
        "name: W",
    ),
    "the section at a number": (
        lambda s: facts_of(s).section_at(facts_of(s).targets(s.ordinal, "related")[0]),
        "data.yaml",
        "data:",
        "themes:",
    ),
    "the id at a number": (
        lambda s: facts_of(s).id_at(facts_of(s).targets(s.ordinal, "related")[0]),
        "data.yaml",
        "data:\n  r: {name: R}\n",
        "data: {t: {name: R, aliases: [r]}}\n",
    ),
    "the numbers that links lead from": (
        lambda s: len(facts_of(s).sources(s.ordinal, "applications", "supports")),
        "aplikasi.yaml",
        "  b: {name: B, supports: [s]}\n",
        "",
    ),
    "units above": (
        lambda s: len(facts_of(s).units_above(facts_of(s).unit_at(s.ordinal))),
        "unit.yaml",
        ", parent: v",
        "",
    ),
    "the unit of a target": (
        lambda s: facts_of(s).id_at(facts_of(s).unit_at(facts_of(s).targets(s.ordinal, "processes")[0])),
        "proses.yaml",
        "owner: u",
        "owner: v",
    ),
    "own codes": (
        lambda s: facts_of(s).references("RAL").entry("RAL.01.16.07"),
        "proses.yaml",
        "",
        "references: {RAL.01.16.07: Izin}\n",
    ),
    "the manifest": (lambda s: facts_of(s).member_manifest("lain").name, "lain/spbe.yaml", "name: Lain", "name: Laut"),
    "the settings": (
        lambda s: facts_of(s).manifest.check,
        "spbe.yaml",
        "name: K",
        "check: {as_of: 2026-01-01}\nname: K",
    ),
    "the day": (lambda s: facts_of(s).day, "spbe.yaml", "name: K", "check: {as_of: 2027-01-01}\nname: K"),
    "what could not be read": (lambda s: facts_of(s).lacks("lain"), "lain/data.yaml", "{name: D}", "{name: D"),
    "an id that is taken": (lambda s: [p.status for p in s.processes], "unit.yaml", "", "processes: {p: {name: Z}}\n"),
    "all elements": (lambda s: len(facts_of(s)), "proses.yaml", "", "themes: {t: {name: T}}\n"),
    "a question that is not followed": (
        lambda s: facts_of(s).find("kab/t"),
        "proses.yaml",
        "",
        "themes: {t: {name: T}}\n",
    ),
    "what an architecture holds": (lambda s: len(facts_of(s).unresolved), "proses.yaml", "owner: u", "owner: tiada"),
}
"""What a rule about a service reads, and an edit of another file after which it reads something else."""


WHOLES: dict[str, tuple[Callable[[Any], object], str, str, str]] = {
    "the elements of a section": (
        lambda part: list(part.of("processes")),
        "proses.yaml",
        "  p: {",
        "  q: {name: Q}\n  p: {",
    ),
    "the order of the elements of a section": (
        lambda part: list(part.of("units")),
        "unit.yaml",
        "  u: {name: U, kind: office, parent: v}\n  v: {name: V, kind: office}\n",
        "  v: {name: V, kind: office}\n  u: {name: U, kind: office, parent: v}\n",
    ),
    "a field of an element": (
        lambda part: [one.name for one in part.of("units").values()],
        "unit.yaml",
        "name: U",
        "name: W",
    ),
    "an element of another type": (lambda part: list(part.of("data")), "data.yaml", "data:", "themes:"),
    "whether there is any": (lambda part: "themes" in part.sections, "data.yaml", "data:", "themes:"),
    "what is not known": (lambda part: part.is_incomplete, "data.yaml", "name: R}", "name: R"),
    "other ends": (
        lambda part: [one.supported_by.ids for one in part.of("services").values()],
        "aplikasi.yaml",
        "  b: {name: B, supports: [s]}\n",
        "",
    ),
}
"""What a rule about an agency reads, likewise."""


@pytest.mark.parametrize("name", WHOLES)
def test_whatever_a_rule_about_an_agency_reads_is_read_again(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    reader, path, old, new = WHOLES[name]
    only(monkeypatch, OfAgency(), reader)
    assert_change_is_seen(path, old, new)


def test_a_rule_about_an_agency_does_not_run_for_what_it_did_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def find(part: Any) -> Iterator[Fault]:
        asked.append([one.name for one in part.of("units").values()])
        yield from ()

    monkeypatch.setattr(rerunning, "_is_at_home", lambda _: True)
    monkeypatch.setitem(rules._CHECKS, "SPBE154", replace(all_rules()["SPBE154"], find=find))
    memory = Memory()
    for name in ("B", "C"):
        check(architecture_of({**SMALL, "aplikasi.yaml": f"applications:\n  b: {{name: {name}}}\n"}), memory=memory)
    assert len(asked) == 2  # for both agencies once


@pytest.mark.parametrize("name", READERS)
def test_whatever_a_rule_reads_is_read_again_when_it_changes(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    reader, path, old, new = READERS[name]
    only(monkeypatch, Each(Service), lambda service: reader(service))
    assert_change_is_seen(path, old, new)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("aplikasi.yaml", "name: B", "name: C"),
        ("aplikasi.yaml", "  b: {name: B, supports: [s]}\n", ""),
        ("proses.yaml", "", "applications: {c: {name: C}}\n"),
        ("unit.yaml", "name: V", "name: W"),
    ],
)
def test_groups_are_looked_at_again_when_what_they_read_changes(
    monkeypatch: pytest.MonkeyPatch, path: str, old: str, new: str
) -> None:
    def reads(applications: list[Any]) -> object:
        return [(one.name, one.owner.name if one.owner else "") for one in applications]

    only(monkeypatch, Group((Application,), lambda _: "all"), reads)
    assert_change_is_seen(path, old, new)


def test_an_element_that_moves_into_another_group_is_looked_for_there(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Group((Application,), lambda one: one.name), lambda some: [one.id for one in some])
    assert_change_is_seen("aplikasi.yaml", "name: B", "name: A")


def test_elements_that_are_not_loaded_may_have_other_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Each(Service), lambda service: [one.id for one in service.legal_basis])
    files = {**SMALL, "aa.yaml": "services: {t: {name: T, legal_basis: [luar/j]}}\n"}
    assert_change_is_seen("aa.yaml", ", legal_basis: [luar/j]", "", files)


def test_what_another_element_may_say_whose_id_is_taken_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Each(Service), lambda service: [one.status for one in service.processes])
    taken = {**SMALL, "zz.yaml": "themes: {k: {name: K}}\nobjectives: {k: {name: K}}\nservices: {s: {name: Z}}\n"}
    assert_change_is_seen("zz.yaml", "", "processes: {p: {name: Z}}\n", taken)


def test_a_table_of_the_agency_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Each(Service), lambda service: service.architecture.tables.national)
    named = SMALL["spbe.yaml"] + "check: {tables: {national_applications: tabel.yaml}}\n"
    table = "version: Satu\napplications: []\nfields: []\n"
    assert_change_is_seen("tabel.yaml", "Satu", "Dua", {**SMALL, "spbe.yaml": named, "tabel.yaml": table})


def test_another_day_is_another_run(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Each(Service), lambda service: service.architecture.day)
    architecture, memory = architecture_of(SMALL), Memory()
    found = [check(architecture, memory=memory, as_of=date(2026, month, 1))[-1] for month in (1, 2)]
    assert found[0] != found[1]


def only(monkeypatch: pytest.MonkeyPatch, scope: Any, reads: Callable[[Any], object]) -> None:
    """There is no rule but one, which tells what it reads."""

    def find(subject: Any) -> Iterator[Fault]:
        first = subject[0] if isinstance(subject, Members) else subject
        place = Place(first.manifest.path) if isinstance(first, Part) else at(first)
        yield Fault(place, {"read": repr(reads(subject))})

    one = replace(all_rules()["SPBE301"], scope=scope, find=find)
    monkeypatch.setattr(rules, "_CHECKS", {"SPBE301": one})
    monkeypatch.setattr(rerunning, "_is_at_home", lambda _: True)


def assert_change_is_seen(path: str, old: str, new: str, files: Files = SMALL) -> None:
    """There, back and with everything renumbered; the edit must make a difference."""
    first = files
    assert old in first[path]
    edited = {**first, path: first[path].replace(old, new, 1) if old else first[path] + new}
    moved = {**edited, "0.yaml": "themes: {pertama: {name: P}}\n"}
    memory = Memory()
    seen = []
    for files in (first, edited, moved, first, moved):
        architecture = architecture_of(files)
        seen.append(told(architecture))
        assert told(architecture, memory) == seen[-1]
    assert [one for one in seen[0] if isinstance(one, tuple) and one[0] == "SPBE301"] != [
        one for one in seen[1] if isinstance(one, tuple) and one[0] == "SPBE301"
    ] or seen[0][0] != seen[1][0]


# --- how much is looked at again ---------------------------------------------------------------------------------


class Watching(Memory):
    """A memory that tells in how many files the last check had to look at something again."""

    fresh = -1
    run: Run | None = None

    def keep(self, kind: str, found: Run, files: Mapping[str, FileResult]) -> None:
        super().keep(kind, found, files)
        known = {id(traced.piece) for traced in all_traced(self.run)} if self.run is not None else set()
        records = found.records.values()
        self.fresh = len(
            {path for one in records for path, traced in one.files.items() if id(traced.piece) not in known}
        )
        self.run = found


def looked_at(*changes: Callable[[Files], Files]) -> int:
    """How many files are looked at when the clean model is changed step by step."""
    memory = Watching()
    files = dict(clean_texts())
    check(architecture_of(files), memory=memory)
    for change in changes:
        files = change(files)
        check(architecture_of(files), memory=memory)
    return memory.fresh


def replacing(path: str, old: str, new: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        assert old in files[path]
        return {**files, path: files[path].replace(old, new, 1)}

    return change


def test_nothing_is_looked_at_when_nothing_has_changed() -> None:
    assert looked_at(dict) == 0


def test_a_comment_makes_its_own_file_be_looked_at() -> None:
    assert looked_at(replacing("layanan.yaml", "\n", "  # satu\n")) == 1


def test_a_name_that_nobody_else_reads_makes_its_own_file_be_looked_at() -> None:
    assert looked_at(replacing("dokumen.yaml", "nama: ", "nama: Salinan ")) == 1


def test_what_is_read_elsewhere_makes_these_files_be_looked_at() -> None:
    assert 1 < looked_at(replacing("infrastruktur.yaml", "ownership: own", "ownership: rented")) < 10


def test_a_change_that_is_taken_back_leaves_nothing_to_look_at() -> None:
    there = replacing("layanan.yaml", "\n", "  # satu\n")
    back = replacing("layanan.yaml", "  # satu\n", "\n")
    assert looked_at(there, back, dict) == 0


def test_another_day_makes_everything_be_looked_at() -> None:
    assert looked_at(replacing("spbe.yaml", "as_of: 2026-11-01", "as_of: 2026-11-02")) == len(clean_texts())


def test_other_rules_make_everything_be_looked_at() -> None:
    assert looked_at(replacing("spbe.yaml", "check:", "check:\n  ignore: [SPBE501]")) == len(clean_texts())


@pytest.mark.parametrize("is_lasting", [False, True])
def test_names_that_have_not_changed_are_not_compared_again(
    is_lasting: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[frozenset[str]] = []

    def comparing(one: Traits, other: Traits, *rest: Any) -> Likeness:
        compared.append(one.name.words | other.name.words)
        return compare(one, other, *rest)

    monkeypatch.setattr(likeness, "compare", comparing)
    monkeypatch.setattr(remembering, "_WORTH_WRITING", 10_000)
    memory = Memory()
    for last in ("Kapal", "Terminal"):
        names = ["Pajak Hotel Gajah", "Pajak Hotel Badak", "Pajak Hotel Rusa", f"Pajak Hotel {last}"]
        lines = (f"  a{number}: {{name: {name}}}\n" for number, name in enumerate(names))
        settings = "check: {parameters: {SPBE505: {likeness: 60}}}\n"
        files = {"spbe.yaml": SMALL["spbe.yaml"] + settings, "aplikasi.yaml": "applications:\n" + "".join(lines)}
        compared.clear()
        cache = Cache(Path("model"), Limits(), tmp_path)
        check(architecture_of(files), memory=LastingMemory(cache) if is_lasting else memory)
        assert len(compared) > 2
        assert all("terminal" in words for words in compared) == (last == "Terminal")


def test_only_rules_that_asked_whether_all_links_are_known_run_again_when_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[str] = []

    def finding(code: str, reads: Callable[[Any], object]) -> Callable[[Any], Iterator[Fault]]:
        def find(service: Any) -> Iterator[Fault]:
            ran.append(code)
            yield Fault(at(service), {"read": repr(reads(service))})

        return find

    monkeypatch.setattr(rerunning, "_is_at_home", lambda _: True)
    asking = replace(all_rules()["SPBE301"], scope=Each(Service), find=finding("SPBE301", lambda s: len(s.gaps)))
    other = replace(all_rules()["SPBE302"], scope=Each(Service), find=finding("SPBE302", lambda s: s.name))
    monkeypatch.setattr(rules, "_CHECKS", {"SPBE301": asking, "SPBE302": other})
    memory = Memory()
    check(architecture_of(SMALL), memory=memory)
    ran.clear()
    broken = architecture_of({**SMALL, "zz.yaml": "gaps: {g: {name: G, concerns: [tiada]}}\n"})
    again = told(broken, memory)
    assert ran == ["SPBE301"]
    assert again == told(broken)


@pytest.mark.parametrize("is_lasting", [False, True])
def test_of_a_large_group_only_what_has_changed_is_looked_at(
    is_lasting: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def making(one: Any, *rest: Any) -> Traits:
        made.append(one.id)
        return traits_of(one, *rest)

    monkeypatch.setattr(duplicate_application, "traits_of", making)
    monkeypatch.setattr(remembering, "_WORTH_WRITING", 10_000)
    files = {**SMALL, "lagi.yaml": "applications: {c: {name: C, owner: u}, d: {name: D, replaces: [a]}}\n"}
    memory, cache = Memory(), Cache(Path("model"), Limits(), tmp_path)
    made_by = []
    for old, new in (("", ""), ("name: B", "name: Bendi"), ("  b: {", "  aa: {name: Kereta}\n  b: {"), ("[a]", "[b]")):
        files = {path: text.replace(old, new) if old else text for path, text in files.items()}
        made.clear()
        architecture = architecture_of(files)
        keep_results(cache, architecture)
        again = told(architecture, LastingMemory(cache) if is_lasting else memory)
        made_by.append(sorted(made))
        assert again == told(architecture)
    assert made_by == [["b", "c", "d"], ["b"], ["aa"], ["a", "d"]]


def test_what_is_compared_is_made_again_if_it_rests_on_more_than_its_element(monkeypatch: pytest.MonkeyPatch) -> None:
    def traits(one: Any) -> Traits:
        return Traits(Name(frozenset([one.owner.name if one.owner else ""])))

    only(monkeypatch, Group((Application,), lambda _: "all"), lambda some: some.traits(traits))
    assert_change_is_seen("unit.yaml", "name: V", "name: W")


def test_what_was_found_alike_by_another_run_is_no_part_of_this_one() -> None:
    data, _ = packed_run(run_of(architecture_of(clean_texts())))
    _, other = packed_run(run_of(architecture_of(SMALL)))
    run = unpacked_run(data, lambda: other)
    assert run is not None
    ties = [one.ties for one in all_traced(run) if one.ties is not None]
    assert ties
    assert not any(one.found().traits for one in ties)


def run_of(architecture: Architecture) -> Run:
    memory = Watching()
    check(architecture, memory=memory)
    assert memory.run is not None
    return memory.run


def all_traced(run: Run) -> list[Traced]:
    return [traced for record in run.records.values() for traced in record.traced()]


def test_one_rule_of_this_package_asks_what_any_change_may_answer_otherwise() -> None:
    records = run_of(architecture_of(clean_texts())).records.values()
    assert not any(one.read.everything for record in records for one in record.files.values())
    groups = [(code, one) for record in records for code, some in record.groups.items() for one in some.values()]
    asking = {code for code, one in groups if one.read.everything}
    assert asking == {"SPBE134"}  # it passes over the justifications of all elements


def test_what_may_be_followed_is_there_to_be_asked() -> None:
    assert [name for name in FOLLOWED if not hasattr(Architecture, name) and name != "watching"] == []


def test_a_rule_from_elsewhere_always_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    one = all_rules()["SPBE301"]
    asked = []

    def find(service: object) -> Iterator[Fault]:
        asked.append(service)
        yield from ()

    monkeypatch.setitem(rules._CHECKS, "SPBE301", replace(one, find=find))
    memory = Memory()
    for _ in range(2):
        check(architecture_of(clean_texts()), memory=memory)
    assert len(asked) == 2 * len(architecture_of(clean_texts()).services)


class Odd:
    """A key that nobody knows how to keep."""


def test_ids_that_stand_twice_in_a_file_are_not_taken_for_those_before(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Each(Service), lambda service: [one.name for one in service.related])
    twice = {**SMALL, "data.yaml": "data:\n  r: {name: R}\n  q: {name: Q}\nthemes:\n  r: {name: T}\n"}
    assert_change_is_seen(
        "data.yaml",
        "data:\n  r: {name: R}\n  q: {name: Q}\nthemes:\n  r: {name: T}\n",
        "themes:\n  r: {name: T}\ndata:\n  q: {name: Q}\n  r: {name: R}\n",
        twice,
    )


def test_groups_whose_keys_cannot_be_kept_are_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    one = all_rules()["SPBE410"]
    assert isinstance(one.scope, Group)
    monkeypatch.setattr(rerunning, "_is_at_home", lambda _: True)
    monkeypatch.setitem(rules._CHECKS, "SPBE410", replace(one, scope=Group(one.scope.types, lambda _: Odd)))
    architecture, memory = architecture_of(clean_texts()), Watching()
    assert told(architecture, memory) == told(architecture)
    assert memory.fresh == -1


# --- runs as bytes -----------------------------------------------------------------------------------------------


def test_a_run_comes_back_from_bytes() -> None:
    history = History(1)
    data, alike = packed_run(run_of(architecture_of(history.files())))
    back = unpacked_run(data, lambda: alike)
    assert back is not None
    assert packed_run(back) == (data, alike)


@cache
def packed_small() -> bytes:
    return packed_run(run_of(architecture_of(SMALL)))[0]


@given(st.data())
def test_no_bytes_make_more_than_no_run(data: st.DataObject) -> None:
    whole = packed_small()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 3)) :]
    unpacked_run(damaged)
