"""Changes of a model: what is asked for is what is read afterwards, and no other byte or element has changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import Architecture, check, edit, load, load_texts
from spbe_arch.baseline import written
from spbe_arch.drafting.wording import fields_as_written
from spbe_arch.errors import EditingError, OutputError, UnknownElementError
from spbe_arch.files import JOURNAL, finish_replacing, is_half_replaced
from spbe_arch.metamodel import Application, Service, types
from tests.command import MANIFEST, environment_of_a_shell, run, write

MODEL = Path(__file__).parents[1] / "models" / "kab-bekasi"
SERVICES = """\
# Layanan
defaults:
  owner: dinas   # untuk semua
  method: electronic

services:
  # tentang izin
  izin:   # di belakang izin
    name: Izin
    data: "d-izin"
    # di dalam izin
  # tentang aduan
  aduan:
    name: Aduan
    owner:
"""
UNITS = "units:\n  dinas: {name: Dinas}\ndata:\n  d-izin: {name: Data, related: [izin, {to: kab-contoh/izin}]}\n"
FILES = {"a.yaml": SERVICES, "u.yaml": UNITS}


def model(files: dict[str, str] = FILES, manifest: str = MANIFEST) -> Architecture:
    return load_texts([("spbe.yaml", manifest), *files.items()])


@cache
def shipped() -> Architecture:
    return load(MODEL)


def changed(draft: object, path: str) -> str:
    return draft.changes[path].after.decode()  # type: ignore[attr-defined,no-any-return]


# --- add, change, remove -------------------------------------------------------------------------------------


def test_an_element_is_added_where_others_of_its_type_stand() -> None:
    draft = edit(model())
    draft.add(Service(id="baru", name="Layanan: Baru", data=["d-izin"], targets=["public", "business"], since=2027))
    assert changed(draft, "a.yaml") == SERVICES + (
        "  baru:\n    name: 'Layanan: Baru'\n    targets: [public, business]\n    data: d-izin\n    since: 2027\n"
    )
    assert [unit.id for unit in draft.architecture.units.values() if unit.owns] == ["dinas"]
    assert "baru" not in draft.before


def test_the_first_element_of_a_type_makes_its_section() -> None:
    draft = edit(model({"u.yaml": UNITS}, MANIFEST + "language: id\n"))
    draft.add(Application(id="sim", name="Sim", operator="dinas"))
    assert changed(draft, "aplikasi.yaml") == "aplikasi:\n  sim:\n    nama: Sim\n    operator: dinas\n"


def test_an_element_may_be_added_to_a_file_that_is_named() -> None:
    draft = edit(model())
    draft.add(Application(id="sim", name="Sim"), file="u.yaml")
    assert changed(draft, "u.yaml") == UNITS + "\napplications:\n  sim:\n    name: Sim\n"


@pytest.mark.parametrize("file", ["../x.yaml", ".x.yaml", "x.txt", "spbe.yaml", "/x.yaml"])
def test_a_file_that_would_be_no_part_of_the_model_is_refused(file: str) -> None:
    with pytest.raises(EditingError, match="no file of the model"):
        edit(model()).add(Application(id="sim", name="Sim"), file=file)


def test_fields_are_changed_added_and_taken_away_and_comments_stay() -> None:
    draft = edit(model())
    draft.change("izin", name="Izin Usaha", data=None, method="hybrid", targets=["public"])
    assert changed(draft, "a.yaml") == SERVICES.replace("name: Izin\n", "name: Izin Usaha\n").replace(
        '    data: "d-izin"\n', "    method: hybrid\n    targets: public\n"
    )


def test_a_field_that_a_default_would_fill_again_is_left_blank() -> None:
    draft = edit(model())
    draft.change("izin", owner=None)
    assert changed(draft, "a.yaml") == SERVICES.replace("name: Izin\n", "name: Izin\n    owner:\n")
    assert draft.architecture.services["izin"].owner is None


@pytest.mark.parametrize(
    ("fields", "reason"), [({"mode": "x"}, "have no field 'mode'"), ({"method": "aneh"}, "'method' cannot be 'aneh'")]
)
def test_what_is_no_field_or_no_value_is_refused(fields: dict[str, str], reason: str) -> None:
    draft = edit(model())
    with pytest.raises(EditingError, match=reason):
        draft.change("izin", **fields)
    assert dict(draft.changes) == {}


def test_an_element_goes_with_its_comments() -> None:
    draft = edit(model())
    draft.remove("izin")
    start, end = SERVICES.index("  # tentang izin"), SERVICES.index("  # tentang aduan")
    assert changed(draft, "a.yaml") == SERVICES[:start] + SERVICES[end:]


LINES = """\
services:
  izin:
    name: Izin
    data:
      - d-izin   # utama
      - d-lain
    description: Satu baris.

  # tentang aduan
  aduan:
    name: Aduan

  usul:
    name: Usul
