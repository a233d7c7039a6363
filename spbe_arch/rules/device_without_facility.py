"""SPBE607 (F7)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Peripheral, Server, Storage
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


@rule(
    "SPBE607",
    Level.WARNING,
    "{device} stands in no facility",
    letter="F7",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata infrastruktur: lokasi)", "high"),
    ],
    scope=Each(Server, Storage, Peripheral),
)
def device_without_facility(device: Server | Storage | Peripheral) -> Iterator[Fault]:
    """A server, a storage or a peripheral in use that stands in no facility.

    Why it matters:
        Power, guards and network come with the place. What stands nowhere is on nobody's list when a room
        is closed.

    Wrong:
        peripherals:
          pemindai:
            facility:

    Right:
        peripherals:
          pemindai:
            facility: pusat-data

    How to fix:
        Name the place under `facility`; a room of an office is a facility too.
    """
    if in_use(device) and device.ownership != "other_government" and device.facility is None:
        yield Fault(at(device, "facility"), {"device": device})
