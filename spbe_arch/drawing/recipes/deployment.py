"""The viewpoint "deployment": boxes in boxes: facility or cloud, server or storage, applications or data."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import text
from spbe_arch.drawing.canvas import BY_LETTER, LETTER
from spbe_arch.drawing.chips import Listed, chip_height, chip_texts, listed_pages
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to, upright
from spbe_arch.drawing.palette import INK, MUTED, PAPER, RULE, Colours
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("07 Penempatan", "07 Deployment")

_HOSTS = ("servers", "storages")
_DEVICES = ("network_devices", "security_devices", "peripherals")
_GAP = 6.0
_PAD = 5.0
_INNER = 3.0
_CHIP_GAP = 2.5
_NARROW = 70.0
"""A chip that is narrower has a row of its own."""
_ROW = 24.0
"""Of the bar of networks, how high a row of names in one line is."""


class _Attempt(NamedTuple):
    """How large the page is and how much each box shows."""

    size: tuple[float, float]
    columns: int
    rows: int
    """The most rows of chips in a box."""
    hosts: int
    """The most boxes in a place."""
    places: int
    names: float = 7.0
    """Their size."""
    lines: int = 4
    """The most lines of one."""


_ALL = 10**6
_PAPERS = ((A4, 4), (upright(A4), 3), (A4, 5), (upright(A4), 4), (A4, 6))
_ATTEMPTS = (  # names are not cut for A4: a page on which they cannot be read is no use on any paper
    *(_Attempt(*paper, _ALL, _ALL, _ALL) for paper in _PAPERS),
    *(_Attempt(*paper, _ALL, _ALL, _ALL, names=6.5) for paper in _PAPERS),
    *(_Attempt(A3, columns, _ALL, _ALL, _ALL, names=8.0) for columns in (4, 5)),
    _Attempt(A3, 5, _ALL, _ALL, _ALL),
    _Attempt(A3, 6, _ALL, _ALL, _ALL),
    *(_Attempt(A3, 6, rows, _ALL, 24) for rows in (12, 8, 5, 3, 2, 1)),
    *(
        _Attempt(A3, 6, 1, hosts, places)
        for hosts, places in (
            (64, 24),
            (48, 20),
            (36, 18),
            (28, 16),
            (20, 16),
            (12, 12),
            (8, 10),
            (5, 8),
            (3, 8),
            (2, 6),
        )
    ),
    _Attempt(A3, 6, 1, 1, 5),
)


@dataclass(frozen=True, slots=True)
class _Host:
    """A box with chips: a server, storage, or a heading without an element."""

    title: str
    node: Node | None
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class _Place:
    """A facility, a cloud, or a heading without an element."""

    title: str
    node: Node | None
    hosts: Sequence[_Host]

    @property
    def all(self) -> Iterator[Node]:
        """Everything in it, once or several times."""
        for host in self.hosts:
            yield from ([host.node] if host.node else [])
            yield from host.nodes


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of a deployment, and lists of what is folded on it."""
    page = Page(view, HEADING)
    places, networks = _places(view, page.words)
    for attempt in _ATTEMPTS:
        if _least_height(places, attempt) > attempt.size[1] and attempt is not _ATTEMPTS[-1]:
            continue
        page = first_that_fits(partial(_drawn, view, places, networks, attempt))
        if page.fits:
            break
    hidden = set(page.folded)
    listed = []
    for place in places:
        some = [node for node in ([place.node] if place.node else []) if node.id in hidden]
        some += [node for node in place.all if node.id in hidden]
        hidden -= {node.id for node in some}
        if some:
            listed.append(Listed(place.title, list(dict.fromkeys(some))))
    rest = [node for node in networks if node.id in hidden]
    if rest:
        listed.append(Listed(page.words["networks"], rest))
    names = listed_pages(view, HEADING, listed, first=2)
    return tuple(one.finish(1 + len(names)) for one in (page, *names))


