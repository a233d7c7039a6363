"""What the tests of printers have in common: names that try to break out, and views with them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from spbe_arch.views.view import Group, View
from tests.drawing import samples

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

TEXTS = st.one_of(
    st.text(max_size=40),
    st.text("[]()<>{}&\"'`|\\\n\r\t,;:%=+-@#$! aNG\x00\x1b\u2028\ufeff", max_size=25),
    st.sampled_from(samples.NASTY),
)
"""Anything that a person or an attacker may have written as a name."""


def matched(line: re.Pattern[str], data: bytes) -> Iterator[re.Match[str]]:
    """Each line of a file, as a grammar reads it; one that does not fit is a fault."""
    for text in data.decode().removesuffix("\n").split("\n"):
        match = line.fullmatch(text)
        assert match, text
        yield match


def view_with(names: list[str]) -> View:
    """A chain whose elements bear these names and no other, with a link between each two, one group and a title."""
    made = tuple(
        node._replace(id=f"e{index}", name=name, facts="")
        for index, (node, name) in enumerate(zip(samples.nodes(len(names)), names, strict=True))
    )
    edges = tuple(
        samples.chain().edges[0]._replace(source=one.id, target=other.id, field=other.name)
        for one, other in itertools.pairwise(made)
    )
    groups = (Group("g", names[0], (made[0].id,)),)
    return replace(samples.chain(), nodes=made, edges=edges, groups=groups, title=names[-1])
