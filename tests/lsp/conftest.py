"""The clean model as a folder."""

from pathlib import Path

import pytest

from tests.patching import clean_texts


@pytest.fixture(scope="package")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean model; nobody writes into it."""
    folder = tmp_path_factory.mktemp("clean")
    for path, text in clean_texts().items():
        (folder / path).write_text(text, encoding="utf-8", newline="")
    return folder
