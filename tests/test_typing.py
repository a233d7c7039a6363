"""Code of a user, as mypy and editors see it.

`mypy --strict` reads this file in every run of the checks: what is right must pass, and a wrong attribute must not.
Each line of `wrong` is an error of the kind that stands behind it; if mypy found nothing wrong with it, the comment
itself would be the error (unused-ignore). So this file passes only if both hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch import check, edit, load, query, what_if
from tests.pictures import MODEL

if TYPE_CHECKING:
    from spbe_arch import Architecture


def right(architecture: Architecture) -> list[str]:
    """What a user may write."""
    bebunge = architecture.applications["bebunge"]
    services: list[str] = [service.name or service.id for service in bebunge.supports]
    owner = bebunge.owner
    office: str | None = owner.name if owner is not None else None
    servers: list[str] = [server.id for server in bebunge.runs_on]
    supported: tuple[str, ...] = architecture.services["perizinan-usaha"].supported_by.ids
    year: int | None = bebunge.since
    later: list[str] = list(architecture.at(2027))
    clean: bool = check(architecture).summary.errors == 0
    rows = query(architecture, "applications where status = upgrade").rows
    gone: int = len(what_if(architecture, remove=["bebunge"]).broken)
    stopped: list[str] = [effect.id for effect in architecture.impact("server-simrs") if effect.strength == "stops"]
    draft = edit(architecture)
    draft.rename("bebunge", "bebunge-kab")
    after: list[bytes] = [change.after for change in draft.changes.values()]
    renamed: str = draft.architecture.applications["bebunge-kab"].id
    few: dict[str, str | None] = {id: one.version for id, one in architecture.applications.where(unit="dinkes").items()}
    return [
        *services,
        *servers,
        *supported,
        *later,
        *stopped,
        *few,
        renamed,
        str((office, year, clean, len(rows), gone, len(after))),
    ]


def wrong(architecture: Architecture) -> None:
    """What an editor has to underline."""
    _ = architecture.aplications  # type: ignore[attr-defined]
    _ = architecture.applications["bebunge"].suports  # type: ignore[attr-defined]
    _ = architecture.services["perizinan-usaha"].runs_on  # type: ignore[attr-defined]
    _ = architecture.applications["bebunge"].supports[0].license  # type: ignore[attr-defined]
    _ = architecture.applications["bebunge"].name + 1  # type: ignore[operator]
    _ = architecture.units["dinkes"].owns[0].memory  # type: ignore[attr-defined]
    _ = architecture.impact("bebunge", depth=2)  # type: ignore[call-arg]
    edit(architecture).add("bebunge")  # type: ignore[arg-type]
    edit(architecture).renam("bebunge", "b")  # type: ignore[attr-defined]
    _ = architecture.applications.where(state="new")  # type: ignore[call-arg]


def test_what_is_right_runs_too() -> None:
    assert "Portal Layanan Publik Bebunge" in right(load(MODEL))
