"""Write everything that is generated from the code and committed: `python -m tests.refresh`.

Tests compare these files with what the code makes of them today, and name this command when they differ.
"""

from __future__ import annotations

from pathlib import Path

from spbe_arch import messages
from spbe_arch.pages import index_as_markdown
from tests import reference, texts
from tests.drawing.golden import golden as pictures
from tests.formats import shared
from tests.views.golden import golden
from tests.views.page import page as page_of_views

ROOT = Path(__file__).parents[1]
COMMAND = "python -m tests.refresh"


def index() -> dict[Path, bytes]:
    """The index of the rules."""
    return {ROOT / "spbe_arch" / "rules" / "README.md": index_as_markdown().encode()}


def page() -> dict[Path, bytes]:
    """The reference of the API."""
    return {ROOT / "spbe_arch" / "api.md": reference.as_markdown().encode()}


STEPS = (texts.files, index, page, page_of_views, shared.golden, golden, pictures)
"""What makes the files, with their bytes by path; a later step may read what an earlier one has written."""


def stale() -> list[str]:
    """The paths of the files that are missing or hold something else."""
    made = {path: data for step in STEPS for path, data in step().items()}
    return [path.relative_to(ROOT).as_posix() for path, data in made.items() if _differs(path, data)]


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data


def main() -> None:
    for step in STEPS:
        for path, data in step().items():
            if _differs(path, data):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                print(path.relative_to(ROOT).as_posix())
        messages.compiled.cache_clear()
    blank = sorted(set(texts.texts()) - set(texts.translations()))
    for text in blank:
        print(f"not translated yet: {text}")


if __name__ == "__main__":
    main()
