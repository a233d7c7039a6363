"""Known findings: what a baseline hides, what it survives, and what it can never do."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from spbe_arch.baseline import BaselineError, pruned, read_baseline, written
from spbe_arch.checking import check
from spbe_arch.cli import app
from spbe_arch.loader import load_texts

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from spbe_arch.architecture import Architecture

MANIFEST = (
    "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\ncheck: {select: [SPBE1, SPBE301], as_of: 2026-11-01}\n"
)
SERVICES = """\
services:
  izin:
    name: Izin Usaha
    reference: RAL.01.16
  pajak:
    name: Pajak Restoran
    reference: RAL.01.16
    policies: [tiada, tiada]
"""


def load(model: str = SERVICES, path: str = "layanan.yaml") -> Architecture:
    return load_texts([("spbe.yaml", MANIFEST), (path, model)])


def baseline_of(architecture: Architecture) -> Counter[str]:
    return read_baseline(written(architecture, check(architecture)).encode(), "dikenal.json")


def shown(architecture: Architecture, known: Counter[str]) -> list[str]:
    return [f"{one.code} {one.place.element}" for one in check(architecture, baseline=known)]


def test_what_was_written_hides_what_was_found() -> None:
    assert shown(load(), baseline_of(load())) == []


def test_the_model_has_findings_without_it() -> None:
    assert shown(load(), Counter()) != []


@pytest.mark.parametrize(
    "other",
    [
        load("# baris baru\n\n" + SERVICES),
        load(path="folder/lain.yaml"),
        load(
            "services:\n  pajak:\n"
            + SERVICES.partition("  pajak:\n")[2]
            + SERVICES.partition("services:\n")[2].partition("  pajak:\n")[0]
        ),
        load(SERVICES.replace("\n", "\r\n")),
        load(SERVICES.replace("services:", "layanan:").replace("name:", "nama:")),
        load(SERVICES.replace("Izin Usaha", "Izin Usaha Mikro")),
    ],
    ids=["lines moved", "file renamed", "elements reordered", "line breaks", "other language", "another field changed"],
)
def test_a_baseline_survives(other: Architecture) -> None:
    assert shown(other, baseline_of(load())) == []


@pytest.mark.parametrize("wrong", ["owner: tiada", "reference: RAL.99.01", "method: entah", "policies: [lain/tiada]"])
def test_it_survives_another_order_below_a_wrong_default(wrong: str) -> None:
    before = f"defaults:\n  services: {{{wrong}}}\nservices:\n  satu: {{name: Satu}}\n  dua: {{name: Dua}}\n"
    after = f"defaults:\n  services: {{{wrong}}}\nservices:\n  dua: {{name: Dua}}\n  satu: {{name: Satu}}\n"
    assert (shown(load(before), Counter()) != [], shown(load(after), baseline_of(load(before)))) == (True, [])


def test_what_an_element_has_of_a_default_is_known_by_the_element() -> None:
    defaults = "defaults:\n  services: {{owner: tiada}}\n"
    model = defaults + "services:\n  satu: {{name: Satu}}\n  {}: {{name: Dua, owner: tiada}}\n"
    assert shown(load(model.format("tiga")), baseline_of(load(model.format("dua")))) == [
        "SPBE101 tiga",
        "SPBE153 tiga",
        "SPBE301 tiga",
    ]


def test_what_is_about_no_element_survives_the_move_of_its_file() -> None:
    model = SERVICES + "  lama: {name: Lama}  # spbe: ignore[SPBE502] dahulu\n"
    assert shown(load(model, "lain/berkas.yaml"), baseline_of(load(model))) == []


def test_a_finding_of_another_element_is_shown() -> None:
    more = load(SERVICES + "  baru: {name: Baru, reference: RAL.01.16}\n")
    assert shown(more, baseline_of(load())) == ["SPBE301 baru"]


def test_a_second_finding_like_a_known_one_is_shown() -> None:
    once = load("services:\n  izin: {name: Izin, policies: [tiada]}\n")
    twice = load("services:\n  izin: {name: Izin, policies: [tiada], realizes: [tiada]}\n")
    assert len(shown(twice, baseline_of(once))) == 1


def test_what_is_hidden_is_counted() -> None:
    assert check(load(), baseline=baseline_of(load())).summary.known == len(check(load()))


def test_what_was_not_read_is_never_hidden() -> None:
    broken = load("services:\n  izin: [satu\n")
    assert shown(broken, baseline_of(broken)) == ["SPBE001 None"]


def test_a_baseline_is_one_entry_a_line_in_order() -> None:
    lines = written(load(), check(load())).splitlines()[3:-2]
    assert lines == sorted(lines)
    assert all(json.loads(line.rstrip(",")) for line in lines)


def test_an_empty_baseline_is_one() -> None:
    assert read_baseline(written(load(), []).encode(), "kosong.json") == Counter()


# --- shrinking -----------------------------------------------------------------------------------------------


def shrunk(model: str, codes: frozenset[str] | None = None) -> Counter[str]:
    before = written(load(), check(load())).encode()
    now = load(model)
    found = check(now)
    text = pruned(before, "dikenal.json", now, found, found.settings.codes if codes is None else codes)
    return read_baseline(text.encode(), "dikenal.json")


def test_pruning_takes_out_what_is_no_longer_found() -> None:
    mended = SERVICES.replace("    policies: [tiada, tiada]\n", "")
    assert shrunk(mended) == baseline_of(load(mended))


def test_pruning_adds_nothing() -> None:
    more = SERVICES + "  baru: {name: Baru, reference: RAL.01.16}\n"
    assert shrunk(more) == baseline_of(load())


def test_pruning_keeps_what_nobody_looked_for() -> None:
    assert shrunk("services: {}\n", frozenset()) == baseline_of(load())


# --- files that are none -------------------------------------------------------------------------------------

ENTRY = {"code": "SPBE301", "fingerprint": "0" * 16}
HOSTILE = {
    "empty": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"7",
    "no version": b'{"findings": []}',
    "a version that is true": b'{"version": true, "findings": []}',
    "another version": b'{"version": 2, "findings": []}',
    "no findings": b'{"version": 1}',
    "findings that are a text": b'{"version": 1, "findings": "SPBE301"}',
    "an entry that is a text": b'{"version": 1, "findings": ["SPBE301"]}',
    "an entry without a code": b'{"version": 1, "findings": [{"fingerprint": "0"}]}',
    "a count that is a text": json.dumps({"version": 1, "findings": [{**ENTRY, "count": "1"}]}).encode(),
    "a count that is infinite": b'{"version": 1, "findings": [{"code": "a", "fingerprint": "0", "count": 1e999}]}',
    "a count below zero": json.dumps({"version": 1, "findings": [{**ENTRY, "count": -1}]}).encode(),
    "a huge number": b'{"version": 1, "findings": [{"code": "a", "fingerprint": "0", "count": '
    + b"9" * 10_000
    + b"}]}",
    "deep nesting": b"[" * 200_000,
    "a fingerprint that is a list": json.dumps({"version": 1, "findings": [{**ENTRY, "fingerprint": []}]}).encode(),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_no_baseline_is_refused(text: bytes) -> None:
    with pytest.raises(BaselineError):
        read_baseline(text, "dikenal.json")


def test_entries_of_one_fingerprint_add_up() -> None:
    text = json.dumps({"version": 1, "findings": [ENTRY, {**ENTRY, "count": 2}]}).encode()
    assert read_baseline(text, "dikenal.json") == Counter({"0" * 16: 3})


# --- the command ---------------------------------------------------------------------------------------------


def repository(folder: Path, model: str = SERVICES, settings: str = "") -> Path:
    (folder / "spbe.yaml").write_text(MANIFEST.replace("}\n", f"{settings}}}\n"), encoding="utf-8")
    (folder / "layanan.yaml").write_text(model, encoding="utf-8")
    return folder


def spbe(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--language", "en"])


def test_the_command_writes_and_then_finds_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path)
    known = tmp_path / "dikenal.json"
    assert spbe("check", root, "--baseline", known, "--write-baseline").exit_code == 0
    assert spbe("check", root, "--baseline", known, "--output-format", "concise").stdout == ""


def test_the_command_names_files_as_they_are_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    said = spbe("check", tmp_path, "--write-baseline").stderr
    assert (str(tmp_path) in said, "--baseline .spbe-baseline.json" in said) == (False, True)


@pytest.mark.parametrize("named", ["layanan.yaml", "spbe.yaml", ".git/config"])
def test_no_other_file_is_overwritten_by_a_baseline(tmp_path: Path, named: str) -> None:
    """The manifest of a stranger names it."""
    root = repository(tmp_path, settings=f", baseline: {named}")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("[core]\n", encoding="utf-8")
    before = (root / named).read_bytes()
    assert spbe("check", root, "--write-baseline").exit_code == 2
    assert (root / named).read_bytes() == before


@pytest.mark.parametrize("before", ["", '{"version": 1, "findings": []}'])
def test_a_baseline_takes_the_place_of_one_and_of_an_empty_file(tmp_path: Path, before: str) -> None:
    root = repository(tmp_path, settings=", baseline: dikenal.json")
    (root / "dikenal.json").write_text(before, encoding="utf-8")
    spbe("check", root, "--write-baseline")
    assert spbe("check", root, "--output-format", "concise").stdout == ""


def test_what_cannot_be_ignored_is_said_to_be_shown(tmp_path: Path) -> None:
    root = repository(tmp_path)
    said = [
        spbe("check", root, "--ignore", names).stderr.count("--ignore ")
        for names in ("SPBE0", "SPBE1", "SPBE0,SPBE301")
    ]
    assert said == [1, 0, 1]


def test_a_baseline_of_the_manifest_holds(tmp_path: Path) -> None:
    root = repository(tmp_path, settings=", baseline: dikenal.json")
    spbe("check", root, "--write-baseline")
    assert spbe("check", root, "--output-format", "concise").stdout == ""


def test_one_file_asked_for_writes_the_baseline_of_the_whole_model(tmp_path: Path) -> None:
    root = repository(tmp_path, settings=", baseline: dikenal.json")
    spbe("check", root / "spbe.yaml", "--write-baseline")
    assert spbe("check", root, "--output-format", "concise").stdout == ""


def test_entries_of_rules_that_do_not_run_are_kept(tmp_path: Path) -> None:
    root = repository(tmp_path, settings=", baseline: dikenal.json")
    spbe("check", root, "--write-baseline")
    before = (root / "dikenal.json").read_bytes()
    spbe("check", root, "--write-baseline", "--select", "SPBE7")
    assert (root / "dikenal.json").read_bytes() == before


def test_the_command_prunes(tmp_path: Path) -> None:
    root = repository(tmp_path, settings=", baseline: dikenal.json")
    spbe("check", root, "--write-baseline")
    repository(tmp_path, "services: {}\n", ", baseline: dikenal.json")
    assert spbe("check", root, "--prune-baseline").exit_code == 0
    assert json.loads((root / "dikenal.json").read_text(encoding="utf-8"))["findings"] == []


def test_nothing_is_pruned_while_something_cannot_be_read(tmp_path: Path) -> None:
    root = repository(tmp_path, settings=", baseline: dikenal.json")
    spbe("check", root, "--write-baseline")
    before = (root / "dikenal.json").read_bytes()
    repository(tmp_path, "services: [\n", ", baseline: dikenal.json")
    assert spbe("check", root, "--prune-baseline").exit_code == 2
    assert (root / "dikenal.json").read_bytes() == before


def test_a_baseline_outside_the_repository_that_the_manifest_names_is_refused(tmp_path: Path) -> None:
    root = repository(tmp_path, settings=", baseline: ../dikenal.json")
    assert spbe("check", root).exit_code == 2


@pytest.mark.parametrize("text", [b"{", b"[" * 200_000, b'{"version": 2, "findings": []}'])
def test_a_hostile_baseline_ends_with_2_and_the_name_of_the_file(tmp_path: Path, text: bytes) -> None:
    root = repository(tmp_path)
    (tmp_path / "dikenal.json").write_bytes(text)
    done = spbe("check", root, "--baseline", tmp_path / "dikenal.json")
    assert (done.exit_code, "dikenal.json" in done.stderr) == (2, True)


def test_a_baseline_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert spbe("check", repository(tmp_path), "--baseline", tmp_path / "tiada.json").exit_code == 2
