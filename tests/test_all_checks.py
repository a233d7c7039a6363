"""The gate itself: one failed check fails it, and no check is skipped because of another."""

from __future__ import annotations

import pytest

from tests import all_checks

PASSING = ("-c", "pass")
FAILING = ("-c", "raise SystemExit(3)")


@pytest.mark.parametrize(
    ("checks", "code", "last_line"),
    [
        ({"first": PASSING, "second": PASSING}, 0, "checks: 2 passed, 0 failed"),
        ({"first": FAILING, "second": PASSING}, 1, "checks: 1 passed, 1 failed"),
    ],
)
def test_every_check_runs_and_one_failure_fails_all(
    checks: dict[str, tuple[str, ...]],
    code: int,
    last_line: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(all_checks, "CHECKS", checks)
    assert all_checks.main() == code
    assert capfd.readouterr().out.splitlines()[-1] == last_line
