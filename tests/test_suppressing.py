"""Comments that silence findings where they stand, and what is wrong with such comments."""

from __future__ import annotations

import datetime

import pytest

from spbe_arch import suppressing
from spbe_arch.checking import check
from spbe_arch.loader import load_texts
from spbe_arch.messages import Teller
from spbe_arch.nodes import Document, read

HEAD = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"
DAY = datetime.date(2026, 11, 1)
RULES = ("SPBE10", "SPBE11", "SPBE14", "SPBE301")


def told(model: str, check_settings: str = "", select: tuple[str, ...] = RULES) -> list[str]:
    """Line, code and sentence of what is shown."""
    architecture = load_texts([("spbe.yaml", HEAD + check_settings), ("layanan.yaml", model)])
    findings = check(architecture, select=select, as_of=DAY)
    return [f"{one.spot.region.line} {one.code} {one.message}" for one in Teller(architecture).tell(findings)]


def codes(model: str, check_settings: str = "", select: tuple[str, ...] = RULES) -> list[str]:
    """Line and code of what is shown."""
    return [" ".join(line.split()[:2]) for line in told(model, check_settings, select)]


def service(comment: str, id: str = "izin") -> str:
    """A service that no process defines, with a comment behind its id."""
    return f"services:\n  {id}:{comment}\n    name: Izin Usaha\n    reference: RAL.01.16\n"


def test_without_a_comment_the_finding_is_shown() -> None:
    assert codes(service("")) == ["2 SPBE301"]


@pytest.mark.parametrize(
    "comment",
    [
        "# spbe: ignore[SPBE301] dalam pembahasan",
        "# spbe: ignore[SPBE301]",
        "#spbe:ignore[SPBE301]",
        "# spbe: ignore[SPBE3] seluruh keluarga",
        "# spbe: ignore[service-without-process] menurut nama",
        "# spbe: ignore[spbe301] huruf kecil",
        "# spbe: abaikan[SPBE301] dalam pembahasan",
        "# spbe: ignore[SPBE301] menunggu until 2026-12-31",
        "# spbe: ignore[SPBE301] menunggu until 2026",
        "# spbe: abaikan[SPBE301] menunggu sampai 2027",
        "# spbe: abaikan[SPBE301] menunggu sampai selesai",
        "# spbe: ignore[SPBE301] until 2026-11-01",
        "# spbe: ignore[SPBE301] until 2026-12-31 menunggu",
        "# spbe: abaikan[SPBE301] menunggu sampai 3 server tersedia",
        "# spbe: ignore[SPBE301] waits until somebody decides",
    ],
)
def test_a_comment_behind_the_id_silences_the_rule_for_the_element(comment: str) -> None:
    assert codes(service(f"  {comment}")) == []


def test_it_silences_a_finding_on_a_later_line_of_the_element() -> None:
    model = "services:\n  izin:  # spbe: ignore[SPBE101, SPBE302] x\n    name: Izin\n    processes: [tiada]\n"
    assert codes(model, select=("SPBE101",)) == []


def test_it_does_not_silence_the_next_element() -> None:
    model = "services:\n  izin:  # spbe: ignore[SPBE301] x\n    name: Izin\n  pajak:\n    name: Pajak\n"
    assert codes(model, select=("SPBE301",)) == ["4 SPBE301"]


def test_behind_a_field_it_speaks_for_that_line_only() -> None:
    model = (
        "services:\n"
        "  izin:\n"
        "    name: Izin\n"
        "    processes: [tiada]  # spbe: ignore[SPBE101] proses menyusul\n"
        "    supported_by: []\n"
        "    unit: tiada-juga\n"
    )
    assert "4 SPBE101" not in codes(model)


def test_on_a_line_of_its_own_it_speaks_for_the_line_below() -> None:
    model = (
        "services:\n"
        "  izin:\n"
        "    name: Izin\n"
        "    # spbe: ignore[SPBE101] proses menyusul\n"
        "\n"
        "    # catatan lain\n"
        "    processes: [tiada]\n"
    )
    assert codes(model, select=("SPBE101",)) == []


def test_above_an_id_it_speaks_for_the_element() -> None:
    model = "services:\n  # spbe: ignore[SPBE101] x\n  izin:\n    name: Izin\n    processes: [tiada]\n"
    assert codes(model, select=("SPBE101",)) == []


def test_several_codes_stand_in_one_comment() -> None:
    model = "services:\n  izin:  # spbe: ignore[SPBE301, SPBE101] x\n    name: Izin\n    owner: tiada\n"
    assert codes(model, select=("SPBE101", "SPBE301")) == []


def test_line_breaks_of_windows_change_nothing() -> None:
    assert codes(service("  # spbe: ignore[SPBE301] x").replace("\n", "\r\n")) == []


