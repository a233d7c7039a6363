"""Edits that a person makes to a model, as functions from files to files; some leave it sound, most do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Files", "edits"]

Files = dict[str, str]
"""Texts by path."""


@st.composite
def edits(draw: st.DrawFn, files: Files, sound: Files) -> Files:
    """The files after one edit.

    Args:
        draw: hypothesis hands it over.
        files: as they are.
        sound: as they were before all edits.
    """
    path = draw(st.sampled_from(sorted(set(files) - {"spbe.yaml"}) or ["spbe.yaml"]))
    edit: Callable[[st.DrawFn, Files, str], Files] = draw(st.sampled_from(_EDITS))
    if draw(st.integers(0, 5)) == 0:
        return {**files, **{one: sound[one] for one in sound if one == path or one not in files}}
    return edit(draw, dict(files), path) if path in files else dict(sound)


def _value_changed(draw: st.DrawFn, files: Files, path: str) -> Files:
    """A field takes the value that a field of this name has elsewhere; ids and states wander so."""
    lines = files[path].split("\n")
    number = draw(st.sampled_from(range(len(lines))))
    name, colon, _ = lines[number].partition(": ")
    others = re.findall(rf"^{re.escape(name)}: (.*)$", "\n".join(files.values()), re.MULTILINE)
    if colon and others:
        lines[number] = f"{name}: {draw(st.sampled_from(sorted(set(others))))}"
    return {**files, path: "\n".join(lines)}


def _link_changed(draw: st.DrawFn, files: Files, path: str) -> Files:
    """Some id is replaced by another, or by one that there is not, wherever it stands in one file."""
    ids = sorted(set(re.findall(r"^  ([a-z][a-z0-9-]+):", "\n".join(files.values()), re.MULTILINE)))
    here = [id for id in ids if id in files[path]]
    if not here:
        return files
    old = draw(st.sampled_from(here))
    new = draw(st.sampled_from([*ids, "tiada", "prov-lain/sesuatu"]))
    return {**files, path: re.sub(rf"\b{old}\b", new, files[path], count=draw(st.integers(0, 2)))}


def _line_gone(draw: st.DrawFn, files: Files, path: str) -> Files:
    lines = files[path].split("\n")
    del lines[draw(st.sampled_from(range(len(lines))))]
    return {**files, path: "\n".join(lines)}


def _line_added(draw: st.DrawFn, files: Files, path: str) -> Files:
    lines = files[path].split("\n")
    added = draw(
        st.sampled_from(["", "# catatan", "    status: retired", "    aliases: [lama]", "  baru:", "    x: 1"])
    )
    lines.insert(draw(st.sampled_from(range(len(lines)))), added)
    return {**files, path: "\n".join(lines)}


def _element_gone(draw: st.DrawFn, files: Files, path: str) -> Files:
    blocks = _blocks(files[path])
    if len(blocks) > 1:
        del blocks[draw(st.sampled_from(range(1, len(blocks))))]
    return {**files, path: "".join(blocks)}


def _elements_swapped(draw: st.DrawFn, files: Files, path: str) -> Files:
    blocks = _blocks(files[path])
    if len(blocks) > 2:
        one, other = (draw(st.sampled_from(range(1, len(blocks)))) for _ in range(2))
        blocks[one], blocks[other] = blocks[other], blocks[one]
    return {**files, path: "".join(blocks)}


def _blocks(text: str) -> list[str]:
    """What stands before the first element, and each element with what is behind it."""
    return re.split(r"^(?=  [a-z][a-z0-9-]+:$)", text, flags=re.MULTILINE)


def _file_gone(draw: st.DrawFn, files: Files, path: str) -> Files:
    return {one: text for one, text in files.items() if one != path}


def _file_moved(draw: st.DrawFn, files: Files, path: str) -> Files:
    moved = draw(st.sampled_from(["a.yaml", "zz.yaml", "bagian/x.yaml"]))
    return {(moved if one == path else one): text for one, text in files.items()}


def _file_copied(draw: st.DrawFn, files: Files, path: str) -> Files:
    return {**files, draw(st.sampled_from(["0.yaml", "salinan.yaml"])): files[path]}


def _file_cut_off(draw: st.DrawFn, files: Files, path: str) -> Files:
    return {**files, path: files[path][: draw(st.integers(0, len(files[path])))]}


def _manifest_changed(draw: st.DrawFn, files: Files, path: str) -> Files:
    old, new = draw(
        st.sampled_from(
            [
                ("period: 2025-2029", "period: 2020-2024"),
                ("as_of: 2026-11-01", "as_of: 2031-01-01"),
                ("agency: kab-contoh", "agency: kab-lain"),
                ("name: Pemerintah", "name: Pemda"),
                ("check:\n", "check:\n  ignore: [SPBE5]\n"),
                ("check:\n", "check:\n  parameters: {SPBE505: {likeness: 60}}\n"),
                ("language: id\n", "language: id\nexclude: [data.yaml]\n"),
            ]
        )
    )
    return {**files, "spbe.yaml": files["spbe.yaml"].replace(old, new)}


def _unit_renamed(draw: st.DrawFn, files: Files, path: str) -> Files:
    """A unit takes a name by which others may call it, instead of its id."""
    name = draw(st.sampled_from(["Setda", "Bapenda", "Diskominfo", "Unit Baru"]))
    count = draw(st.integers(0, 3))
    units = {
        one: re.sub(r"(singkatan): \w+", rf"\1: {name}", text, count=count)
        for one, text in files.items()
        if one.startswith("unit-kerja")
    }
    edited = {**files, **units}
    return {**edited, path: re.sub(r"(owner|pemilik): [a-z-]+", rf"\1: {name}", edited[path], count=1)}


_EDITS = (
    _value_changed,
    _value_changed,
    _link_changed,
    _link_changed,
    _line_gone,
    _line_added,
    _element_gone,
    _elements_swapped,
    _file_gone,
    _file_moved,
    _file_copied,
    _file_cut_off,
    _manifest_changed,
    _unit_renamed,
)
