"""SPBE508 (E8)."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.metamodel import Exchange
from spbe_arch.rules import Basis, Fault, Level, OfAgency, is_ending, related, rule


@rule(
    "SPBE508",
    Level.WARNING,
    "{count} exchanges within offices of agency {agency} run from application to application",
    letter="E8",
    basis=[
        Basis("PermenPANRB 59/2020, indicator 7 (point to point is no service hub)", "high"),
    ],
    scope=OfAgency(),
)
def many_direct_exchanges(part: Part, *, most: int = 5) -> Iterator[Fault]:
    """More than five exchanges inside the offices of an agency that run from application to application.

    Why it matters:
        One direct link inside an office is simple. Many make a net that nobody oversees: each change of one
        application breaks others. Exchanges between offices are not counted; the rule on the service hub
        names each of them. How many are still overseen is the parameter `most`.

    Wrong:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: bidang-pajak
            operator: bidang-pajak
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            backup: Harian
            repository: git.contoh.go.id/peta
            secured_by:
        exchanges:
          peta-1: {name: Objek hotel, owner: bapenda, provider: e-pajak, consumer: peta-pajak}
          peta-2: {name: Objek restoran, owner: bapenda, provider: e-pajak, consumer: peta-pajak}
          peta-3: {name: Objek hiburan, owner: bapenda, provider: e-pajak, consumer: peta-pajak}
          peta-4: {name: Wajib pajak, owner: bapenda, provider: e-pajak, consumer: peta-pajak}
          peta-5: {name: Letak objek, owner: bapenda, provider: peta-pajak, consumer: e-pajak}
          peta-6: {name: Letak tunggakan, owner: bapenda, provider: peta-pajak, consumer: e-tagih}

    Right:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: bidang-pajak
            operator: bidang-pajak
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            backup: Harian
            repository: git.contoh.go.id/peta
            secured_by:
        exchanges:
          peta-1: {name: Objek hotel, owner: bapenda, provider: e-pajak, consumer: peta-pajak, via: splp-kabupaten}
          peta-2: {name: Objek restoran, owner: bapenda, provider: e-pajak, consumer: peta-pajak}
          peta-3: {name: Objek hiburan, owner: bapenda, provider: e-pajak, consumer: peta-pajak}
          peta-4: {name: Wajib pajak, owner: bapenda, provider: e-pajak, consumer: peta-pajak}
          peta-5: {name: Letak objek, owner: bapenda, provider: peta-pajak, consumer: e-pajak}
          peta-6: {name: Letak tunggakan, owner: bapenda, provider: peta-pajak, consumer: e-tagih}

    How to fix:
        Move the busiest exchanges to the service hub and name it under `via`; enter the rest as a gap with
        an initiative.
    """
    direct = [one for one in part.of("exchanges").values() if _counts(one)]
    if len(direct) > most:
        values = {"count": len(direct), "agency": part.manifest.name}
        yield Fault(Place(part.manifest.path), values, tuple(related(exchange) for exchange in direct))


def _counts(exchange: Exchange) -> bool:
    return exchange.is_direct and not exchange.crosses_offices and not is_ending(exchange)
