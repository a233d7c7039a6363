"""What changed between two states; states at revisions of git, read without running anything of the repository."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import check, load, load_texts
from spbe_arch.changes import difference_as
from spbe_arch.comparing import FieldChange, LinkChange, Renamed, compare
from spbe_arch.errors import ModelNotFoundError, RevisionError
from spbe_arch.files import files_among, find_files
from spbe_arch.history import Reader
from spbe_arch.loader import reread
from spbe_arch.views.difference import difference_view
from tests.command import run, write
from tests.patching import clean_texts

if TYPE_CHECKING:
    from pathlib import Path

    from spbe_arch import Architecture
    from spbe_arch.comparing import Difference

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"
BEFORE = """
services:
  berobat: {name: Berobat, reference: RAL.01.25}
applications:
  simrs: {name: SIM RS, registry_id: DAA-001, supports: [berobat], users: 3}
  portal: {name: Portal, supports: [berobat]}
"""


def state(text: str) -> Architecture:
    return load_texts([("spbe.yaml", MANIFEST), ("model.yaml", text)])


def difference(after: str) -> Difference:
    old, new = state(BEFORE), state(after)
    return compare(old, new, check(old), check(new))


def test_what_is_the_same_is_no_difference() -> None:
    assert not difference(BEFORE)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", ["status – → 'peningkatan'", "bahasa_pemrograman – → 'php; go'", "simrs —berjalan_di→ server"]),
        ("en", ["status – → 'upgrade'", "languages – → 'php; go'", "simrs —runs_on→ server"]),
    ],
)
def test_fields_and_values_are_told_in_the_language_of_who_reads(language: str, told: list[str]) -> None:
    after = BEFORE.replace("users: 3", "users: 3, status: upgrade, languages: [php, go], runs_on: server")
    text = difference_as("text", difference(f"{after}servers:\n  server: {{name: Server}}\n"), language)
    assert [part for part in told if part not in text] == []


def test_order_layout_and_language_of_the_text_change_nothing() -> None:
    assert not difference("""
aplikasi:
  portal:
    nama: Portal
    mendukung: berobat
  simrs: {jumlah_pengguna: 3, nama: SIM RS, nomor_registri: DAA-001, mendukung: [berobat]}
layanan: {berobat: {nama: Berobat, kode_referensi: RAL.01.25}}
""")


def test_what_came_and_went_is_told_with_its_links() -> None:
    found = difference(BEFORE.replace("  portal: {name: Portal", "  laman: {name: Laman"))
    assert (found.added, found.removed, found.links_added, found.links_removed) == (
        ("laman",),
        ("portal",),
        (LinkChange("laman", "supports", "berobat"),),
        (LinkChange("portal", "supports", "berobat"),),
    )


def test_fields_are_told_one_by_one() -> None:
    (changed,) = difference(BEFORE.replace("users: 3", "users: 4, version: '2'")).changed
    assert (changed.id, changed.fields) == (
        "simrs",
        (FieldChange("users", 3, 4), FieldChange("version", None, "2")),
    )


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("portal: {name: Portal,", "laman: {name: Laman, aliases: [portal],", "alias"),
        ("simrs: {name: SIM RS,", "sim-rsud: {name: SIM RSUD,", "registry"),
        ("portal: {name: Portal,", "laman: {name: Portal,", "content"),
    ],
)
def test_what_was_renamed_is_recognised(old: str, new: str, because: str) -> None:
    found = difference(BEFORE.replace(old, new))
    assert found.renamed == (Renamed(old.partition(":")[0], new.partition(":")[0], "applications", because),)
    assert (found.added, found.removed, found.links_added, found.links_removed) == ((), (), (), ())


def test_two_that_are_alike_are_not_taken_for_each_other() -> None:
    twins = BEFORE.replace(
        "  portal: {name: Portal,", "  satu: {name: Portal, supports: [berobat]}\n  dua: {name: Portal,"
    )
    assert difference(twins).renamed == ()


def test_a_link_to_what_was_renamed_is_the_same_link() -> None:
    after = BEFORE.replace("berobat: {", "berobat-jalan: {").replace("[berobat]", "[berobat-jalan]")
    assert difference(after).links_added == ()


def test_findings_that_came_and_went_are_told() -> None:
    found = difference(BEFORE.replace("supports: [berobat], users", "supports: [tiada], users"))
    assert "SPBE101" in [one.code for one in found.introduced]
    assert "SPBE101" in [one.code for one in compare(found.after, found.before, found.introduced, ()).resolved]


@settings(max_examples=40)
@given(st.data())
def test_there_and_back_is_the_contrary_and_it_is_all_the_same_what_the_states_share(data: st.DataObject) -> None:
    texts = clean_texts()
    lines = [
        (path, number) for path, text in texts.items() if path != "spbe.yaml" for number in range(len(text.split("\n")))
    ]
    path, number = data.draw(st.sampled_from(lines))
    cut = texts[path].split("\n")
    del cut[number]
    old = load_texts(list(texts.items()))
    new = load_texts([*((name, text) for name, text in texts.items() if name != path), (path, "\n".join(cut))])
    there, back = compare(old, new), compare(new, old)
    assert (there.added, there.links_added) == (back.removed, back.links_removed)
    sharing = compare(old, reread(old, {path: "\n".join(cut).encode()}))
    assert sharing == replace(there, after=sharing.after)


# --- revisions ---------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The clean model in a folder of a git repository, committed, and changed since then."""
    model = tmp_path / "arsitektur"
    write(model, clean_texts(), None)
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "satu")
    path = model / "aplikasi.yaml"
    path.write_text(path.read_text().replace("e-tagih:", "e-tagihan:"))
    return model


