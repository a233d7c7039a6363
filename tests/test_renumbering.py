"""Numbers moved all at once are those moved one by one."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.renumbering import Renumbering

FATES = st.lists(st.sampled_from(["stays", "stays", "stays", "goes", "comes before"]), min_size=1, max_size=60)


def numbers_of(fates: list[str]) -> list[int]:
    now = []
    following = 0
    for fate in fates:
        following += fate == "comes before"
        now.append(-1 if fate == "goes" else following)
        following += fate != "goes"
    return now


@given(FATES, st.lists(st.integers(0, 59), max_size=90))
def test_numbers_are_moved_as_one_by_one(fates: list[str], places: list[int]) -> None:
    now = numbers_of(fates)
    numbers = array("i", [one for one in places if one < len(now) and now[one] >= 0])
    assert Renumbering(now).of(numbers) == array("i", [now[one] for one in numbers])


def test_elements_may_change_places() -> None:
    assert Renumbering([1, 0, 2]).of(array("i", [0, 1, 2, 2, 1])) == array("i", [1, 0, 2, 2, 0])


def test_large_numbers_do_not_spill_into_their_neighbours() -> None:
    now = [*range(70_000), *range(70_001, 200_000)]
    numbers = array("i", [69_999, 70_000, 0, 199_998, 70_000])
    assert Renumbering(now).of(numbers) == array("i", [69_999, 70_001, 0, 199_999, 70_001])
