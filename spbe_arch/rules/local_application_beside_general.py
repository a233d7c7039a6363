"""SPBE503 (E3)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Application
from spbe_arch.metamodel.national import Field, NationalApplication, NationalApplications, national_applications
from spbe_arch.rules import Basis, Each, Fault, Level, Term, agency_of, architecture_of, at, related, rule


def _is_national(application: Application, national: NationalApplications) -> bool:
    """Whether it is one of the national applications, or classed as general, which another rule judges."""
    return (application.reference or "").startswith("RAA.01") or national.named(application.name or "") is not None


def _likeness(
    application: Application, field: Field, general: NationalApplication
) -> tuple[list[str], list[Application]]:
    """What speaks for a field, and the elements of the general application that carry the same service."""
    signals = []
    if field.is_spoken_of(application.name or ""):
        signals.append(english("name"))
    of_field = [function for function in application.functions if field.is_spoken_of(function)]
    if of_field and 2 * len(of_field) >= len(application.functions):
        signals.append(english("functions"))
    others = _general_beside(application, field, general)
    if others:
        signals.append(english("services"))
    return signals, others


def _general_beside(application: Application, field: Field, general: NationalApplication) -> list[Application]:
    """The general application in this model, where it carries a service of the field that this one carries too."""
    codes = tuple(code for code in field.codes if not _is_redefined(application, code))
    shared = (service for service in application.supports if codes and (service.reference or "").startswith(codes))
    beside = (other for service in shared for other in service.supported_by if general.is_meant(other.name or ""))
    return list(dict.fromkeys(beside))


def _is_redefined(application: Application, code: str) -> bool:
    """Whether the agency gives a national code a meaning of its own."""
    entry = architecture_of(application).references("RAL", agency_of(application)).entry(code)
    return entry is None or entry.own


@rule(
    "SPBE503",
    Level.WARNING,
    "{application} does what the general application {general} is designated for, by its {signals}",
    letter="E3",
    basis=[
        Basis("Perpres 95/2018 (a general application comes first)", "high"),
        Basis("Perpres 82/2023", "high"),
        Basis("Perbup Minahasa Selatan 15/2025", "high"),
        Basis("PermenPANRB 59/2020, indicators 32 to 42", "medium"),
    ],
    scope=Each(Application),
    admits_reason=True,
)
def local_application_beside_general(application: Application) -> Iterator[Fault]:
    """A local application that seems to do what a designated general application (Aplikasi Umum) does.

    Why it matters:
        For records, complaints, procurement and personnel a general application is set for all agencies. A
        local one beside it costs twice and parts the data. The finding rests on likeness: on words of the
        name or the functions, or on a service of the field that both carry. A connector, or an application
        for what the general one lacks, is justified under `allow`.

    Wrong:
        applications:
          e-disposisi:
            name: E-Disposisi Kabupaten
            reference: RAA.02.02
            owner: bidang-aplikasi
            operator: bidang-aplikasi
            functions: [pencatatan surat masuk, disposisi]
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            secured_by:

    Right:
        applications:
          e-disposisi:
            name: E-Disposisi Kabupaten
            reference: RAA.02.02
            owner: bidang-aplikasi
            operator: bidang-aplikasi
            functions: [pencatatan surat masuk, disposisi]
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            secured_by:
            allow:
              local-application-beside-general: {reason: Penghubung ke SRIKANDI selama migrasi, until: 2027}

    How to fix:
        Use the general application and set this one to `status: retired` with `until`; or say under `allow`
        why it stands beside it.
    """
    manifest = architecture_of(application).member_manifest(agency_of(application))
    national = national_applications(manifest.period)
    if application.status == "retired" or application.run_elsewhere or _is_national(application, national):
        return
    for field in national.fields:
        general = national.designated(field)
        if general is not None:
            signals, others = _likeness(application, field, general)
            if signals:
                words = [Term("noun", signal) for signal in signals]
                values = {"application": application, "general": general.name, "signals": words}
                yield Fault(at(application, "name"), values, tuple(related(other) for other in others))
                return
