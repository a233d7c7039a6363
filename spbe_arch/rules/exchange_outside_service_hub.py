"""SPBE507 (E7)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Exchange
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE507",
    Level.WARNING,
    "{exchange} joins {provider} and {consumer} of two offices past the service hub",
    letter="E7",
    basis=[
        Basis("PermenPANRB 59/2020, indicator 18", "high"),
        Basis("Permenkominfo 1/2023", "medium"),
    ],
    scope=Each(Exchange),
    admits_reason=True,
)
def exchange_outside_service_hub(exchange: Exchange) -> Iterator[Fault]:
    """An exchange between applications of two offices or agencies that no service hub (SPL) carries.

    Why it matters:
        Data that offices share go through the service hub, where access is granted and recorded once. Each
        link past it is a contract, a password and a format that only two people know. An exchange counts as
        carried when it names the hub under `via`, or when one hub connects both applications. Within one
        office, a direct exchange is allowed.

    Wrong:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: diskominfo
            operator: diskominfo
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            backup: Harian
            repository: git.contoh.go.id/peta
            secured_by:
        exchanges:
          objek-untuk-peta:
            name: Objek pajak untuk peta
            owner: diskominfo
            provider: e-pajak
            consumer: peta-pajak
            data: [data-statistik]
            method: database

    Right:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: diskominfo
            operator: diskominfo
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            backup: Harian
            repository: git.contoh.go.id/peta
            secured_by:
        exchanges:
          objek-untuk-peta:
            name: Objek pajak untuk peta
            owner: diskominfo
            provider: e-pajak
            consumer: peta-pajak
            data: [data-statistik]
            via: splp-kabupaten
            method: api

    How to fix:
        Let the exchange go over the hub and name it under `via`, or add both applications under `connects`
        of the hub. A link that must stay direct for a time is justified under `allow`.
    """
    ends = (exchange.provider, exchange.consumer)
    if is_ending(exchange) or any(end is not None and is_ending(end) for end in ends):
        return
    if exchange.crosses_offices and exchange.is_direct:
        yield Fault(at(exchange), {"exchange": exchange, "provider": ends[0], "consumer": ends[1]})