def test_a_state_at_a_revision_is_what_was_committed(repository: Path) -> None:
    texts = load_texts(list(clean_texts().items()))
    assert not compare(Reader(repository).at("HEAD"), texts)


def test_the_folder_as_it_is_differs_from_the_revision(repository: Path) -> None:
    reader = Reader(repository)
    assert [one.after for one in compare(reader.at("HEAD"), reader.now()).renamed] == ["e-tagihan"]


def test_a_finding_of_a_revision_is_told_with_its_place(repository: Path) -> None:
    result = run(repository, "diff", "HEAD", "--output-format", "json")
    resolved = json.loads(run(repository, "diff", ".", "HEAD", "--output-format", "json").stdout)["findings_resolved"]
    told = json.loads(result.stdout)["findings_introduced"]
    assert {(one["code"], one["line"] > 1) for one in told} == {("SPBE101", True)}
    assert resolved == told


@pytest.mark.parametrize("revision", ["tiada", "--upload-pack=x", "-h", "HEAD:..", "", "a b", "HEAD\n"])
def test_a_revision_that_does_not_exist_is_an_error(revision: str, repository: Path) -> None:
    with pytest.raises((RevisionError, ModelNotFoundError)):
        Reader(repository).at(revision + "^{tag}" if revision == "HEAD\n" else revision)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_to_a_file_of_the_model_is_that_file_at_a_revision_too(repository: Path) -> None:
    (repository / "lagi.yaml").symlink_to("tiada/../aplikasi.yaml")
    (repository / "sekali-lagi.yaml").symlink_to("lagi.yaml")
    (repository / "berputar.yaml").symlink_to("berputar.yaml")
    git(repository, "checkout", "--quiet", "--", "aplikasi.yaml")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "links")
    reader = Reader(repository)
    assert {"lagi.yaml", "sekali-lagi.yaml"} <= {file.path for file in reader.at("HEAD").members[0].files}
    assert "berputar.yaml" not in {file.path for file in reader.at("HEAD").members[0].files}


@pytest.mark.parametrize(("members", "is_read"), [("[]", True), ("[kecamatan]", False)])
def test_a_member_that_is_a_submodule_is_told_and_never_taken_for_one_that_came(
    members: str, is_read: bool, repository: Path
) -> None:
    manifest = repository / "spbe.yaml"
    manifest.write_text(f"{manifest.read_text()}members: {members}\n")
    git(repository.parent, "add", ".")
    git(repository.parent, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},arsitektur/kecamatan")
    git(repository.parent, "commit", "--quiet", "-m", "submodul")
    with nullcontext() if is_read else pytest.raises(RevisionError, match="kecamatan is a submodule of git"):
        Reader(repository).at("HEAD")


