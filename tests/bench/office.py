"""One office of a generated model, with something in every layer."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from spbe_arch.metamodel.references import table
from tests.bench import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from spbe_arch.metamodel.references import Entry

__all__ = ["Names", "Offer", "Office", "Sections", "Value", "place"]

Value: TypeAlias = "str | int | float | list[str] | dict[int, int]"
Fields: TypeAlias = "dict[str, Value]"
Sections: TypeAlias = "dict[str, dict[str, Fields]]"
"""What a file holds: section, id, field."""
Offer: TypeAlias = tuple[str, str]
"""An application, and data that it reads."""

_SHARES = {"data": 0.25, "services": 0.18, "applications": 0.1, "exchanges": 0.02}
"""Of the elements of an office; processes are what is left, so they are the most, as in the sources."""

_INFRASTRUCTURE = (
    "servers", "operating_systems", "databases", "storages", "intranets", "network_devices",
    "servers", "security_devices", "utilities", "servers", "peripherals", "clouds",
)  # fmt: skip
"""The types of the first twelve elements of infrastructure, and again of every further twelve."""

_SECURITY = (
    "standards", "worthiness", "vulnerability_assessments", "awareness", "improvements", "incidents",
    "audits",
)  # fmt: skip

_CODES = {
    "servers": "RAI.03.01.01",
    "operating_systems": "RAI.03.01.07.02",
    "databases": "RAI.03.01.07.01",
    "intranets": "RAI.02.01",
    "clouds": "RAI.03.02",
    "standards": "RAK.01.01",
    "worthiness": "RAK.03.01",
    "vulnerability_assessments": "RAK.02.02",
    "awareness": "RAK.02.01",
    "improvements": "RAK.02.03",
    "incidents": "RAK.02.04",
}
"""Of infrastructure and security, where the tables have one for the type."""

_IDS = {
    "processes": "probis",
    "services": "layanan",
    "data": "data",
    "applications": "aplikasi",
    "exchanges": "pertukaran",
    "servers": "server",
    "operating_systems": "os",
    "databases": "basisdata",
    "storages": "penyimpanan",
    "intranets": "jaringan",
    "network_devices": "perangkat",
    "security_devices": "pengaman",
    "utilities": "utilitas",
    "peripherals": "periferal",
    "clouds": "awan",
    "standards": "standar",
    "worthiness": "kelaikan",
    "vulnerability_assessments": "kerentanan",
    "awareness": "edukasi",
    "improvements": "peningkatan",
    "incidents": "insiden",
    "audits": "audit",
    "gaps": "kesenjangan",
    "initiatives": "kegiatan",
}
"""What the ids of a section begin with."""


def place(number: int) -> str:
    """The name of a place, another one for each number."""
    again, index = divmod(number, len(words.PLACES))
    return f"{words.PLACES[index]} {again + 1}" if again else words.PLACES[index]


class Names:
    """Combinations of words, each given once for a subject; those that follow each other share few words."""

    _STRIDE = 104_729
    """A prime longer than every list, so that the walk meets each combination before it begins again."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def take(self, subject: str, *lists: Sequence[str]) -> tuple[str, ...]:
        """One word of each list; a place behind them when all combinations were given."""
        combinations = math.prod(map(len, lists))
        round_, step = divmod(self._given[subject], combinations)
        self._given[subject] += 1
        position = (step + 1) * self._STRIDE % combinations
        chosen: list[str] = []
        for choices in lists:
            position, index = divmod(position, len(choices))
            chosen.append(choices[index])
        return (*chosen, place(round_ - 1)) if round_ else tuple(chosen)


@dataclass(frozen=True)
class _Affair:
    """A government affair and the codes that its processes, services and data bear."""

    code: str
    functions: tuple[Entry, ...]
    services: tuple[Entry, ...]
    topics: tuple[Entry, ...]


@cache
def _affairs() -> tuple[_Affair, ...]:
    affairs = []
    for area in table("RAL").entries:
        if area.rab and area.level == 2:
            topic = area.rab.replace("RAB", "RAD")  # levels 1 and 2 of the two tables have the same numbers
            affairs.append(
                _Affair(area.rab, _finest("RAB", area.rab), _finest("RAL", area.code), _finest("RAD", topic))
            )
    return tuple(affairs)


def _finest(prefix: str, code: str) -> tuple[Entry, ...]:
    entry = table(prefix).entry(code)
    return table(prefix).children(code) or ((entry,) if entry else ())


def _dealt(items: Sequence[str], hands: Sequence[str]) -> dict[str, list[str]]:
    """The items among the hands, in turn: no item is left over, no hand is empty."""
    dealt: dict[str, list[str]] = {hand: [] for hand in hands}
    for turn in range(max(len(items), len(hands))):
        dealt[hands[turn % len(hands)]].append(items[turn % len(items)])
    return dealt


