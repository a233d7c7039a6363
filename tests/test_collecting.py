"""The garbage collector is held as long as anybody holds it."""

import gc

from spbe_arch.collecting import collector_held


def test_whoever_lets_go_of_the_collector_first_leaves_it_held_for_the_other() -> None:
    one, other = collector_held(), collector_held()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    held = not gc.isenabled()
    other.__exit__(None, None, None)
    assert (held, gc.isenabled()) == (True, True)
