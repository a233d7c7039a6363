"""What depends on what: the questions about the reach of a change."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from spbe_arch.errors import UnknownElementError
from spbe_arch.loader import load_texts

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture

MODEL = """
processes:
  p: {name: P, owner: u}
services:
  s: {name: S, processes: [p]}
data:
  d: {name: D, processes: [p], secured_by: [k]}
  e: {name: E}
applications:
  a: {name: A, supports: [s], reads: [d], writes: [e], runs_on: [srv]}
  b: {name: B, reads: [e], owner: u}
exchanges:
  x: {name: X, provider: a, consumer: b}
facilities:
  f: {name: F}
servers:
  srv: {name: V, facility: f}
audits:
  k: {name: K}
units:
  u: {name: U}
"""


@cache
def model() -> Architecture:
    return load_texts([("spbe.yaml", "version: 1\nagency: x-kab\nname: X\nkind: regency\n"), ("m.yaml", MODEL)])


@pytest.mark.parametrize(
    ("id", "affected"),
    [
        ("p", {"d": 1, "s": 1, "a": 2, "e": 3, "x": 3, "b": 4}),
        ("s", {}),
        ("d", {"a": 1, "s": 2, "e": 2, "x": 2, "b": 3}),
        ("e", {"b": 1}),
        ("a", {"s": 1, "e": 1, "x": 1, "b": 2}),
        ("f", {"srv": 1, "a": 2, "s": 3, "e": 3, "x": 3, "b": 4}),
        ("x", {"b": 1}),
        ("u", {"p": 1, "d": 2, "s": 2, "a": 3, "e": 4, "x": 4, "b": 5}),
        ("k", {}),
    ],
)
def test_a_change_affects(id: str, affected: dict[str, int]) -> None:
    assert model().affected_by(id) == affected


@pytest.mark.parametrize(
    ("id", "needed"),
    [
        ("s", {"p": 1, "a": 1, "d": 2, "srv": 2, "u": 2, "f": 3}),
        ("b", {"e": 1, "x": 1, "a": 2, "d": 3, "srv": 3, "p": 4, "f": 4, "u": 5}),
        ("f", {}),
    ],
)
def test_an_element_needs(id: str, needed: dict[str, int]) -> None:
    assert model().needed_by(id) == needed


def test_the_nearest_come_first() -> None:
    assert list(model().affected_by("p").values()) == [1, 1, 2, 3, 3, 4]


def test_a_distance_limits_the_reach() -> None:
    assert set(model().affected_by("p", within=1)) == {"s", "d"}


def test_associations_count_when_asked_for() -> None:
    assert model().affected_by("k", within=1, weak=True) == {"d": 1}


def test_who_owns_an_application_affects_it_weakly() -> None:
    assert "b" in model().affected_by("u", within=1, weak=True)


def test_one_does_not_affect_itself() -> None:
    assert "a" not in model().affected_by("a", weak=True)


def test_nothing_is_asked_of_what_is_not_there() -> None:
    with pytest.raises(UnknownElementError, match="tiada"):
        model().affected_by("tiada")
