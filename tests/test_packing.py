"""File results as bytes: they come back as they were, and nothing else comes out of any bytes."""

from __future__ import annotations

import datetime
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.checking import check
from spbe_arch.loader import load_texts, read_file
from spbe_arch.packing import UnusablePackError, fault_of, pack, plain_fault, plain_row, unpack
from spbe_arch.records import FileResult
from tests.bench.generate import generate
from tests.editing import edits
from tests.patching import clean_results, clean_texts

if TYPE_CHECKING:
    from pathlib import Path

EVERY_KIND = """\
defaults: {source: {document: d, confidence: high}}
references: {RAL.01.16.07: Perizinan Daerah}
applications:
  a:
    name: "é 😀"
    reference: RAA.02.01 Aplikasi Tertentu
    runs_on: [server-1, {to: server-2, note: cadangan, source: d}]
    users: 12
    active: yes
    license_until: 2027-05
    bases: [web, android]
    consulted: "2026"
    allow: {SPBE501: sementara, SPBE502: {reason: lain, until: 2027-01}}
    # spbe: ignore[SPBE503]
  b: {nme: X, owner: [], reads: [d, d], secured: [k]}
intranets:
  j: {name: J, bandwidth: {2025: 1.5, 2026: 2 Gbps}}
initiatives:
  i: {name: I, budget: 1 miliar, targets: {2026: selesai}}
indicators:
  k: {name: K}
views:
  v: {viewpoint: layers, title: "V", where: {owner: [a, b], name: }}
tanpa: {x: {}}
"""


def there_and_back(*results: FileResult) -> list[FileResult]:
    return unpack(pack(results), [[result.path] for result in results])


def as_written(result: FileResult) -> list[Any]:
    """More than equality tells: which name was written behind a code, and of which type a number is."""
    return [result, [plain_row(row) for row in result.rows], repr(result.rows), repr(result.faults)]


def test_every_kind_of_value_comes_back() -> None:
    result = read_file("a.yaml", EVERY_KIND)
    assert as_written(there_and_back(result)[0]) == as_written(result)


def test_the_clean_model_comes_back() -> None:
    results = [one for one in clean_results().values() if not one.own_rules]
    assert [as_written(one) for one in there_and_back(*results)] == [as_written(one) for one in results]


def test_a_generated_model_comes_back(tmp_path: Path) -> None:
    generate(tmp_path, 400)
    results = [read_file(path.name, path.read_bytes()) for path in sorted(tmp_path.rglob("*.yaml"))]
    assert there_and_back(*results) == results


@settings(max_examples=50)
@given(st.data())
def test_a_text_with_whatever_faults_comes_back(data: st.DataObject) -> None:
    files = dict(clean_texts())
    for _ in range(data.draw(st.integers(1, 3))):
        files = data.draw(edits(files, clean_texts()))
    results = [one for one in itertools.starmap(read_file, files.items()) if not one.own_rules]
    assert [as_written(one) for one in there_and_back(*results)] == [as_written(one) for one in results]


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_what_any_text_says_comes_back(text: str | bytes) -> None:
    result = read_file("a.yaml", text)
    assert as_written(there_and_back(result)[0]) == as_written(result)


def test_a_result_is_of_every_file_with_that_text() -> None:
    one = read_file("a.yaml", EVERY_KIND)
    assert unpack(pack([one]), [["a.yaml", "b/c.yaml"]]) == [one, read_file("b/c.yaml", EVERY_KIND)]


def test_what_nobody_asks_for_is_not_returned() -> None:
    one, other = read_file("a.yaml", EVERY_KIND), read_file("b.yaml", "services:\n  x: {name: X}\n")
    assert unpack(pack([one, other]), [[], ["b.yaml"]]) == [other]


def test_own_rules_are_refused_and_so_always_read() -> None:
    result = read_file("a.yaml", "rules:\n  r: {for: services, message: x, require: {name: true}}\n")
    with pytest.raises(UnusablePackError):
        pack([result])