def _least_height(places: Sequence[_Place], attempt: _Attempt) -> float:
    """What the boxes take at least, if the columns were filled evenly: saves trying what cannot fit."""
    shown = places[: attempt.places]
    chips = sum(min(-(-len(host.nodes) // 2), attempt.rows) for place in shown for host in place.hosts[: attempt.hosts])
    boxes = sum(min(len(place.hosts), attempt.hosts) for place in shown)
    return (30.0 * len(shown) + 15.0 * boxes + 15.0 * chips) / attempt.columns


# What is where


def _places(view: View, words: Words) -> tuple[list[_Place], list[Node]]:
    """The places, the one with most in it first, those without an element last; and the networks."""
    known = {node.id: node for node in view.nodes}
    inside: dict[str, list[Node]] = defaultdict(list)
    placed: set[str] = set()
    for edge in view.edges:
        source, target = known.get(edge.source), known.get(edge.target)
        if source is None or target is None or source is target:
            continue
        if edge.field == "stores":
            inside[source.id].append(target)
            placed.add(target.id)
        elif edge.field in {"facility", "runs_on"}:
            inside[target.id].append(source)
            placed.add(source.id)
    for edge in view.edges:  # an application that runs on no server stands in its facility
        source = known.get(edge.source)
        if edge.field == "main_facility" and source and edge.target in known and source.id not in placed:
            inside[edge.target].append(source)
    placed |= {node.id for nodes in inside.values() for node in nodes}
    found = [_place(node, inside, words) for node in view.nodes if node.section in {"facilities", "clouds"}]
    found.sort(key=lambda place: -len(list(place.all)))
    loose = [node for node in view.nodes if node.section in {*_HOSTS, *_DEVICES} and node.id not in placed]
    if loose:
        found.append(_Place(words["without facility"], None, _hosts(loose, inside, words)))
    networks = [node for node in view.nodes if node.section == "intranets"]
    seen = {node.id for place in found for node in place.all} | {node.id for node in networks}
    seen |= {place.node.id for place in found if place.node}
    rest = [node for node in view.nodes if node.id not in seen]
    if rest:
        found.append(_Place(words["without place"], None, [_Host("", None, rest)]))
    return found, networks


def _place(node: Node, inside: Mapping[str, Sequence[Node]], words: Words) -> _Place:
    return _Place(text.clean(node.name) or node.id, node, _hosts(inside.get(node.id, ()), inside, words))


def _hosts(nodes: Sequence[Node], inside: Mapping[str, Sequence[Node]], words: Words) -> list[_Host]:
    """The boxes for what stands in a place: servers and storage, devices together, then what runs there directly."""
    hosts = [
        _Host(text.clean(node.name) or node.id, node, _once(inside.get(node.id, ())))
        for node in nodes
        if node.section in _HOSTS
    ]
    hosts.sort(key=lambda host: -len(host.nodes))
    directly = _once([node for node in nodes if node.section not in {*_HOSTS, *_DEVICES, "facilities", "clouds"}])
    devices = _once([node for node in nodes if node.section in _DEVICES])
    if directly:
        hosts.append(_Host(words["without server"] if hosts else "", None, directly))
    if devices:
        hosts.append(_Host(words["devices"], None, devices))
    return hosts


def _once(nodes: Sequence[Node]) -> list[Node]:
    return list({node.id: node for node in nodes}.values())


# Sizes


@dataclass(frozen=True, slots=True)
class _Sized:
    """A box as it will be drawn."""

    host: _Host
    title: tuple[str, ...]
    facts: tuple[str, ...]
    lines: Sequence[tuple[Node, tuple[str, ...]]]
    names: float
    """The size of the names in chips."""
    rows: Sequence[float]
    """The heights of the rows of chips."""
    rest: Sequence[Node]
    height: float


@dataclass(frozen=True, slots=True)
class _Block:
    """A place as it will be drawn: columns of boxes."""

    place: _Place
    title: tuple[str, ...]
    facts: tuple[str, ...]
    columns: Sequence[Sequence[_Sized]]
    rest: Sequence[_Host]
    head: float
    height: float


def _sized(host: _Host, width: float, attempt: _Attempt) -> _Sized:
    room = width - 46 - (LETTER if host.node and host.node.shade else 0.0)
    title = text.wrap(host.title, room, 8, bold=True, lines=2) if host.title else ()
    facts = _facts(host.node, room, attempt)
    across, chip = _chips(width)
    most = across * attempt.rows
    shown = list(host.nodes) if len(host.nodes) <= most else list(host.nodes[: most - 1])
    texts = chip_texts(shown, chip, lines=attempt.lines, size=attempt.names)
    # Names of as many lines stand beside each other, which takes the fewest lines in all.
    lines = sorted(((node, texts[node.id]) for node in shown), key=lambda chip: len(chip[1]))
    rest = host.nodes[len(shown) :]
    if across > 1 and len(lines) % across == 1 and not rest:  # the last has a row for itself
        last = lines[-1][0]
        lines[-1] = last, chip_texts([last], width - 2 * _PAD, lines=attempt.lines, size=attempt.names)[last.id]
    cells = [chip_height(found, attempt.names) for _, found in lines] + ([15.0] if rest else [])
    heights = [max(cells[start : start + across]) for start in range(0, len(cells), across)]
    head = _head_height(title, facts)
    inner = sum(heights) + _CHIP_GAP * len(heights)
    return _Sized(host, title, facts, lines, attempt.names, heights, rest, head + inner + 1.0)


def _chips(width: float) -> tuple[int, float]:
    """How many chips stand beside each other in a box, and how wide each is: names in narrow ones would be cut."""
    half = (width - 2 * _PAD - _CHIP_GAP) / 2
    return (2, half) if half >= _NARROW else (1, width - 2 * _PAD)


def _facts(node: Node | None, room: float, attempt: _Attempt) -> tuple[str, ...]:
    """What is said of a place or a box below its title."""
    said = text.clean(node.facts) if node else ""
    return text.wrap(said, room, 6.5, lines=min(attempt.lines, 3) - 1) if said else ()


def _head_height(title: Sequence[str], facts: Sequence[str]) -> float:
    return 7.0 + len(title) * 9.6 + _facts_height(facts) if title else 5.0


def _facts_height(facts: Sequence[str]) -> float:
    return 1.0 + 8.0 * len(facts) if facts else 0.0


def _blocked(place: _Place, across: int, column: float, attempt: _Attempt) -> _Block:
    width = column * across + _GAP * (across - 1)
    inner = (width - 2 * _PAD - _INNER * (across - 1)) / across
    letter = LETTER if place.node and place.node.shade else 0.0
    title = text.wrap(place.title, width - 50 - letter, 9, bold=True, lines=min(attempt.lines, 3))
    facts = _facts(place.node, width - 36 - letter, attempt)
    shown = place.hosts if len(place.hosts) <= attempt.hosts else place.hosts[: attempt.hosts]
    rest = place.hosts[len(shown) :]
    boxes = [_sized(host, inner, attempt) for host in shown]
    orders = (boxes, sorted(boxes, key=lambda box: -box.height))
    columns = min((_filled(some, across) for some in orders), key=lambda some: max(map(_length, some)))
    heights = list(map(_length, columns))
    if rest:
        heights[heights.index(min(heights))] += 18.0 + _INNER
    head = 8.0 + len(title) * 10.8 + _facts_height(facts) + 3.0
    return _Block(place, title, facts, columns, rest, head, head + max(heights) + 3.0)


def _filled(boxes: Sequence[_Sized], across: int) -> list[list[_Sized]]:
    """The boxes in columns, each put into the shortest."""
    columns: list[list[_Sized]] = [[] for _ in range(across)]
    heights = [0.0] * across
    for box in boxes:
        least = heights.index(min(heights))
        columns[least].append(box)
        heights[least] += box.height + _INNER
    return columns


def _length(column: Sequence[_Sized]) -> float:
    return sum(box.height + _INNER for box in column)


# How it looks


def _drawn(view: View, places: Sequence[_Place], networks: Sequence[Node], attempt: _Attempt, legend_rows: int) -> Page:
    page = Page(view, HEADING, size=attempt.size, legend_rows=legend_rows)
    if not view.nodes:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    bar = _bar(page, networks)
    foot = page.bottom - 2.0 - (bar.height + 8.0 if bar else 0.0)
    column = (page.right - page.left - _GAP * (attempt.columns - 1)) / attempt.columns
    shown = places if len(places) <= attempt.places else places[: attempt.places - 1]
    rest = [node for place in places[len(shown) :] for node in ([place.node] if place.node else [])]
    rest += [node for place in places[len(shown) :] for node in place.all]
    room = foot - page.top - (22.0 if rest else 0.0)
    layout = _packed(shown, column, attempt)
    high = max((y + block.height for block, _, _, y in layout), default=0.0)
    page.fits = high <= room
    if not page.fits and attempt is not _ATTEMPTS[-1]:
        return page
    for block, index, across, y in layout:
        width = column * across + _GAP * (across - 1)
        _draw_block(page, block, Box(page.left + index * (column + _GAP), page.top + y, width, block.height))
    if rest:
        said = f"{page.words['other facilities']}: {page.words.count(len(_once(rest)), 'element')}"
        box = Box(page.left, foot - 18.0, page.right - page.left, 16.0)
        page.fold(said, _once(rest), box, link_to(view, 2))
    if bar:  # near to what it connects
        _draw_networks(page, bar, 8.0 + (foot if rest or not page.fits else min(page.top + high, foot)))
    _explain(page, view)
    return page


def _packed(places: Sequence[_Place], column: float, attempt: _Attempt) -> list[tuple[_Block, int, int, float]]:
    """The first place over several columns, the others below each other; what gives the least height."""
    if not places:
        return []
    best: list[tuple[_Block, int, int, float]] = []
    least = float("inf")
    widest = attempt.columns if len(places) == 1 else attempt.columns - 1
    others = [_blocked(place, 1, column, attempt) for place in places[1:]]
    for across in range(1, widest + 1):
        first = _blocked(places[0], across, column, attempt)
        for blocks in (others, sorted(others, key=lambda block: -block.height)):
            found = [(first, 0, across, 0.0)]
            heights = [first.height + _GAP if index < across else 0.0 for index in range(attempt.columns)]
            for block in blocks:
                at = heights.index(min(heights))
                found.append((block, at, 1, heights[at]))
                heights[at] += block.height + _GAP
            if max(heights) < least - 0.5:
                best, least = found, max(heights)
    return best


def _draw_block(page: Page, block: _Block, box: Box) -> None:
    place = block.place
    bare = place.node is None
    colours = Colours(RULE, PAPER) if place.node is None else page.card_colours(place.node)
    page.rect(box, fill=colours.band, stroke=colours.strong, width=0.8 if bare else 1.4, radius=4,
              dash=(2, 2) if bare else ())  # fmt: skip
    left = box.x + (_PAD + 2 if bare else 26.0)
    if place.node is None:
        _head(page, block.title, block.facts, left, box.y + 6, 9, MUTED)
    else:
        beside = _letter(page, place.node)
        left += beside
        with page.group(page.title_of(place.node), "element", (place.node.id,)):
            page.emblem(place.node.section, box.x + 8 + beside, box.y + 7, colours.strong, size=13, width=1)
            page.class_mark(place.node, Box(box.x + 5.0, box.y + 3.5, box.width, 20.0))
            _head(page, block.title, block.facts, left, box.y + 6, 9, INK)
            _marks(page, place.node, box)
    width = (box.width - 2 * _PAD - _INNER * (len(block.columns) - 1)) / len(block.columns)
    ends = []
    for index, column in enumerate(block.columns):
        x, y = box.x + _PAD + index * (width + _INNER), box.y + block.head
        for sized in column:
            _draw_host(page, sized, Box(x, y, width, sized.height))
            y += sized.height + _INNER
        ends.append((y, x))
    if block.rest:
        y, x = min(ends)
        nodes = _once([node for host in block.rest for node in ([host.node] if host.node else []) + list(host.nodes)])
        said = f"+ {page.words.count(len(nodes), 'element')}"
        page.fold(said, nodes, Box(x, y, width, 18.0), link_to(page.view, 2))


def _letter(page: Page, node: Node) -> float:
    """The width that the letter of a class takes before an icon."""
    shade = page.shades.get(node.shade)
    return LETTER if shade is not None and shade.letter else 0.0


def _head(page: Page, title: Sequence[str], facts: Sequence[str], x: float, y: float, size: float, colour: str) -> None:
    for line in title:
        y += size * 1.2
        page.text(x, y - 1.5, line, size, colour, bold=True)
    for index, line in enumerate(facts):
        page.text(x, y + 7.0 + 8.0 * index, line, 6.5, MUTED)


def _marks(page: Page, node: Node, box: Box) -> None:
    page.status_mark(node.status, box.right - 4, box.y + 4)
    if node.worst:
        page.level_mark(node.worst, box.right - 5, box.bottom - 4)


def _draw_host(page: Page, sized: _Sized, box: Box) -> None:
    host = sized.host
    bare = host.node is None
    strong = RULE if host.node is None else page.card_colours(host.node).strong
    if not bare or host.title:
        page.rect(box, fill=PAPER, stroke=strong, radius=3,
                  dash=(3, 2) if host.node and host.node.status == "retired" else ())  # fmt: skip
    y = box.y + _head_height(sized.title, sized.facts)
    if host.node is not None:
        with page.group(page.title_of(host.node), "element", (host.node.id,)):
            left = box.x + 6 + _letter(page, host.node)
            page.emblem(host.node.section, left, box.y + 5, strong, size=10)
            page.class_mark(host.node, Box(box.x + 4.0, box.y, box.width, 20.0))
            _head(page, sized.title, sized.facts, left + 14, box.y + 3, 8, INK)
            # Beside the facts, because the corner is where the last of its chips has its own mark.
            page.status_mark(host.node.status, box.right - 4, box.y + 4)
            if host.node.worst:
                beside = (
                    (box.right - 12, box.y + 19.5) if sized.facts and host.nodes else (box.right - 5, box.bottom - 4)
                )
                page.level_mark(host.node.worst, *beside)
    elif host.title:
        _head(page, sized.title, (), box.x + _PAD, box.y + 3, 8, MUTED)
    if host.title and host.nodes:
        x = box.right - (12 if host.node and host.node.status != "as_is" else 6)
        page.text(x, box.y + 12, page.words.number(len(host.nodes)), 8.5, MUTED, bold=True, anchor="end")
    across, chip = _chips(box.width)
    cells: list[tuple[Node, tuple[str, ...]] | None] = [*sized.lines, *([None] if sized.rest else [])]
    for index, cell in enumerate(cells):
        height = sized.rows[index // across]
        alone = across > 1 and index % across == 0 and index == len(cells) - 1
        wide = box.width - 2 * _PAD if alone else chip
        place = Box(box.x + _PAD + index % across * (chip + _CHIP_GAP), y, wide, height)
        if cell is not None:
            page.chip(cell[0], cell[1], place, size=sized.names)
        else:
            page.fold(_rest_title(page, sized.rest), sized.rest, place, link_to(page.view, 2))
        if index % across == across - 1:
            y += height + _CHIP_GAP


def _rest_title(page: Page, nodes: Sequence[Node]) -> str:
    return f"+ {page.words.number(len(nodes))} {page.words['others']}"


class _Bar(NamedTuple):
    """The networks as they will be drawn, in a bar below what they connect."""

    shown: Sequence[Node]
    rest: Sequence[Node]
    across: int
    left: float
    """Where the first begins."""
    width: float
    """Of each."""
    names: Mapping[str, tuple[str, ...]]
    rows: Sequence[float]
    """The height of each row."""

    @property
    def height(self) -> float:
        return 6.0 + sum(self.rows)


def _bar(page: Page, networks: Sequence[Node]) -> _Bar | None:
    """How the networks are drawn, if there are any; a row in which a name needs two lines is higher."""
    if not networks:
        return None
    most = int(page.width // 130)
    rows = min(-(-len(networks) // most), 2)
    shown = list(networks) if len(networks) <= rows * most else list(networks[: rows * most - 1])
    rest = networks[len(shown) :]
    left = page.left + 36 + text.width(page.words["networks"], 9, bold=True)
    across = -(-(len(shown) + bool(rest)) // rows)
    width = (page.right - 6 - left - 5.0 * (across - 1)) / across
    names = {node.id: _network_name(node, width) for node in shown}
    lines = [*(len(names[node.id]) for node in shown), *([1] if rest else [])]
    heights = [_ROW + 8.0 * (max(lines[start : start + across]) - 1) for start in range(0, len(lines), across)]
    return _Bar(shown, rest, across, left, width, names, heights)


def _network_name(node: Node, width: float) -> tuple[str, ...]:
    return text.wrap(text.clean(node.name) or node.id, width - 12 - _beside(node), 7, bold=True, lines=2)


def _beside(node: Node) -> float:
    """What the letter of a class and a mark take of the width of a name."""
    return (BY_LETTER if node.shade else 0.0) + (8.0 if node.status != "as_is" or node.worst else 0.0)


def _draw_networks(page: Page, bar: _Bar, y: float) -> None:
    page.rect(Box(page.left, y, page.right - page.left, bar.height), fill=page.ground_of("infrastructure").strong,
              radius=4)  # fmt: skip
    page.emblem("intranets", page.left + 8, y + 9, PAPER, size=13, width=1)
    page.text(page.left + 26, y + 18, page.words["networks"], 9, PAPER, bold=True)
    for index, node in enumerate([*bar.shown, *([None] if bar.rest else [])]):
        row, column = divmod(index, bar.across)
        top = y + 5 + sum(bar.rows[:row])
        place = Box(bar.left + column * (bar.width + 5.0), top, bar.width, bar.rows[row] - 4)
        if node is None:
            page.fold(_rest_title(page, bar.rest), bar.rest, place, link_to(page.view, 2))
            continue
        names = bar.names[node.id]
        page.chip(node, names if not node.facts else ("",), place)
        if node.facts:
            base = place.y + (place.height - 20.0 - 8.0 * (len(names) - 1)) / 2 + 8.5
            x = place.x + 6 + (BY_LETTER if node.shade else 0.0)
            for line, name in enumerate(names):
                page.text(x, base + 8.0 * line, name, 7, INK, bold=True)
            said = text.fit(text.clean(node.facts), bar.width - 12 - _beside(node), 6.5)
            page.text(x, base + 8.0 * len(names), said, 6.5, MUTED)


def _explain(page: Page, view: View) -> None:
    if view.colours is not None:  # a box would look like one of the classes
        return
    words, first = page.words, {node.section: node for node in reversed(view.nodes)}
    for sections, word, width in ((("facilities", "clouds"), "facility", 1.4), (_HOSTS, "host", 0.7)):
        node = next((first[section] for section in sections if section in first), None)
        if node is not None:
            colours = page.card_colours(node)
            fill = colours.band if word == "facility" else PAPER
            page.explain(word, 22, partial(_sample, page, fill, colours.strong, width), words[f"legend.{word}"])
    for section, word in (("applications", "running"), ("data", "stored")):
        if section in first and not page.archimate:  # else concepts are explained
            colours = page.card_colours(first[section])
            page.explain(word, 22, partial(_sample, page, colours.tint, colours.strong, 0.7), words[f"legend.{word}"])


def _sample(page: Page, fill: str, stroke: str, width: float, x: float, y: float) -> None:
    page.rect(Box(x, y - 5, 22, 10), fill=fill, stroke=stroke, width=width, radius=2)
