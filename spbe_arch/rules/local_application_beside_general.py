"""SPBE503 (E3)."""

from collections.abc import Iterator
from functools import cache

from spbe_arch.findings import english
from spbe_arch.likeness import Vocabulary
from spbe_arch.metamodel import Application, Service
from spbe_arch.metamodel.national import Field, NationalApplication, NationalApplications
from spbe_arch.rules import (
    Basis,
    Each,
    Fault,
    Level,
    Term,
    agency_of,
    architecture_of,
    at,
    is_ending,
    national_of,
    place_words,
    related,
    rule,
    vocabulary_of,
)


class _Signals:
    """What speaks for it that an application is of a field."""

    def __init__(self, application: Application, national: NationalApplications) -> None:
        self.application = application
        self.name = application.name or ""
        self.functions = application.functions
        self.worded = national.may_be_of_a_field((self.name, *self.functions))
        self._words = vocabulary_of(application)
        self._compared = self._words.name(self.name, place_words(application))
        coded = [(service, service.reference or "") for service in application.supports]
        self._services = [(service, code) for service, code in coded if code.startswith(national.service_codes)]

    def of(self, field: Field, general: NationalApplication) -> tuple[list[str], list[Application]]:
        """The signals for a field, and the general application where it carries the same service."""
        signals = []
        if self._is_named(field):
            signals.append(english("name"))
        if self.worded and self._mostly_does(field):
            signals.append(english("functions"))
        others = self._beside(field, general)
        if others:
            signals.append(english("services"))
        return signals, others

    def _is_named(self, field: Field) -> bool:
        """Whether the name has words of the field, or is like them as a whole, in other words or misspelt."""
        if self.worded and field.is_named(self.name):
            return True
        return self._compared.words in _names_of(field, self._words) and not field.excludes(self.name)

    def _mostly_does(self, field: Field) -> bool:
        of_field = sum(field.is_function(function) for function in self.functions)
        return of_field > 0 and 2 * of_field >= len(self.functions)

    def _beside(self, field: Field, general: NationalApplication) -> list[Application]:
        """The general application in this model, where it carries a service of the field that this one carries too."""
        of_field = (one for one, code in self._services if self._is_coded(one, code, field.codes))
        beside = (other for one in of_field for other in one.supported_by if general.is_meant(other.name or ""))
        return list(dict.fromkeys(beside))

    def _is_coded(self, service: Service, reference: str, codes: tuple[str, ...]) -> bool:
        """Whether a service has one of the codes, and the agency gives the code no meaning of its own."""
        if not reference.startswith(codes):
            return False
        table = architecture_of(service).references("RAL", agency_of(service))
        entries = (table.entry(code) for code in codes if reference.startswith(code))
        return all(entry is not None and not entry.own for entry in entries)


@cache
def _names_of(field: Field, vocabulary: Vocabulary) -> frozenset[frozenset[str]]:
    """The phrases of a field as names that can be compared."""
    return frozenset(vocabulary.name(phrase).words for phrase in (*field.phrases, *field.of_names))


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
        for what the general one lacks, is justified under `allow`. Where the list of national applications that is
        shipped is behind, a file of the repository takes its place, in the form of that list; it is named
        under `check` in `spbe.yaml`: `tables: {national_applications: tabel/aplikasi-umum.json}`.

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
    if is_ending(application) or (application.reference or "").startswith("RAA.01"):
        return
    national = national_of(application)
    signals = _Signals(application, national)
    for field, general in national.general:
        found, others = signals.of(field, general)
        if found and national.named(application.name or "") is None and not application.run_elsewhere:
            words = [Term("noun", signal) for signal in found]
            values = {"application": application, "general": general.name, "signals": words}
            yield Fault(at(application, "name"), values, tuple(related(other) for other in others))
            return
