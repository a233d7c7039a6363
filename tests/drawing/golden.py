"""Three pictures of a small model, whole: what a change of the drawing does to them can be read in review."""

from __future__ import annotations

from pathlib import Path

from spbe_arch import check, load_texts
from spbe_arch.drawing import draw, to_svg
from spbe_arch.views import make_view
from tests.views.shared import MANIFEST

GOLDEN = Path(__file__).with_name("golden")
MODEL = """
units:
  dpmptsp: {name: Dinas Perizinan}
processes:
  penerbitan-izin: {name: Penerbitan izin, owner: dpmptsp}
services:
  izin-usaha: {name: Izin Usaha, owner: dpmptsp, processes: [penerbitan-izin]}
data:
  data-izin: {name: Data Izin, owner: dpmptsp, processes: [penerbitan-izin]}
applications:
  sim-izin:
    name: Sistem Informasi Perizinan
    owner: dpmptsp
    supports: [izin-usaha]
    reads: [data-izin]
    writes: [data-izin]
    runs_on: [server-1]
  portal:
    name: Portal <Izin> & "Usaha"
    owner: dpmptsp
    status: new
    supports: [izin-usaha]
    reads: [data-izin]
servers:
  server-1: {name: Server Aplikasi}
"""
REQUESTS = {"chain": "chain:izin-usaha", "landscape": "landscape", "matrix": "matrix:applications-data"}
"""One with lines, one of boxes and one of cells."""


def drawn(name: str) -> str:
    """The first sheet of a view as SVG."""
    architecture = load_texts([("spbe.yaml", MANIFEST), ("model.yaml", MODEL)])
    return to_svg(draw(make_view(architecture, REQUESTS[name], check(architecture)))[0])


def golden() -> dict[Path, bytes]:
    """What the golden files should hold."""
    return {GOLDEN / f"{name}.svg": drawn(name).encode() for name in REQUESTS}