class Office:
    """An office with exactly so many elements.

    Its ids are known as soon as it is made, so that its layers, and the next office, can link to them.

    Args:
        number: Of the office in its agency, from 1.
        size: The number of its elements.
        random: What is left to chance.
        names: Those given so far.
        national: What ids of the shared national elements begin with.
        imports: Applications of others, each with data that it reads: what comes over the service bus.
    """

    def __init__(
        self, number: int, size: int, random: Random, names: Names, national: str, imports: Sequence[Offer]
    ) -> None:
        affairs = _affairs()
        self._affair = affairs[number % len(affairs)]
        self._kind, title = words.OFFICES[number // len(affairs) % len(words.OFFICES)]
        self._name = f"{title} {table('RAB').name(self._affair.code, 'id')} {place(number - 1)}"
        self._number = number
        self._random = random
        self._names = names
        self._national = national
        self._imports = imports
        self.folder = f"{self._kind}-{number:04}"
        self._unit = f"unit-{number:04}"
        self._divisions = [f"{self._unit}-{division.lower()}" for division in words.DIVISIONS]
        self._number_elements(size - 1 - len(self._divisions))
        online = self._ids["services"][: math.ceil(len(self._ids["services"]) * 0.95)]
        self._processes_of = _dealt(self._ids["processes"], self._ids["services"] + self._ids["data"])
        self._services_of = _dealt(online, self._ids["applications"])
        self._data_of = _dealt(self._ids["data"], self._ids["applications"])
        self._online = frozenset(online)
        self.exports = [(application, data[0]) for application, data in self._data_of.items()]

    def _number_elements(self, size: int) -> None:
        counts = Counter({section: max(1, int(size * share)) for section, share in _SHARES.items()})
        for types, share, least in (
            (_INFRASTRUCTURE, 0.06, 5),
            (_SECURITY, 0.03, 7),
            (("gaps", "initiatives"), 0.02, 2),
        ):
            counts.update(types[turn % len(types)] for turn in range(max(least, int(size * share))))
        if counts["gaps"] > counts["initiatives"]:
            counts["initiatives"] += 1
        counts["processes"] = size - counts.total()
        self._ids = {
            section: [f"{prefix}-{self._number:04}-{n:03}" for n in range(1, counts[section] + 1)]
            for section, prefix in _IDS.items()
        }

    def layers(self) -> dict[str, Sections]:
        """The elements, by the name of the file that they stand in."""
        infrastructure = [section for section in dict.fromkeys(_INFRASTRUCTURE) if self._ids[section]]
        return {
            "organisasi": {"units": self._units()},
            "proses": {"processes": self._processes()},
            "layanan": {"services": self._services()},
            "data": {"data": self._data()},
            "aplikasi": {"applications": self._applications(), "exchanges": self._exchanges()},
            "infrastruktur": {section: self._devices(section) for section in infrastructure},
            "keamanan": {section: self._measures(section) for section in _SECURITY},
            "peta-rencana": {"gaps": self._gaps(), "initiatives": self._initiatives()},
        }

    # The layers

    def _units(self) -> dict[str, Fields]:
        office: Fields = {"name": self._name, "kind": self._kind, "affairs": [self._affair.code]}
        return {self._unit: office} | {
            id_: {"name": f"Bidang {name} {self._name}", "kind": "division", "parent": self._unit}
            for id_, name in zip(self._divisions, words.DIVISIONS, strict=True)
        }

    def _processes(self) -> dict[str, Fields]:
        elements: dict[str, Fields] = {}
        for n, id_ in enumerate(self._ids["processes"]):
            function = self._random.choice(self._affair.functions)
            action, *rest = self._names.take(f"proses {function.code}", words.ACTIONS, words.OCCASIONS)
            elements[id_] = {
                "name": " ".join((action, function.name_id, *rest)),
                "description": self._description("Rangkaian kegiatan"),
                "registry_id": self._registry_id("DAB", n),
                "reference": function.code,
                "owner": self._random.choice(self._divisions),
                "kind": self._random.choice(("core", "core", "management", "support")),
                "objectives": [f"sasaran-{self._random.randint(1, 5)}"],
                "outputs": self._some(words.RECORDS),
            }
        return elements

    def _services(self) -> dict[str, Fields]:
        elements: dict[str, Fields] = {}
        for n, id_ in enumerate(self._ids["services"]):
            area = self._random.choice(self._affair.services)
            kind, *rest = self._names.take(f"layanan {area.code}", words.SERVICES, words.OCCASIONS)
            elements[id_] = {
                "name": " ".join(("Layanan", kind, area.name_id, *rest)),
                "description": self._description("Layanan"),
                "registry_id": self._registry_id("DAL", n),
                "reference": area.code,
                "owner": self._random.choice(self._divisions),
                "method": self._random.choice(("electronic", "hybrid")) if id_ in self._online else "face_to_face",
                "targets": [
                    self._random.choice(("public", "business")),
                    self._random.choice(("government", "employee")),
                ],
                "affair": self._affair.code,
                "processes": self._processes_of[id_],
            }
            if area.code.startswith("RAL.01"):
                elements[id_]["complaint_channel"] = f"{self._national}lapor"
        return elements

    def _data(self) -> dict[str, Fields]:
        elements: dict[str, Fields] = {}
        for n, id_ in enumerate(self._ids["data"]):
            record, subject, *rest = self._names.take("data", words.RECORDS, words.SUBJECTS, words.BREAKDOWNS)
            confidentiality = self._confidentiality(n)
            elements[id_] = {
                "name": " ".join(("Data", record, subject, *rest)),
                "description": self._description("Kumpulan data"),
                "registry_id": self._registry_id("DAD", n),
                "reference": self._random.choice(self._affair.topics).code,
                "producer": self._random.choice(self._divisions),
                "steward": "diskominfo",
                "confidentiality": confidentiality,
                "kind": "statistical" if n % 3 == 0 else "financial",
                "validity": self._random.choice(("monthly", "quarterly", "yearly")),
                "interoperable": "true" if confidentiality == "open" else "false",
                "processes": self._processes_of[id_],
            }
            if n % 3 == 0:
                elements[id_]["standard"] = "standar data statistik nasional"
                elements[id_]["metadata"] = "tercatat di portal data"
            if confidentiality == "open":
                elements[id_]["urls"] = f"https://data.contoh.go.id/{id_}"
        return elements

    def _applications(self) -> dict[str, Fields]:
        elements: dict[str, Fields] = {}
        upgrades = len(self._ids["gaps"])
        for n, id_ in enumerate(self._ids["applications"]):
            brand = "".join(self._names.take("merek", *[words.SYLLABLES] * 3))
            record, subject, *rest = self._names.take("fungsi", words.RECORDS, words.SUBJECTS, words.BREAKDOWNS)
            borrowed = self._imported(n)[1:] if n < len(self._ids["exchanges"]) else ()
            elements[id_] = {
                "name": f"Si{brand} {subject}",
                "description": self._description("Aplikasi"),
                "registry_id": self._registry_id("DAA", n),
                "reference": self._random.choice(("RAA.02.01", "RAA.02.02")),
                "owner": self._unit,
                "functions": [" ".join(("mengelola", record, subject, *rest)).lower()],
                "supports": self._services_of[id_],
                "reads": [*self._data_of[id_], *borrowed],
                "writes": self._data_of[id_][:1],
                "developer": self._random.choice(("diskominfo", "diskominfo", "pt-awan")),
                "operator": "diskominfo",
                "runs_on": [self._random.choice(self._ids["servers"])],
                "main_facility": "pusat-data",
                "backup_facility": "pusat-pemulihan",
                "bases": ["web", *self._random.choice(([], ["mobile"]))],
                "license": "open_source",
                "languages": [self._random.choice(("PHP", "Java", "Python", "Go"))],
                "status": "upgrade" if n < upgrades else "as_is",
                "repository": f"git.contoh.go.id/{id_}",
                "consulted": f"2024-{n % 12 + 1:02}",
                "fitness_test": f"2025-{n % 12 + 1:02}",
            }
        return elements

    def _exchanges(self) -> dict[str, Fields]:
        elements: dict[str, Fields] = {}
        for n, id_ in enumerate(self._ids["exchanges"]):
            provider, data = self._imported(n)
            elements[id_] = {
                "name": f"Pertukaran data {n + 1} {self._name}",
                "owner": self._unit,
                "provider": provider,
                "consumer": self._ids["applications"][n],
                "data": data,
                "via": f"{self._national}splp",
                "method": "api",
                "protocol": "REST",
                "frequency": self._random.choice(("daily", "weekly", "monthly")),
            }
        return elements

    def _devices(self, section: str) -> dict[str, Fields]:
        managed: Fields = {"ownership": "own", "manager": "diskominfo"}
        return {
            id_: self._numbered(section, n) | managed | self._details(section, n)
            for n, id_ in enumerate(self._ids[section])
        }

    def _details(self, section: str, n: int) -> Fields:
        licence: Fields = {"version": f"{n % 4 + 8}.{n % 7}", "license_term": "open_source"}
        networks = [f"{self._national}jip-nasional", *self._ids["intranets"][:1]]
        details: dict[str, Fields] = {
            "servers": {
                "facility": "pusat-data",
                "uses": ["application"],
                "software": [self._ids["operating_systems"][0], self._random.choice(self._ids["databases"])],
                "memory": 2 ** self._random.randint(4, 8),
                "storage": "4 TB",
                "processor": "mid_end",
                "virtual": "true",
            },
            "operating_systems": {"kind": "linux", **licence},
            "databases": {"kind": "relational", **licence},
            "utilities": {"kind": "pencadangan", **licence},
            "storages": {
                "facility": "pusat-data",
                "stores": self._random.sample(self._ids["data"], min(4, len(self._ids["data"]))),
                "capacity": f"{self._random.randint(2, 40)} TB",
                "access": "nas",
            },
            "intranets": {
                "kind": "intranet",
                "connects": [self._unit, *self._divisions, "pusat-data"],
                "bandwidth": "100 Mbps",
                "media": ["fiber_optic"],
                "role": "primary",
            },
            "network_devices": {
                "facility": "pusat-data",
                "kind": "switch_l3",
                "networks": networks[1:],
                "quantity": 2,
            },
            "security_devices": {
                "facility": "pusat-data",
                "kind": "firewall",
                "networks": networks[1:],
                "quantity": 1,
            },
            "peripherals": {"facility": "pusat-data", "kind": "output", "quantity": 4},
            "clouds": {
                "kind": "iaas",
                "operator": "diskominfo",
                "networks": networks,
                "contract_from": "2025-01-01",
                "contract_until": "2029-12-31",
            },
        }
        return details[section]

    def _measures(self, section: str) -> dict[str, Fields]:
        return {
            id_: self._numbered(section, n) | {"secures": self._secured(section)} | self._outcome(section, n)
            for n, id_ in enumerate(self._ids[section])
        }

    def _numbered(self, section: str, n: int) -> Fields:
        """What infrastructure and security have in common."""
        fields: Fields = {
            "name": f"{words.THINGS[section]} {n + 1} {self._name}",
            "description": self._description(words.THINGS[section]),
            "owner": self._unit,
        }
        return fields | {"reference": _CODES[section]} if section in _CODES else fields

    def _secured(self, section: str) -> list[str]:
        applications = self._ids["applications"]
        if section == "standards":
            return [
                id_ for n, id_ in enumerate(self._ids["data"]) if self._confidentiality(n) != "open"
            ] + applications[:1]
        return applications if section in ("worthiness", "vulnerability_assessments") else self._some(applications)

    def _outcome(self, section: str, n: int) -> Fields:
        if section == "standards":
            return {"kind": "technical_procedure", "valid_from": "2022-01-01", "valid_until": "2030-12-31"}
        if section == "audits":
            return {"date": f"2026-{n % 9 + 1:02}-15", "kind": "application", "result": "adequate"}
        return {"date": f"2026-{n % 9 + 1:02}-20"}

    def _gaps(self) -> dict[str, Fields]:
        return {
            id_: {
                "name": f"Kesenjangan aplikasi {n + 1} {self._name}",
                "owner": self._unit,
                "category": "application",
                "finding": "belum berbagi pakai data dengan unit lain",
                "priority": self._random.choice(("high", "medium", "low")),
                "decision": "planned",
                "concerns": [self._ids["applications"][n]],
            }
            for n, id_ in enumerate(self._ids["gaps"])
        }

    def _initiatives(self) -> dict[str, Fields]:
        closing = zip(self._ids["initiatives"], self._ids["gaps"], self._ids["applications"], strict=False)
        return {
            id_: {
                "name": f"Peningkatan aplikasi {n} {self._name}",
                "owner": self._unit,
                "kind": "activity",
                "parent": "inisiatif-aplikasi",
                "content": "application",
                "output": "aplikasi versi baru",
                "since": 2027,
                "until": 2028,
                "closes": [gap],
                "delivers": [application],
                "budget": {2027: self._random.randint(1, 9) * 100_000_000, 2028: 250_000_000},
            }
            for n, (id_, gap, application) in enumerate(closing, start=1)
        }

    # What several layers ask

    def _imported(self, n: int) -> Offer:
        """What the n-th exchange carries."""
        return self._imports[n % len(self._imports)]

    @staticmethod
    def _confidentiality(n: int) -> str:
        return ("open", "open", "limited", "open", "limited", "open", "limited", "open", "limited", "closed")[n % 10]

    def _some(self, items: Sequence[str]) -> list[str]:
        return self._random.sample(items, min(2, len(items)))

    def _registry_id(self, domain: str, n: int) -> str:
        return f"{domain}-{self._number:04}{n + 1:04}"

    def _description(self, what: str) -> str:
        manner, other = self._random.sample(words.MANNERS, 2)
        return f"{what} {self._random.choice(words.PURPOSES)} {manner}, {other}"
