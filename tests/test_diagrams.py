from __future__ import annotations

from tests import pictures


def test_the_committed_pictures_are_what_is_drawn_today() -> None:
    drawn = pictures.files()
    stale = [path.name for path, data in drawn.items() if not path.is_file() or path.read_bytes() != data]
    assert stale == [], "the pictures have changed: look at them after `make diagrams`"


def test_no_picture_is_left_over() -> None:
    assert sorted(pictures.FOLDER.iterdir()) == sorted(pictures.files())