def test_a_folder_outside_of_git_has_no_revisions(tmp_path: Path) -> None:
    write(tmp_path, clean_texts(), None)
    with pytest.raises(RevisionError):
        Reader(tmp_path).at("HEAD")


@pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")
def test_nothing_that_the_repository_configures_is_run(repository: Path) -> None:
    trap = repository.parent / "jebakan.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{repository.parent}/dijalankan'\n")
    trap.chmod(0o755)
    (repository.parent / ".gitattributes").write_text("*.yaml diff=jahat filter=jahat\n")
    programs = "core.fsmonitor core.pager core.sshCommand core.editor credential.helper diff.external"
    for key in (*programs.split(), "diff.jahat.command", "diff.jahat.textconv", "filter.jahat.clean"):
        git(repository, "config", key, str(trap))
    hooks = repository.parent / "kait"
    hooks.mkdir()
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        (hooks / name).write_text(trap.read_text())
        (hooks / name).chmod(0o755)
    git(repository, "config", "core.hooksPath", str(hooks))
    (repository.parent / "dijalankan").unlink(missing_ok=True)
    assert run(repository, "diff", "HEAD").returncode == 1
    assert not (repository.parent / "dijalankan").exists()


@pytest.mark.skipif(os.name == "nt", reason="the trap is a shell script")
def test_a_git_in_the_current_folder_is_not_run(repository: Path) -> None:
    trap = repository / "git"
    trap.write_text(f"#!/bin/sh\ntouch '{repository.parent}/dijalankan'\n")
    trap.chmod(0o755)
    run(repository, "diff", "HEAD", environment={"PATH": f".:{repository}:{os.environ['PATH']}"})
    assert not (repository.parent / "dijalankan").exists()


def test_a_link_out_of_the_model_is_not_followed_at_a_revision(repository: Path) -> None:
    (repository / "luar.yaml").symlink_to("/etc/hostname")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "dua")
    assert "luar.yaml" not in Reader(repository).at("HEAD").texts


def test_a_picture_shows_what_is_linked_to_what_changed() -> None:
    view = difference_view(difference(BEFORE.replace("users: 3", "users: 4")), ())
    assert {node.id: node.kind for node in view.nodes} == {"simrs": "changed", "berobat": "kept"}
    assert [(edge.source, edge.target, edge.kind) for edge in view.edges] == [("simrs", "berobat", "kept")]


def test_a_picture_shows_what_was_linked_to_what_is_gone() -> None:
    view = difference_view(difference(BEFORE.replace("  portal: {name: Portal, supports: [berobat]}\n", "")), ())
    assert {node.id: node.kind for node in view.nodes} == {"portal": "removed", "berobat": "kept"}


def test_a_picture_of_the_change_is_drawn(repository: Path) -> None:
    run(repository, "diff", "HEAD", "--picture", "ubah.svg")
    picture = (repository / "ubah.svg").read_text(encoding="utf-8")
    assert ">e-tagihan<" in minidom.parseString(picture).toxml()  # noqa: S318 - our own


NAME = st.sampled_from(["a", "b", ".c", "spbe.yaml", "x.yaml", "y.YML", "z.txt", "d"])


@given(st.lists(st.lists(NAME, min_size=1, max_size=4).map("/".join), max_size=8), st.lists(NAME, max_size=2))
def test_the_files_among_paths_are_those_that_a_walk_finds(paths: list[str], exclude: list[str]) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = []
        for path in [*paths, "spbe.yaml"]:
            target = folder / path
            if any(parent.is_file() for parent in target.parents) or target.exists():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("")
            made.append(path)
        assert files_among(made, "", "spbe.yaml", exclude) == find_files(folder, "spbe.yaml", exclude)


def test_two_folders_can_be_compared(tmp_path: Path) -> None:
    for name, text in (("lama", BEFORE), ("baru", BEFORE.replace("users: 3", "users: 4"))):
        write(tmp_path / name, {"model.yaml": text}, MANIFEST)
    result = run(tmp_path, "diff", "lama", "baru")
    assert "~ application simrs (SIM RS): users '3' → '4'" in result.stdout
    assert load(tmp_path / "lama").applications["simrs"].users == 3
