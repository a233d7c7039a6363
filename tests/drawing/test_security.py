"""Pictures of what is secured by what."""

from __future__ import annotations

from spbe_arch.drawing import draw
from tests.drawing import checks, samples


def words(assets: int) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.security(assets))[0])]


def test_the_foot_says_how_many_are_secured() -> None:
    assert any(word.endswith("dari 60 diamankan dengan suatu cara") for word in words(60))


def test_a_layer_says_how_many_of_its_elements_are_secured() -> None:
    assert sum(word.endswith(" diamankan") for word in words(60)) == 3


def test_the_legend_explains_the_gap() -> None:
    assert "belum ada" in words(60)


def test_rows_beyond_the_page_stand_on_further_sheets() -> None:
    drawn = [id for sheet in draw(samples.security(600)) for id in sheet.drawn]
    assert len(drawn) == len(set(drawn)) == 600
