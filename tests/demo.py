"""`make demo`: check the shipped model, draw it into build/, and say what to look at and what to type next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
    command = Path(sys.executable).parent.relative_to(ROOT) / "spbe"
    pictures = sorted((ROOT / PICTURES).glob("*.svg"))
    sys.stdout.write(
        "\n"
        f"The model {MODEL} has {'errors' if checked else 'no errors'}; its warnings are listed in\n"
        f"{MODEL}/README.md with their reasons. Its pictures, as SVG for pages and PNG for documents:\n"
        + "".join(f"  {picture.relative_to(ROOT).as_posix()}\n" for picture in pictures)
        + "Next:\n"
        f"  {command.as_posix()} explain SPBE501\n"
        f"  {command.as_posix()} render {MODEL} -o build --view chain:perizinan-usaha\n"
        f"  change a line in {MODEL}/layanan.yaml, then {command.as_posix()} check {MODEL}\n"
    )
    return 0 if checked == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