"""


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (["d-izin", "d-lain", "d-baru"], "      - d-izin   # utama\n      - d-lain\n      - d-baru\n"),
        (["d-izin"], "      - d-izin   # utama\n"),
        (["d-lain", "d-baru"], "      - d-lain\n      - d-baru\n"),
        (["d-lain", "d-izin"], "      - d-lain\n      - d-izin\n"),
    ],
)
def test_a_list_of_lines_stays_one_and_what_stays_in_it_keeps_its_comment(data: list[str], shown: str) -> None:
    draft = edit(model({"a.yaml": LINES}))
    draft.change("izin", data=data)
    assert changed(draft, "a.yaml") == LINES.replace("      - d-izin   # utama\n      - d-lain\n", shown)


def test_several_lines_are_written_below_each_other() -> None:
    draft = edit(model({"a.yaml": LINES}))
    draft.change("izin", description="Satu: ya.\n\nDua # dua.")
    draft.change("usul", description="Satu.\n  Dua.")
    assert changed(draft, "a.yaml") == LINES.replace(
        "Satu baris.\n", "|-\n      Satu: ya.\n\n      Dua # dua.\n"
    ).replace("Usul\n", "Usul\n    description: |-\n      Satu.\n        Dua.\n")


def test_a_mapping_stands_in_braces_where_others_do() -> None:
    text = LINES.replace("    name: Aduan\n", "    name: Aduan\n    source: {confidence: illustrative}\n")
    draft = edit(model({"a.yaml": text}))
    draft.change("usul", source=[{"confidence": "low", "page": "12"}])
    assert changed(draft, "a.yaml") == text + "    source: {page: 12, confidence: low}\n"


@pytest.mark.parametrize("id", ["izin", "aduan"])
def test_an_element_goes_with_the_blank_line_that_parted_it_from_the_next(id: str) -> None:
    draft = edit(model({"a.yaml": LINES}))
    draft.remove(id)
    assert "\n\n\n" not in changed(draft, "a.yaml")
    assert "services:\n\n" not in changed(draft, "a.yaml")


@pytest.mark.parametrize("section", types())
def test_every_element_of_the_shipped_model_is_written_as_it_is_read(section: str) -> None:
    for element in shipped().of(section).values():
        if element.id == "kab-bekasi":
            continue  # it stands in the manifest
        for language in ("en", "id"):
            filled = {name: value for name, value in element.filled().items() if name != "id"}
            fields = fields_as_written(element.info, filled, language)
            named = [(element.info.spellings[name], value) for name, value in fields.items()]
            assert {field.name: field.kind.read(value) for field, value in named} == filled


# --- rename --------------------------------------------------------------------------------------------------


def test_an_element_is_renamed_wherever_it_is_named() -> None:
    draft = edit(model())
    draft.rename("izin", "perizinan")
    assert changed(draft, "a.yaml") == SERVICES.replace("  izin:", "  perizinan:")
    assert changed(draft, "u.yaml") == UNITS.replace(
        "[izin, {to: kab-contoh/izin}]", "[perizinan, {to: kab-contoh/perizinan}]"
    )


def test_the_old_id_is_kept_as_an_alias_when_that_is_asked_for() -> None:
    draft = edit(model())
    draft.rename("izin", "perizinan", keep_alias=True)
    assert '    data: "d-izin"\n    aliases: izin\n' in changed(draft, "a.yaml")
    assert draft.architecture["izin"].id == "perizinan"


@given(st.data())
@settings(max_examples=8)
def test_there_and_back_gives_the_same_bytes(data: st.DataObject) -> None:
    id = data.draw(st.sampled_from([one.id for one in shipped() if one.id != "kab-bekasi"]))
    draft = edit(shipped())
    draft.rename(id, "nama-yang-lain")
    assert (id in draft.architecture, draft.architecture.link_count) == (False, shipped().link_count)
    draft.rename("nama-yang-lain", id)
    assert dict(draft.changes) == {}


def test_views_rules_and_sources_name_elements_too() -> None:
    text = """\