@pytest.mark.parametrize("separator", ["\x0b", "\x1c", "\u2028"])
def test_what_only_python_takes_for_a_line_break_moves_no_comment(separator: str) -> None:
    model = f'# {separator}\nservices:\n  # spbe: ignore[SPBE301] x\n  izin: {{name: "Izin"}}\n'
    assert "4 SPBE301" not in codes(model, select=("SPBE301",))


def test_a_hash_inside_quotes_is_no_comment() -> None:
    model = 'services:\n  izin:\n    name: "Izin  # spbe: ignore[SPBE301] x"\n'
    assert codes(model, select=RULES) == ["2 SPBE301"]


def test_a_hash_in_a_block_of_text_is_no_comment() -> None:
    model = "services:\n  izin:\n    name: Izin\n    note: |\n      # spbe: ignore[SPBE301] x\n"
    assert codes(model, select=RULES) == ["2 SPBE301"]


def test_a_comment_in_the_manifest_silences_what_is_found_there() -> None:
    settings = "check:\n  ignor: SPBE5  # spbe: ignore[SPBE103] menunggu versi baru\n"
    assert codes("services: {}\n", settings) == []


def test_behind_the_sign_of_a_block_of_text_is_a_comment() -> None:
    text = service("").replace("    name: Izin Usaha\n", "    name: |  # spbe: ignore[SPBE301]\n      Izin # Usaha\n")
    assert [(one.text, one.line) for one in read("", text).comments()] == [("spbe: ignore[SPBE301]", 2)]


def test_what_is_silenced_is_counted() -> None:
    architecture = load_texts([("spbe.yaml", HEAD), ("a.yaml", service("  # spbe: ignore[SPBE301] x"))])
    assert check(architecture, select=["SPBE301"], as_of=DAY).summary.suppressed == 1


# --- what is wrong with a comment ----------------------------------------------------------------------------


def test_after_its_last_day_the_finding_is_back_and_the_comment_is_one() -> None:
    assert told(service("  # spbe: ignore[SPBE301] x until 2026-10-31")) == [
        "2 SPBE301 service 'izin' is defined by no process",
        "2 SPBE143 this suppression ended on '2026-10-31'",
    ]


@pytest.mark.parametrize(
    "behind",
    ["until 2026-10-31 x", "x until 2026-10-31 y", "x until: 2026-10-31", "sampai 2026-10-31, x", "Until 2026-10"],
)
def test_a_date_holds_wherever_it_stands(behind: str) -> None:
    """A comment whose date is overlooked would silence for ever."""
    assert codes(service(f"  # spbe: ignore[SPBE301] {behind}"))[0] == "2 SPBE301"


@pytest.mark.parametrize("behind", ["x until besok", "x until", "until", "x sampai", "until 31-12-2027 x"])
def test_a_date_that_is_none_silences_nothing(behind: str) -> None:
    assert codes(service(f"  # spbe: ignore[SPBE301] {behind}")) == ["2 SPBE301", "2 SPBE112"]


def test_a_comment_that_silences_nothing_is_a_finding() -> None:
    model = "# spbe: ignore[SPBE301] x\nunits:\n  dinas: {name: Dinas}\n"
    assert codes(model, select=RULES) == ["1 SPBE142"]


def test_it_is_none_while_its_rule_does_not_run() -> None:
    model = "# spbe: ignore[SPBE301] x\nunits:\n  dinas: {name: Dinas}\n"
    assert codes(model, select=("SPBE1",)) == []


def test_a_family_is_unused_though_some_of_its_rules_do_not_run_by_default() -> None:
    model = "units:\n  dinas: {name: Dinas}  # spbe: ignore[SPBE5] x\n"
    assert codes(model, select=()).count("2 SPBE142") == 1


def test_it_is_none_where_something_else_is_broken() -> None:
    model = "services:\n  izin:  # spbe: ignore[SPBE301] x\n    name: Izin\n    proceses: [tiada]\n"
    assert codes(model, select=RULES) == ["4 SPBE103"]


def test_a_rule_that_does_not_exist_is_a_finding_with_the_near_miss() -> None:
    architecture = load_texts([("spbe.yaml", HEAD), ("a.yaml", "units:\n  a: {name: A}  # spbe: ignore[SPBE3O1] x\n")])
    [finding] = check(architecture, select=["SPBE140"], as_of=DAY)
    assert finding.fault.suggestion is not None
    assert finding.fault.suggestion.text == "SPBE301"


