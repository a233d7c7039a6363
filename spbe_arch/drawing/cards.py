"""The words of a card, broken into lines before the card is drawn.

The height of a card and its drawing come from the same wrapped lines, so no text can leave its card.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.palette import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spbe_arch.drawing.shapes import Box
    from spbe_arch.views.view import Node

__all__ = ["TEXT", "CardText", "card_texts"]

TEXT = 23.0
"""Where the text of a card begins; left of it are the stripe and the icon."""
_END = 5.0
_STATUS_ROOM = 8.0
_LEVEL_ROOM = 3.0
"""What the marks on the corners take from the lines."""
_SMALL = 6.5
_LEADING = 1.2


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a card, broken into the lines that will be drawn, so that its height is known before."""

    first: tuple[str, ...]
    """The small lines on top: facts, or the id."""
    lines: tuple[str, ...]
    size: float
    cut: bool
    """Whether the name goes on."""

    @property
    def height(self) -> float:
        """The least height of a card with this text."""
        return max(24.0, self._block + 9.0)

    @property
    def _block(self) -> float:
        """From the top of the small line's letters to the foot of the last line's."""
        return _SMALL * 1.25 * len(self.first) + self.size * (_LEADING * (len(self.lines) - 1) + 0.95)

    def top(self, box: Box) -> float:
        """Where the text begins so that it stands in the middle of the box."""
        return box.y + (box.height - self._block) / 2

    def placed(self, box: Box) -> Iterator[tuple[float, str, float, bool]]:
        """Yields the lines as base line, text, size, bold."""
        y = self.top(box)
        for line in self.first:
            yield y + _SMALL * 0.78, line, _SMALL, False
            y += _SMALL * 1.25
        for index, line in enumerate(self.lines):
            yield y + self.size * (0.78 + _LEADING * index), line, self.size, True


def card_texts(nodes: Sequence[Node], width: float, size: float, *, lines: int = 3) -> dict[str, CardText]:
    """Returns the texts of cards of one width, by id.

    Names that had to be cut and then read the same are given by their ids, which differ.
    """
    texts = {node.id: _card_text(node, node.name, width, size, lines) for node in nodes}
    alike = Counter(card.lines for card in texts.values() if card.cut)
    for node in nodes:
        if alike[texts[node.id].lines] > 1 and texts[node.id].cut:
            texts[node.id] = _card_text(node, node.id, width, size, lines)
    return texts


def _card_text(node: Node, name: str, width: float, size: float, lines: int) -> CardText:
    room = width - TEXT - _END
    beside_mark = room - (_STATUS_ROOM if node.status in STATUS else _LEVEL_ROOM if node.worst else 0.0)
    shown = text.clean(name) or text.clean(node.id)
    wrapped = text.wrap(shown, beside_mark, size, bold=True, lines=lines)
    facts = text.clean(node.facts)
    small = text.wrap(facts or (node.id if shown != node.id else ""), beside_mark, _SMALL, lines=2)
    first = tuple(line for line in small if line)
    return CardText(first, wrapped, size, cut=wrapped[-1].endswith("…") and not shown.endswith("…"))