services:
  izin: {name: Izin, source: {document: dok, page: izin}, processes: {to: p, source: dok}}
processes:
  p: {name: P}
documents:
  dok: {name: Dok}
units:
  u: {name: U}
references:
  RAL.01.16.99: {name: X, source: dok}
views:
  izin: {viewpoint: chain, about: izin, up: "chain:izin", where: {unit: u}}
rules:
  izin:
    for: services
    require: {processes: [p, izin]}
    message: "{name} izin"
"""
    draft = edit(model({"a.yaml": text}))
    for old in ("izin", "dok", "u", "p"):
        draft.rename(old, f"{old}-2")
    assert changed(draft, "a.yaml") == (
        text.replace("  izin: {name", "  izin-2: {name")
        .replace(": dok", ": dok-2")
        .replace("  dok:", "  dok-2:")
        .replace("  u:", "  u-2:")
        .replace("unit: u", "unit: u-2")
        .replace("  p:", "  p-2:")
        .replace("to: p", "to: p-2")
        .replace("about: izin", "about: izin-2")
        .replace("chain:izin", "chain:izin-2")
        .replace("[p, izin]", "[p-2, izin-2]")
    )


def test_members_name_it_with_its_agency() -> None:
    files = {
        "spbe.yaml": "version: 1\nagency: prov\nname: P\nmembers: [kab]\n",
        "a.yaml": "services:\n  izin: {name: Izin}\n  lain: {name: L, related: [izin, kab/izin]}\n",
        "kab/spbe.yaml": "version: 1\nagency: kab\nname: K\n",
        "kab/a.yaml": "services:\n  izin: {name: Izin}\n  lain: {name: L, related: [izin, prov/izin]}\n",
    }
    draft = edit(load_texts(files.items()))
    draft.rename("kab/izin", "izin-kab")
    assert changed(draft, "a.yaml") == files["a.yaml"].replace("kab/izin", "kab/izin-kab")
    assert changed(draft, "kab/a.yaml") == files["kab/a.yaml"].replace("  izin:", "  izin-kab:").replace(
        "[izin", "[izin-kab"
    )


def test_the_agency_of_links_is_renamed_with_its_element() -> None:
    files = {"a.yaml": "agencies:\n  kemen: {name: K}\napplications:\n  a: {name: A, related: [kemen, kemen/siak]}\n"}
    draft = edit(model(files))
    draft.rename("kemen", "kementerian")
    assert changed(draft, "a.yaml") == files["a.yaml"].replace("kemen", "kementerian")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("izin", "aduan", "'aduan' is taken: a.yaml has it"),
        ("izin", "a b", "is no id"),
        ("izin", "null", "is no id"),
        ("izin", "-a", "is no id"),
        ("kab-contoh", "x", "is the agency of a manifest"),
    ],
)
def test_what_cannot_be_renamed_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(EditingError, match=reason):
        edit(model()).rename(old, new)


def test_an_element_that_does_not_exist_is_no_element() -> None:
    with pytest.raises(UnknownElementError):
        edit(model()).rename("izn", "x")


def test_a_model_that_cannot_be_read_whole_is_not_edited() -> None:
    with pytest.raises(EditingError, match=r"b\.yaml is not edited: it cannot be read whole"):
        edit(model({**FILES, "b.yaml": "services:\n  x: {name: izin\n"})).rename("izin", "y")


def test_a_link_behind_an_alias_to_another_text_is_not_renamed() -> None:
    text = "services:\n  s: {name: &n izin}\n  izin: {name: I}\n  t: {name: T, related: *n}\n"
    with pytest.raises(EditingError, match=r"nothing was changed: a\.yaml would have a fault \(SPBE101\)"):
        edit(model({"a.yaml": text})).rename("izin", "x")


def test_known_findings_are_known_by_the_new_id(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES, MANIFEST + "check:\n  baseline: known.json\n")
    (folder / "known.json").write_text(written(load(folder), check(load(folder))))
    before = (folder / "known.json").read_bytes()
    draft = edit(load(folder))
    draft.rename("izin", "perizinan")
    draft.write()
    known = json.loads((folder / "known.json").read_bytes())["findings"]
    now = json.loads(written(load(folder), check(load(folder))))["findings"]
    assert sorted(known, key=str) == sorted(now, key=str)
    draft = edit(load(folder))
    draft.rename("perizinan", "izin")
    draft.write()
    assert (folder / "known.json").read_bytes() == before


# --- move ----------------------------------------------------------------------------------------------------


def test_an_element_moves_with_its_comments_and_stays_the_same() -> None:
    draft = edit(
        model({**FILES, "b.yaml": "bawaan: {kanal_pengaduan: x}\r\n\r\nlayanan:\r\n    lain: {nama: Lain}\r\n"})
    )
    draft.move("izin", "b.yaml")
    assert changed(draft, "b.yaml") == (
        "bawaan: {kanal_pengaduan: x}\r\n\r\nlayanan:\r\n    lain: {nama: Lain}\r\n    # tentang izin\r\n"
        "    izin:   # di belakang izin\r\n      name: Izin\r\n      unit_pelaksana: dinas\r\n"
        "      metode: elektronik\r\n"
        '      data: "d-izin"\r\n      kanal_pengaduan:\r\n      # di dalam izin\r\n'
    )
    assert draft.architecture.services["izin"].filled() == draft.before.services["izin"].filled()


@given(st.data())
@settings(max_examples=12)
def test_a_move_changes_nothing_but_the_place(data: st.DataObject) -> None:
    element = data.draw(st.sampled_from([one for one in shipped() if one.id != "kab-bekasi"]))
    paths = [
        path for path in shipped().texts if path != shipped().file_at(element.ordinal).path and path != "spbe.yaml"
    ]
    path = data.draw(st.sampled_from([*paths, "folder/baru.yaml"]))
    draft = edit(shipped())
    try:
        draft.move(element.id, path)
    except EditingError as error:  # the defaults of that file are for fields that the type has with other values
        assert "would have a fault (SPBE106)" in str(error)  # noqa: PT017
        assert (draft.architecture, dict(draft.changes)) == (shipped(), {})
        return
    moved = draft.architecture[element.id]
    assert draft.architecture.file_at(moved.ordinal).path == path
    assert moved.filled() == element.filled()


def test_an_element_on_the_lines_of_others_is_not_moved() -> None:
    with pytest.raises(EditingError, match="no lines of its own"):
        edit(model({"a.yaml": "services: {a: {name: A}, b: {name: B}}\n"})).move("a", "b.yaml")


# --- writing -------------------------------------------------------------------------------------------------


def test_what_would_break_something_is_written_only_when_forced(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    draft = edit(load(folder))
    draft.remove("dinas")
    with pytest.raises(EditingError, match="more errors, the first of them SPBE101"):
        draft.write()
    assert (folder / "u.yaml").read_text() == UNITS
    draft.write(force=True)
    assert "dinas" not in (folder / "u.yaml").read_text()


def test_a_file_that_changed_in_the_meantime_is_not_written(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    draft = edit(load(folder))
    draft.rename("izin", "perizinan")
    (folder / "u.yaml").write_text(UNITS + "# lebih\n")
    with pytest.raises(OutputError, match=r"u\.yaml has changed"):
        draft.write()
    assert (folder / "a.yaml").read_text() == SERVICES


def test_a_file_that_comes_from_the_cache_is_the_one_that_is_edited(tmp_path: Path) -> None:
    large = {f"{number}.yaml": f"services:\n  s{number}:\n    name: '{'x' * 60_000}'\n" for number in range(40)}
    folder = write(tmp_path / "model", {**large, "a.yaml": SERVICES})
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    for old, new in (("s1", "s-satu"), ("s-satu", "s1")):
        assert run(folder, "rename", old, new, environment=environment).stderr == "1.yaml written\n"
    assert (folder / "1.yaml").read_text() == large["1.yaml"]


def test_texts_in_memory_have_no_files_to_write_to() -> None:
    with pytest.raises(EditingError, match="not read from files"):
        edit(model()).write()


KILLED = """\
import os, sys
from pathlib import Path
from spbe_arch import edit, load
left, replace = int(sys.argv[1]), Path.replace
def stop(self, target):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return replace(self, target)
Path.replace = stop
draft = edit(load("."))
draft.rename("izin", "perizinan")
draft.write()
"""


@pytest.mark.parametrize("steps", range(4))
def test_killed_between_two_files_all_are_new_or_none_is(steps: int, tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    environment = environment_of_a_shell({})
    ended = subprocess.run([sys.executable, "-c", KILLED, str(steps)], cwd=folder, env=environment, check=False)
    assert ended.returncode == (9 if steps < 3 else 0)
    finish_replacing(folder)
    names = {path.name: path.read_text() for path in folder.iterdir()}
    draft = edit(model())
    draft.rename("izin", "perizinan")
    new = {path: change.after.decode() for path, change in draft.changes.items()}
    assert {path: names[path] for path in FILES} == (new if steps else FILES)
    assert steps == 0 or set(names) == {"spbe.yaml", *FILES}


def test_the_command_that_comes_next_says_so_and_the_next_edit_ends_it(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    subprocess.run([sys.executable, "-c", KILLED, "2"], cwd=folder, env=environment_of_a_shell({}), check=False)
    assert "an edit was interrupted" in run(folder, "list", "services").stderr
    assert is_half_replaced(folder)
    result = run(folder, "rename", "aduan", "pengaduan")
    assert (result.returncode, is_half_replaced(folder)) == (0, False)
    assert result.stderr.startswith("an edit that was interrupted has been finished")
    assert sorted(load(folder).services) == ["pengaduan", "perizinan"]


@pytest.mark.parametrize(("age", "remains"), [(0, True), (4000, False)])
def test_what_a_killed_process_left_is_cleared_by_the_next_edit_when_it_is_old(
    age: int, remains: bool, tmp_path: Path
) -> None:
    folder = write(tmp_path, FILES)
    subprocess.run([sys.executable, "-c", KILLED, "0"], cwd=folder, env=environment_of_a_shell({}), check=False)
    left = sorted({path.name for path in folder.iterdir()} - {"spbe.yaml", *FILES})
    for name in left:
        then = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (then, then))
    draft = edit(load(folder))
    draft.rename("izin", "perizinan")
    draft.write()
    assert left
    assert {(folder / name).exists() for name in left} == {remains}


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "[]",
        '{"replacing": [1]}',
        '{"replacing": [{"file": "../x", "new": ".y", "before": "None", "after": "None"}]}',
        '{"replacing": [{"file": "a.yaml", "new": "u.yaml", "before": "0", "after": "0"}]}',
    ],
)
def test_a_journal_that_somebody_made_up_does_nothing(journal: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, JOURNAL: journal})
    assert not finish_replacing(folder)
    assert {path.name for path in folder.iterdir()} == {"spbe.yaml", *FILES}
    assert (folder / "a.yaml").read_text() == SERVICES


# --- the commands --------------------------------------------------------------------------------------------


def test_rename_shows_what_it_would_do_and_does_it(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    shown = run(folder, "rename", "izin", "perizinan", "--diff")
    assert [line for line in shown.stdout.splitlines() if line.startswith("+ ")] == [
        "+  perizinan:   # di belakang izin",
        "+  d-izin: {name: Data, related: [perizinan, {to: kab-contoh/perizinan}]}",
    ]
    assert (folder / "a.yaml").read_text() == SERVICES
    result = run(folder, "rename", "izin", "perizinan")
    assert (result.stderr, result.returncode) == ("a.yaml written\nu.yaml written\n", 0)


def test_rename_says_where_the_old_id_stands_in_words(tmp_path: Path) -> None:
    about = {"a.yaml": "services:\n  izin-usaha: {name: Izin, description: dulu izin-usaha}  # izin-usaha-2\n"}
    folder = write(tmp_path, about)
    result = run(folder, "rename", "izin-usaha", "perizinan")
    assert result.stderr == "a.yaml written\nizin-usaha still stands in descriptions or comments: a.yaml:2\n"


def test_move_takes_a_path_as_it_is_typed(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    (folder / "dinas").mkdir()
    result = run(folder / "dinas", "move", "aduan", "b.yaml", "--language", "id")
    assert result.stderr == "../a.yaml ditulis\n../dinas/b.yaml ditulis\n"
    assert (folder / "dinas" / "b.yaml").read_text().startswith("services:\n  # tentang aduan\n  aduan:\n")


def test_new_adds_an_element_from_options(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    arguments = ("--id", "baru", "--name", "Baru", "--set", "target=public", "--set", "target=business")
    assert run(folder, "new", "layanan", *arguments).returncode == 0
    assert (folder / "a.yaml").read_text() == SERVICES + ("  baru:\n    name: Baru\n    targets: [public, business]\n")


def test_new_takes_several_links_with_commas_between_them(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    run(folder, "new", "data", "--id", "d", "--name", "A, b", "--set", "related=izin, aduan", "--set", "tags=a, b")
    assert "  d:\n    name: A, b\n" in (folder / "u.yaml").read_text()
    assert "    related: [izin, aduan]\n" in (folder / "u.yaml").read_text()
    assert load(folder).data["d"].tags == ("a, b",)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("layana",), "did you mean 'layanan'?"),
        (("service",), "--id and --name say what the element is called"),
        (
            ("service", "--id", "x", "--name", "X", "--set", "metod=y"),
            "services have no field 'metod'; did you mean 'method'?",
        ),
        (("service", "--id", "x", "--name", "X", "--set", "qqq=y"), "services have no field 'qqq'\n"),
        (
            ("service", "--id", "x", "--name", "X", "--set", "method"),
            "--set: 'method' has no '=', as FIELD=VALUE has\n",
        ),
        (("service", "--id", "x", "--name", "X", "--set", "method=y"), "'y' is not one of the values"),
        (("service", "--id", "x", "--name", "X", "--set", "data=y"), "the first of them SPBE101 at 'x'"),
        (("service", "--id", "izin", "--name", "X"), "'izin' is taken: a.yaml has it"),
    ],
)
def test_new_says_what_is_wrong(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    result = run(folder, "new", *arguments)
    assert said in result.stderr
    assert (result.returncode, (folder / "a.yaml").read_text()) == (2, SERVICES)
