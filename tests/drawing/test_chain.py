"""Pictures of service chains: where lines point, what is folded, the security wall, the way without lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spbe_arch.drawing import draw, engine
from spbe_arch.drawing.net import Slot, laid_out
from spbe_arch.drawing.shapes import Box, Open
from spbe_arch.errors import DrawingError
from spbe_arch.views.view import Edge, Node, View
from tests.drawing import checks, samples


def words(view: View) -> list[str]:
    sheet, *_ = draw(view)
    return [line.content for line in checks.texts(sheet)]


def arrows(view: View) -> list[str]:
    sheet, *_ = draw(view)
    return [shape.title for shape in sheet.shapes if isinstance(shape, Open) and shape.kind == "part"]


LAYERS = {
    "processes": "business", "services": "services", "data": "data", "applications": "application",
    "exchanges": "application", "servers": "infrastructure", "facilities": "infrastructure",
    "storages": "infrastructure", "intranets": "infrastructure", "integration_platforms": "infrastructure",
    "databases": "infrastructure",
}  # fmt: skip


def pair(source: str, field: str, target: str, *more: Edge) -> View:
    """A chain of two elements with one link; each is named by its section."""
    made = tuple(Node(f"{section}-id", section, LAYERS[section], section) for section in (source, target))
    edge = Edge(f"{source}-id", f"{target}-id", field, "association")
    return replace(samples.chain(), nodes=made, edges=(edge, *more))


@pytest.mark.parametrize(
    ("source", "field", "target", "arrow"),
    [
        ("services", "processes", "processes", "processes → services: menetapkan layanan"),
        ("services", "data", "data", "data → services: aliran data"),
        ("data", "processes", "processes", "processes → data: menghasilkan data"),
        ("applications", "supports", "services", "applications → services: mendukung"),
        ("applications", "reads", "data", "data → applications: aliran data"),
        ("applications", "writes", "data", "applications → data: aliran data"),
        ("applications", "runs_on", "servers", "applications → servers: berjalan pada"),
        ("applications", "networks", "intranets", "applications → intranets: memakai SPL/JIP"),
        (
            "integration_platforms",
            "connects",
            "applications",
            "applications → integration_platforms: memakai SPL/JIP",
        ),
        ("servers", "facility", "facilities", "servers → facilities: berada di"),
        ("servers", "software", "databases", "databases → servers: berada di"),
        ("storages", "stores", "data", "data → storages: aliran data"),
        ("exchanges", "provider", "applications", "applications → exchanges: pertukaran langsung"),
        ("services", "related", "data", "services → data: tautan"),
    ],
)
def test_a_line_points_where_its_relationship_does(source: str, field: str, target: str, arrow: str) -> None:
    assert arrows(pair(source, field, target)) == [arrow]


def test_reading_and_writing_is_one_line_with_two_heads() -> None:
    writes = Edge("applications-id", "data-id", "writes", "access")
    assert arrows(pair("applications", "reads", "data", writes)) == ["data ↔ applications: aliran data"]


def test_an_exchange_through_the_bus_is_not_point_to_point() -> None:
    view = pair("exchanges", "provider", "applications")
    bus = Node("spl", "integration_platforms", "infrastructure", "SPL")
    view = replace(view, nodes=(*view.nodes, bus), edges=(*view.edges, Edge("exchanges-id", "spl", "via", "serving")))
    assert "applications → exchanges: pertukaran lewat SPL" in arrows(view)


def test_a_successor_is_pointed_at() -> None:
    old, new = (Node(name, "applications", "application", name) for name in ("lama", "baru"))
    view = replace(samples.chain(), nodes=(old, new), edges=(Edge("baru", "lama", "replaces", "association"),))
    assert arrows(view) == ["lama → baru: digantikan oleh"]


def test_links_to_nowhere_and_to_itself_are_no_lines() -> None:
    edges = (Edge("bebunge", "tiada", "reads", ""), Edge("bebunge", "bebunge", "reads", ""))
    assert arrows(replace(samples.chain(), edges=edges)) == []


def test_lines_begin_and_end_at_their_cards() -> None:
    rows = [[Slot("a", 100, 30), Slot("b", 100, 50)], [Slot("c", 100, 40)], [Slot("d", 100, 30)]]
    links = [("a", "c"), ("d", "b"), ("c", "d"), ("a", "b")]
    net = laid_out(rows, links, Box(10, 10, 400, 400))
    assert net
    ends = [(curve[0], net.boxes[source]) for (source, _), curve in zip(links, net.curves, strict=True)]
    ends += [(curve[-1], net.boxes[target]) for (_, target), curve in zip(links, net.curves, strict=True)]
    assert max(_gap(point, box) for point, box in ends) < 1.0


def _gap(point: tuple[float, float], box: Box) -> float:
    """How far a point is from the edge of a box, inside or outside."""
    x = max(box.x - point[0], point[0] - box.right)
    y = max(box.y - point[1], point[1] - box.bottom)
    return abs(max(x, y))


def test_security_is_numbered_and_its_numbers_stand_on_what_it_secures() -> None:
    wall_and_secured = ["iso27001", "d001", "d007", "bebunge", "srv-app1", "awan"]
    assert words(samples.chain()).count("K3") == len(wall_and_secured)


def test_both_ends_of_a_security_link_mean_the_same() -> None:
    view = samples.chain()
    turned = tuple(
        Edge(edge.target, edge.source, "secured_by", edge.relationship) if edge.field == "secures" else edge
        for edge in view.edges
    )
    assert draw(replace(view, edges=turned)) == draw(view)


def test_a_layer_without_elements_shows_as_an_empty_place() -> None:
    view = samples.chain()
    without = tuple(node for node in view.nodes if node.layer not in {"data", "security"})
    assert words(replace(view, nodes=without)).count("belum ada") == 2


def test_infrastructure_is_folded_by_type_first() -> None:
    assert {"3 server", "2 fasilitas komputasi"} <= set(words(samples.large_chain(56, 1)))


def test_what_is_in_focus_is_never_folded() -> None:
    view = samples.large_chain(400)
    focus = next(node for node in view.nodes if node.layer == "services")
    made = tuple(node._replace(focus=node is focus) for node in view.nodes)
    sheet, *_ = draw(replace(view, nodes=made))
    assert focus.id in sheet.drawn


def test_without_an_engine_the_cards_are_drawn_and_the_sheet_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(graph: str, *options: str, seconds: float = 5.0) -> bytes:
        raise DrawingError("the layout engine did not answer within 5 s")

    monkeypatch.setattr(engine, "run", fail)
    assert "22 tautan tanpa garis: mesin tata letak gagal" in words(samples.chain())


def test_an_engine_that_talks_nonsense_is_an_engine_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "run", lambda *_args, **_options: b'{"bb": "0,0,1,1", "objects": []}')
    assert any("mesin tata letak gagal" in word for word in words(samples.chain()))


def test_too_many_lines_are_not_drawn_and_the_sheet_says_so() -> None:
    left = tuple(Node(f"a{index}", "applications", "application", "A", focus=True) for index in range(9))
    right = tuple(Node(f"d{index}", "data", "data", "D", focus=True) for index in range(9))
    edges = tuple(Edge(one.id, other.id, "reads", "access") for one in left for other in right)
    some = replace(samples.chain(), nodes=left + right, edges=edges)
    assert any("tanpa garis" in word or "dilipat" in word for word in words(some))
