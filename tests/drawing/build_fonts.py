"""Builds the font tables in spbe_arch/drawing/arimo from the Arimo that the pinned engine carries.

    python -m tests.drawing.build_fonts

The PNG printer draws with the font inside the `graphviz-pure` executable, so the widths are taken from that
very font: the variable Arimo 1.341 (SIL Open Font License 1.1, no reserved font name), the same bytes as in
the package `fontpkg-arimo` 1.341.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from spbe_arch.drawing.engine import executable

FOLDER = Path(__file__).parents[2] / "spbe_arch" / "drawing" / "arimo"
WEIGHTS = {"regular": 400, "bold": 700}
RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x218, 0x21B), (0x2010, 0x2015), (0x2018, 0x201E),
    (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A),
    (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2190, 0x2195), (0x2212, 0x2212), (0x2248, 0x2248),
    (0x2260, 0x2260), (0x2264, 0x2265), (0xFFFD, 0xFFFD),
)  # fmt: skip


class _Contours(BasePen):  # type: ignore[misc]
    """Collects a glyph as contours: a start, then segments of 2 numbers for a line or 4 for a curve."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.contours: list[list[list[int]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contours.append([[round(value) for value in point]])

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].append([round(value) for value in point])

    def _qCurveToOne(self, control: tuple[float, float], point: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].append([round(value) for value in (*control, *point)])


def tables() -> tuple[dict[str, Any], dict[str, Any]]:
    """Returns the widths and the outlines, both by weight, then by character."""
    font = _carved(executable().read_bytes())
    widths: dict[str, Any] = {}
    outlines: dict[str, Any] = {}
    for name, weight in WEIGHTS.items():
        instance = instantiateVariableFont(TTFont(io.BytesIO(font)), {"wght": weight})
        glyphs, names = instance.getGlyphSet(), instance.getBestCmap()
        widths[name], outlines[name] = {}, {}
        for code in (code for first, last in RANGES for code in range(first, last + 1) if code in names):
            pen = _Contours(glyphs)
            glyphs[names[code]].draw(pen)
            widths[name][chr(code)] = instance["hmtx"][names[code]][0]
            outlines[name][chr(code)] = pen.contours
    em = TTFont(io.BytesIO(font))["head"].unitsPerEm
    return {"em": em, **widths}, {"em": em, **outlines}


def _carved(data: bytes) -> bytes:
    """Returns the one TrueType font in the data that has a weight axis and is upright."""
    start = -1
    while (start := data.find(b"\0\1\0\0", start + 1)) >= 0:
        count = struct.unpack_from(">H", data, start + 4)[0]
        if not 10 < count < 40:
            continue
        records = [struct.unpack_from(">4sIII", data, start + 12 + 16 * index) for index in range(count)]
        if {b"fvar", b"glyf", b"name"} <= {tag for tag, *_ in records}:
            font = data[start : start + max(offset + length for _, _, offset, length in records)]
            if TTFont(io.BytesIO(font))["post"].italicAngle == 0:
                return font
    raise LookupError("the engine carries no variable font")


def main() -> None:
    """Writes both tables, the same bytes each time."""
    widths, outlines = tables()
    (FOLDER / "widths.json").write_bytes(_compact(widths))
    (FOLDER / "outlines.json.gz").write_bytes(gzip.compress(_compact(outlines), 9, mtime=0))


def _compact(table: dict[str, Any]) -> bytes:
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


if __name__ == "__main__":
    main()
