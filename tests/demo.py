"""`make demo`: check the shipped model, draw it into build/, and say what to look at and what to type next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from spbe_arch import check, load

ROOT = Path(__file__).parents[1]
MODEL = "models/kab-bekasi"
PICTURES = "build/kab-bekasi"


def spbe(*arguments: str) -> int:
    """Run the command as a user would, from the root of the repository."""
    return subprocess.run([sys.executable, "-m", "spbe_arch", *arguments], cwd=ROOT, check=False).returncode


def main() -> int:
    checked = spbe("check", MODEL)
    drawn = spbe("render", MODEL, "-o", PICTURES)
    if checked > 1 or drawn:
        return checked or drawn
    scripts = Path(sys.executable).parent
    command = (scripts.relative_to(ROOT) / "spbe").as_posix() if scripts.is_relative_to(ROOT) else "spbe"
    sheets = sorted(path.name for path in (ROOT / PICTURES).glob("*.svg"))
    first = [name for name in sheets if "~" not in name]
    summary = check(load(ROOT / MODEL)).summary
    lines = [
        "",
        f"Found in {MODEL}: {summary.errors} errors, {summary.warnings} warnings, {summary.notes} notes, on purpose;",
        f"{MODEL}/README.md says why each is there.",
        f"Drawn into {PICTURES}, as SVG for pages and PNG for documents; {len(sheets) - len(first)} further sheets:",
        *(f"  {PICTURES}/{name}" for name in first),
        "Next:",
        f"  {command} explain SPBE501",
        f"  {command} render {MODEL} -o build --view impact:bebunge",
        f"  change a line in {MODEL}/layanan.yaml, then {command} check {MODEL}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if checked == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
