"""Pictures of networks: whom they connect, by name as far as there is room."""

from __future__ import annotations

from dataclasses import replace

from spbe_arch.drawing import draw
from tests.drawing import checks, samples


def test_whom_a_network_connects_is_named_and_not_listed_again() -> None:
    view = samples.network(1, 0, 3)
    named = (
        node._replace(name=f"Dinas {node.id}") for node in view.nodes if node.id != "u0"
    )  # u0 is connected to none
    view = replace(view, nodes=tuple(named))
    (sheet,) = draw(view)
    said = {line.content for line in checks.texts(sheet)}
    assert {node.name for node in view.nodes if node.id in sheet.folded} <= said


def test_of_more_than_have_room_the_rest_is_counted_and_all_are_listed() -> None:
    first, *lists = draw(samples.network(1, 0, 60))
    assert any(line.content.startswith("+ ") for line in checks.texts(first))
    assert set(first.folded) == {id for sheet in lists for id in sheet.drawn}
