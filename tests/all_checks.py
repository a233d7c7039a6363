"""Every check of the project, one after the other: what runs before a commit is what runs in CI.

    python tests/all_checks.py

Each shows its output as it comes and has a line at the end; the exit code is 1 if one failed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

CHECKS = {
    # As many workers as there are processors; each begins with tests that stand together, and so share what they made.
    "tests": ("-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"),
    "types": ("-m", "mypy"),
    "lint": ("-m", "ruff", "check"),
    "layout": ("-m", "ruff", "format", "--check"),
    # UTF-8 mode, because the pipes of a Windows console would refuse the frame around its title.
    "import contracts": (
        "-X",
        "utf8",
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ),
}
"""What to give this Python, so that a check needs no command on the path."""


def passes(name: str, arguments: tuple[str, ...]) -> bool:
    print(f"\n== {name}", flush=True)
    root = Path(__file__).parents[1]
    return subprocess.run([sys.executable, *arguments], cwd=root, check=False).returncode == 0


def main() -> int:
    lines: list[str] = []
    failed = 0
    for name, arguments in CHECKS.items():
        began = time.monotonic()
        passed = passes(name, arguments)
        failed += not passed
        lines.append(f"{'passed' if passed else 'FAILED'}  {name} ({time.monotonic() - began:.1f} s)")
    print("", *lines, f"checks: {len(CHECKS) - failed} passed, {failed} failed", sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
