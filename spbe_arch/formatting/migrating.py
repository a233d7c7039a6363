"""From a format version to the one that this program reads: a chain of changes of texts, each to the next version.

There is one version so far, so the chain is empty; a repository of a later version is refused with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.errors import FormattingError
from spbe_arch.manifest import VERSION, key_name
from spbe_arch.splicing import Manuscript

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["MIGRATIONS", "Migration", "migrated"]


class Migration(NamedTuple):
    """The step from one version to another."""

    to: str
    change: Callable[[str, bytes], bytes]
    """The text of a file in the new version, from its path and its text in the old one."""


MIGRATIONS: Mapping[str, Migration] = {}
"""By the version that a step starts from."""


def migrated(
    texts: Mapping[str, bytes],
    manifest: str,
    version: str,
    *,
    migrations: Mapping[str, Migration] = MIGRATIONS,
    latest: str = VERSION,
) -> dict[str, bytes]:
    """The texts of a repository in the latest version; its manifest says so.

    Args:
        texts: by path; every file of the repository, since files of two versions cannot stand beside each other.
        manifest: the path of the manifest among them.
        version: that the manifest says.
        migrations: the steps that are known.
        latest: where they lead.

    Raises:
        FormattingError: if no steps lead from the version to the latest.
    """
    changed = dict(texts)
    reached = version
    while reached != latest:
        step = migrations.get(reached)
        if step is None:
            raise FormattingError(
                "the model is written in version {version} of the format; this program knows how to read {latest}",
                version=version,
                latest=latest,
            )
        changed = {path: step.change(path, data) for path, data in changed.items()}
        reached = step.to
    if version != latest:
        changed[manifest] = _saying(manifest, changed[manifest], latest)
    return changed


def _saying(path: str, data: bytes, version: str) -> bytes:
    manuscript = Manuscript(path, data)
    pairs = (manuscript.pair(key_name("version", language)) for language in ("en", "id"))
    return manuscript.edited([splice for pair in pairs if pair for splice in manuscript.write(pair.value, version)])
