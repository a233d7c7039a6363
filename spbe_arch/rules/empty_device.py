"""SPBE608 (F8)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Server, Storage
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, in_use, rule

_DATA = english("data on it")
_SOFTWARE = english("software on it")


@rule(
    "SPBE608",
    Level.NOTE,
    "{device} has no {lacking}",
    letter="F8",
    basis=[
        Basis(
            "Lampiran arsitektur kementerian (metadata infrastruktur: data yang disimpan, perangkat lunak)", "medium"
        ),
    ],
    scope=Each(Server, Storage),
)
def empty_device(device: Server | Storage) -> Iterator[Fault]:
    """A storage in use that holds no data, or a server in use without software.

    Why it matters:
        Either it is not needed, or the model does not know what would be lost with it, and which faults of
        software concern it.

    Wrong:
        servers:
          server-pajak-1:
            software:

    Right:
        servers:
          server-pajak-1:
            software: [linux-1]

    How to fix:
        Name the data under `stores` of a storage, and at least the operating system under `software` of a
        server.
    """
    if device.ownership == "other_government" or not in_use(device):
        return
    if isinstance(device, Storage) and not device.stores:
        yield Fault(at(device, "stores"), {"device": device, "lacking": Term("noun", _DATA)})
    if isinstance(device, Server) and not device.software:
        yield Fault(at(device, "software"), {"device": device, "lacking": Term("noun", _SOFTWARE)})
