"""Write everything that is generated from the code and committed: `python -m tests.refresh`.

Tests compare these files with what the code makes of them today, and name this command when they differ.
"""

from __future__ import annotations

from pathlib import Path

from tests import texts

ROOT = Path(__file__).parents[1]


def generated() -> dict[Path, bytes]:
    """Every generated file with the bytes it should hold."""
    return {**texts.files()}


def stale() -> list[str]:
    """The paths of the files that are missing or hold something else."""
    return [
        path.relative_to(ROOT).as_posix()
        for path, data in generated().items()
        if not path.is_file() or path.read_bytes() != data
    ]


def main() -> None:
    for path, data in generated().items():
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            print(path.relative_to(ROOT).as_posix())


if __name__ == "__main__":
    main()