@pytest.mark.parametrize(
    "text",
    [
        "spbe: ignore SPBE301",
        "spbe: ignore[]",
        "spbe: ignore[ , ]",
        "spbe: ignore[SPBE301",
        "spbe: ignore[SPBE301] satu # spbe: ignore[SPBE304] dua",
        "spbe: diamkan[SPBE301]",
        "spbe:",
    ],
)
def test_a_comment_that_is_not_understood_is_a_finding(text: str) -> None:
    assert codes(f"units:\n  dinas: {{name: Dinas}}  # {text}\n", select=("SPBE14",)) == ["2 SPBE141"]


def test_its_place_is_the_comment() -> None:
    architecture = load_texts([("spbe.yaml", HEAD), ("a.yaml", "units: {}  # spbe: apa ini\n")])
    [told] = Teller(architecture).tell(check(architecture, select=["SPBE141"], as_of=DAY))
    assert told.spot.region == (1, 12, 1, 27)


@pytest.mark.parametrize(
    ("reason", "expected"), [("", ["2 SPBE144"]), (" until 2027", ["2 SPBE144"]), (" Bappeda", [])]
)
def test_a_reason_can_be_demanded(reason: str, expected: list[str]) -> None:
    assert codes(service(f"  # spbe: ignore[SPBE301]{reason}"), "check: {require_reasons: true}\n") == expected


def test_of_a_comment_to_be_removed_no_reason_is_demanded() -> None:
    model = service("  # spbe: ignore[SPBE110]")
    assert codes(model, "check: {require_reasons: true}\n", ("SPBE110", "SPBE14")) == ["2 SPBE142"]


def test_a_text_with_comments_is_read_once_for_many_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    architecture = load_texts([("spbe.yaml", HEAD), ("sekali.yaml", service("  # spbe: ignore[SPBE301] Bappeda"))])
    taken: list[str] = []

    def reading(path: str, text: str | bytes) -> Document:
        taken.append(path)
        return read(path, text)

    monkeypatch.setattr(suppressing, "read", reading)
    for _ in range(3):
        check(architecture, select=RULES, as_of=DAY)
    assert taken == ["sekali.yaml"]


def test_what_was_not_read_is_not_silenced() -> None:
    assert "2 SPBE001" in codes("services:\n  izin: [satu  # spbe: ignore[SPBE001] x\n")


def test_a_comment_of_a_million_blanks_is_read_in_time() -> None:
    assert codes(service("  # spbe: ignore[SPBE301]" + " a" * 20_000 + " " * 1_000_000 + "x")) == []


def test_what_cannot_be_silenced_is_said_to_be_so() -> None:
    assert codes("units:\n  dinas: {name: Dinas}  # spbe: ignore[SPBE0] x\n", select=("SPBE14",)) == ["2 SPBE145"]


def test_a_family_of_which_a_part_can_be_silenced_is_understood() -> None:
    assert codes("units:\n  dinas: {name: Dinas}  # spbe: ignore[SPBE1] x\n", select=("SPBE145",)) == []


AUDITED = """\
data:
  # spbe: ignore[SPBE413] the audit of 2025 was of data
  luas-sawah: {name: Luas Sawah, secured_by: [audit-data]}
"""


@pytest.mark.parametrize("broken", ["", "\n    secures: [tiada]", "\n    secures: [luas-sawah"])
def test_what_hangs_on_a_broken_element_elsewhere_is_not_called_unused(broken: str) -> None:
    audit = f"audits:\n  audit-data:\n    name: Audit Data{broken}\n"
    texts = [
        ("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Contoh\n"),
        ("data.yaml", AUDITED),
        ("audit.yaml", audit),
    ]
    found = check(load_texts(texts), select=["SPBE413", "SPBE142"])
    assert [one.code for one in found if one.code == "SPBE142"] == []


@pytest.mark.parametrize(
    "setting", ["ignore: [SPBE0]", "ignore: SPBE012", "levels: {SPBE001: note}", 'per_path: {"arsip/*": [SPBE0]}']
)
def test_a_setting_that_switches_off_what_cannot_be_is_said_to_do_nothing(setting: str) -> None:
    texts = [("spbe.yaml", f"version: 1\nagency: kab-contoh\nname: Contoh\ncheck: {{{setting}}}\n")]
    assert "SPBE145" in [one.code for one in check(load_texts(texts))]


def test_a_setting_that_switches_off_a_part_that_can_be_is_understood() -> None:
    texts = [("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Contoh\ncheck: {ignore: [SPBE1, SPBE2]}\n")]
    assert "SPBE145" not in [one.code for one in check(load_texts(texts))]


@pytest.mark.parametrize("more", ["sampai ", "spbe: ignore["])
def test_a_comment_of_very_many_words_is_read_to_its_end(more: str) -> None:
    assert codes(service(f" # spbe: ignore[SPBE301] {more * 200_000}selesai")) == []
