"""Pictures of a context, of a flow and of networks."""

from __future__ import annotations

from dataclasses import replace

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open
from spbe_arch.views.view import Group, View
from tests.drawing import checks, samples


def words(view: View, sheet: int = 0) -> list[str]:
    return [line.content for line in checks.texts(draw(view)[sheet])]


def titles(view: View) -> list[str]:
    return [shape.title for shape in draw(view)[0].shapes if isinstance(shape, Open)]


def test_columns_say_on_which_side_they_are_and_how_far() -> None:
    assert {"Asal · 1 (8)", "Fokus (1)", "Tujuan · 1 (7)", "Tujuan · 2 (5)"} <= set(words(samples.context(8, 7, 5)))


def test_lines_run_as_the_relationship_does() -> None:
    view = samples.context(0, 1)
    supports = replace(view, edges=(view.edges[0]._replace(source=view.nodes[1].id, target=view.nodes[0].id),))
    assert any(f"{view.nodes[1].name} → {view.nodes[0].name}" in title for title in titles(supports))


def test_links_of_which_there_are_no_others_are_not_called_others() -> None:
    view = samples.context(0, 2)
    plain = replace(view, edges=tuple(edge._replace(field="unknown") for edge in view.edges))
    assert "tautan" in words(plain)
    assert "tautan lain" not in words(plain)


def test_what_is_folded_is_listed_on_further_sheets() -> None:
    first, *names = draw(samples.context(90, 40))
    assert {id for sheet in names for id in sheet.drawn} == set(first.folded)


def test_the_outermost_of_many_columns_are_one() -> None:
    view = samples.context(12, 12)
    ids = [node.id for node in view.nodes]
    groups = tuple(
        Group(str(n), "", (id,)) for n, id in zip(range(-12, 13), [*ids[1:13], ids[0], *ids[13:]], strict=True)
    )
    shown = words(replace(view, groups=groups))
    assert any(word.startswith("Asal · 12 – Asal") for word in shown)
    assert any(word.startswith("Tujuan · ") and "12" in word for word in shown)


def test_a_flow_names_its_columns() -> None:
    assert {"Yields (8)", "Data (9)", "Uses (8)"} <= set(words(samples.flow(9, 8)))


def flow_with_exchange(kind: str) -> View:
    """A flow in which an exchange hands something to an application."""
    view = samples.flow(1, 1)
    node = view.nodes[0]._replace(id="x", section="exchanges", layer="application", kind=kind)
    edge = view.edges[0]._replace(source="x", target="reads0", field="consumer")
    groups = (*view.groups, Group("more", "more", ("x",)))
    return replace(view, nodes=(*view.nodes, node), edges=(*view.edges, edge), groups=groups)


def test_a_flow_leaves_lines_over_the_bus_to_the_picture_of_integration() -> None:
    shown = words(flow_with_exchange("through"))
    assert "pertukaran lewat SPL" not in shown
    assert "1 tautan lewat SPL tanpa garis: lihat integrasi" in shown


def test_a_flow_keeps_what_goes_past_the_bus() -> None:
    assert "pertukaran langsung" in words(flow_with_exchange("direct"))


def test_an_exchange_over_the_bus_is_not_red() -> None:
    view = samples.context(1, 0)
    exchange = view.nodes[1]._replace(section="exchanges", layer="application", kind="through")
    shown = words(replace(view, nodes=(view.nodes[0], exchange), edges=(view.edges[0]._replace(field="consumer"),)))
    assert "pertukaran lewat SPL" in shown


def test_a_context_with_few_elements_fills_its_page() -> None:
    sheet = draw(samples.context(8, 7))[0]
    boxes = checks.cards(sheet)
    assert max(box.right for box in boxes) - min(box.left for box in boxes) > 0.8 * sheet.width


def test_a_trunk_carries_its_medium_and_bandwidth() -> None:
    assert "serat optik · 10 Gbps" in words(samples.network(4, 2, 3))


def test_a_layer_without_networks_is_there() -> None:
    assert {"Access", "Internet", "Other"} <= set(words(samples.network(1)))


def test_devices_without_a_network_stand_on_their_layer() -> None:
    assert "Tanpa jaringan" in words(samples.network(4, 2))


def test_units_that_a_network_connects_are_counted() -> None:
    assert "Terhubung: 2" in words(samples.network(1, 1, 3))