def test_a_value_without_a_plain_form_is_refused() -> None:
    result = read_file("a.yaml", "services:\n  a: {name: A, risk: R}\n")
    row = result.rows[0]._replace(values=(object(), object()))
    with pytest.raises(UnusablePackError):
        pack([FileResult("a.yaml", [row])])


# --- other bytes -------------------------------------------------------------------------------------------------


def damaged(change: Any) -> bytes:
    packed = json.loads(pack([read_file("a.yaml", EVERY_KIND)]).decode("utf-8", "surrogatepass"))
    change(packed)
    return json.dumps(packed).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda packed: packed.clear(),
        lambda packed: packed["ids"].append("c"),
        lambda packed: packed["ids"].__setitem__(0, "../a"),
        lambda packed: packed["ids"].__setitem__(0, 7),
        lambda packed: packed["rows"].__setitem__(0, 99),
        lambda packed: packed["shapes"][0].__setitem__(0, "tables"),
        lambda packed: packed["shapes"][0][1].append("name"),
        lambda packed: packed["shapes"][0][1].append("nme"),
        lambda packed: packed["shapes"][0].__setitem__(2, -1),
        lambda packed: packed["unknown"].update({"99": ["name"]}),
        lambda packed: packed["columns"]["applications"]["name"].clear(),
        lambda packed: packed["columns"]["applications"]["name"].__setitem__(0, ["A"]),
        lambda packed: packed["columns"]["applications"]["bases"].__setitem__(0, ["kapal"]),
        lambda packed: packed["columns"]["applications"]["license_until"].update(different=["2027-13"]),
        lambda packed: packed["columns"]["applications"]["license_until"].update(places=[-1]),
        lambda packed: packed["columns"]["applications"]["users"].update(different=["dua"]),
        lambda packed: packed["columns"]["applications"]["reference"].update(different=["RAA.2.1"]),
        lambda packed: packed["columns"]["applications"]["runs_on"].update(different=[[{"note": "x"}]]),
        lambda packed: packed["columns"]["applications"]["source"].update(different=[[]]),
        lambda packed: packed["files"][0].__setitem__(0, 1),
        lambda packed: packed["files"][0].__setitem__(0, -1),
        lambda packed: packed["files"][0].__setitem__(1, "ya"),
        lambda packed: packed["files"][0].__setitem__(5, {"RAL.01": ["A", ""]}),
        lambda packed: packed["files"][0].__setitem__(6, {"RAL.01": ["A", ""]}),
        lambda packed: packed["files"][0][7]["v"].__setitem__("title", 1),
        lambda packed: packed["files"][0][7]["v"].__setitem__("where", [[True]]),
        lambda packed: packed["files"][0][9][0].__setitem__(0, "SPBE999"),
        lambda packed: packed["files"][0][9][0][1].__setitem__(1, ["a", 1, 1, 1]),
        lambda packed: packed["files"].append(packed["files"][0]),
    ],
)
def test_what_no_text_can_say_is_refused(change: Any) -> None:
    with pytest.raises(UnusablePackError):
        unpack(damaged(change), [["a.yaml"]])


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{}", b"[" * 100_000, b"\xff", b'{"files": 1e999}'])
def test_what_is_no_pack_is_refused(data: bytes) -> None:
    with pytest.raises(UnusablePackError):
        unpack(data, [["a.yaml"]])


@given(st.data())
def test_bytes_changed_anywhere_are_refused_or_a_result_that_can_be_checked(data: st.DataObject) -> None:
    whole = pack([read_file("a.yaml", EVERY_KIND)])
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 4)) :]
    try:
        (result,) = unpack(changed, [["a.yaml"]])
    except UnusablePackError:
        return
    manifest = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"
    architecture = load_texts([("spbe.yaml", manifest), ("a.yaml", "")], results={"a.yaml": result})
    check(architecture, as_of=datetime.date(2026, 11, 1))


def test_faults_of_the_rules_come_back() -> None:
    architecture = load_texts([*clean_texts().items(), ("x.yaml", EVERY_KIND)])
    faults = [finding.fault for finding in check(architecture) if finding.place.region is None]
    assert [fault_of(json.loads(json.dumps(plain_fault(fault)))) for fault in faults] == faults
