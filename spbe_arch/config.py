"""What holds in a check: which rules, at which level, with which parameters, from when a run fails.

Settings come from `check` in the manifest; arguments win over them. What is wrong with a setting is a finding in the
manifest, since a setting that is not understood would be a rule that silently does not run.
"""

from __future__ import annotations

import datetime
import fnmatch
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from spbe_arch.arguments import several
from spbe_arch.catalogue import declared, is_always, linking, reading
from spbe_arch.errors import UnknownRuleError
from spbe_arch.findings import Fix, Level, Place, Suggestion, Term, english
from spbe_arch.likeness import OwnWords
from spbe_arch.linking import LAST_LINE
from spbe_arch.metamodel import near_miss
from spbe_arch.metamodel.values import (
    BOOL,
    DATE,
    TEXT,
    TEXTS,
    Choices,
    Kind,
    Name,
    NumberKind,
    ValueProblem,
    is_one_guess,
)
from spbe_arch.own import LEVELS, spellings
from spbe_arch.packages import load, modules_of
from spbe_arch.rules import all_rules, is_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.catalogue import Rule
    from spbe_arch.findings import Fault
    from spbe_arch.manifest import Manifest

__all__ = [
    "KEYS",
    "Settings",
    "catalogue",
    "find_rule",
    "names_of",
    "packages_of",
    "rules_of",
    "select_rules",
    "settle",
]


class _CountKind(NumberKind):
    """A whole number that counts something."""

    def read(self, raw: Any) -> float | int | None:
        number = super().read(raw)
        if number is not None and number < 0:
            wanted = Term("noun", english("a number from 0 on"))
            raise ValueProblem(linking.MALFORMED_NUMBER, value=str(raw), wanted=wanted)
        return number


COUNT = _CountKind(whole=True)

KEYS: dict[str, Kind | None] = {
    "select": TEXTS,
    "ignore": TEXTS,
    "extend": TEXTS,
    "levels": None,
    "parameters": None,
    "per_path": None,
    "fail_level": TEXT,
    "as_of": DATE,
    "baseline": TEXT,
    "require_reasons": BOOL,
    "packages": TEXTS,
    "most_findings": COUNT,
    "synonyms": None,
    "fillers": TEXTS,
    "tables": None,
}
"""The keys under `check`, with their kinds; those without one are mappings that are read below."""

TABLES = ("national_applications",)
"""The tables of the package that a file of the repository may take the place of."""

_MANIFEST = Term("noun", english("the manifest"))
_LEVELS = spellings(LEVELS)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in one check."""

    codes: frozenset[str]
    """The rules that run."""
    as_of: datetime.date
    """The day that rules about time go by."""
    fail_level: Level = Level.ERROR
    levels: Mapping[str, Level] = field(default_factory=dict)
    """Rules that weigh more or less than their pages say, by code."""
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Parameters of rules that are not at their defaults, by code."""
    per_path: tuple[tuple[str, frozenset[str]], ...] = ()
    """Patterns of paths, each with the rules that are left out there."""
    baseline: str | None = None
    """The file of known findings, relative to the manifest."""
    require_reasons: bool = False
    """Whether a suppression must say why."""
    packages: tuple[str, ...] = ()
    """Installed packages whose rules run, too."""
    most_findings: int = 200
    """How many findings formats for people print."""
    words: OwnWords = field(default_factory=OwnWords)
    """What the agency adds to the words that names are compared by."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Tables of the package that files of the repository take the place of: by name, relative to the manifest."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each setting comes from; what is not in it is a default."""

    def level(self, rule: Rule) -> Level:
        """The level of a rule in this check."""
        return self.levels.get(rule.code, rule.level)

    def holds(self, code: str, path: str) -> bool:
        """Whether a rule holds for a file."""
        if is_always(code):
            return True
        ignored = (codes for pattern, codes in self.per_path if fnmatch.fnmatchcase(path, pattern))
        return code in self.codes and not any(code in codes for codes in ignored)


# --- rules by name -------------------------------------------------------------------------------------------


def catalogue(packages: Iterable[str] = ()) -> dict[str, Rule]:
    """Every rule of every family, by code, and those of some installed packages."""
    modules = modules_of(packages)
    all_rules()
    return {code: rule for code, rule in declared().items() if not rule.package or _is_of(rule, modules)}


def names_of(rules: Mapping[str, Rule]) -> dict[str, str]:
    """The codes and names of some rules, with their codes."""
    return {**{code: code for code in rules}, **{rule.name: code for code, rule in rules.items()}}


def _is_of(rule: Rule, modules: Iterable[str]) -> bool:
    return any(f"{rule.package}.".startswith(f"{module}.") for module in modules)


def rules_of(architecture: Architecture) -> dict[str, Rule]:
    """Every rule that an architecture may be checked by, its own and those of packages that it asks for among them."""
    return {**catalogue(packages_of(architecture.manifest)), **architecture.own_rules}


def packages_of(manifest: Manifest) -> tuple[str, ...]:
    """The installed packages that a manifest asks for, as far as they can be read."""
    try:
        found: tuple[str, ...] = TEXTS.read(manifest.check.get("packages"))
    except ValueProblem:
        return ()
    return found


def find_rule(text: str, rules: Mapping[str, Rule] | None = None) -> Rule:
    """The rule of a code or a name, in any case.

    Args:
        text: the code or the name.
        rules: those that there are, by code; else those of this program.

    Raises:
        UnknownRuleError: if there is none.
    """
    rules = catalogue() if rules is None else rules
    found = next((rule for rule in rules.values() if is_called(rule, text)), None)
    if found is None:
        near = near_miss(text, [*rules, *(rule.name for rule in rules.values())])
        raise UnknownRuleError(
            "there is no rule {rule!r}; did you mean {near!r}?" if near else "there is no rule {rule!r}",
            rule=text,
            near=near,
        )
    return found


def select_rules(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    extend: Iterable[str] = (),
    rules: Mapping[str, Rule] | None = None,
) -> set[str]:
    """The codes that hold when some are selected, some are ignored and some are added.

    Args:
        select: codes, beginnings of codes as in "SPBE5", or names; else all rules that run by default.
        ignore: likewise; wins over the others, but for rules that cannot be switched off.
        extend: likewise; added to what is selected, for rules that do not run by default.
        rules: those that there are, by code; else those of this program.

    Raises:
        UnknownRuleError: if one of them fits no rule.
    """
    rules = catalogue() if rules is None else rules
    default = {rule.code for rule in rules.values() if rule.default}
    chosen = {code for text in select for code in codes_of(text, rules)} or default
    added = {code for text in extend for code in codes_of(text, rules)}
    ignored = {code for text in ignore for code in codes_of(text, rules)}
    return ((chosen | added) - ignored) | {rule.code for rule in rules.values() if rule.always}


def codes_of(text: str, rules: Mapping[str, Rule] | None = None) -> list[str]:
    """The codes that a code, the beginning of one, or a name stands for.

    A beginning has at least what the rules of one origin share: "SPBE", or "kab-bekasi/". A name may be that of own
    rules of several agencies.

    Raises:
        UnknownRuleError: if there are none.
    """
    rules = catalogue() if rules is None else rules
    wanted = text.strip().casefold()
    called = [code for code, rule in rules.items() if is_called(rule, wanted)]
    found = called or [
        code
        for code, rule in rules.items()
        if code.casefold().startswith(wanted) and wanted.startswith(rule.space.casefold())
    ]
    return found or [find_rule(text.strip(), rules).code]


# --- from manifest and arguments to settings -----------------------------------------------------------------


def settle(
    manifest: Manifest,
    *,
    members: Iterable[Manifest] = (),
    rules: Mapping[str, Rule] | None = None,
    lacking: bool = False,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    extend: str | Iterable[str] = (),
    as_of: datetime.date | None = None,
    fail_level: Level | None = None,
) -> tuple[Settings, list[Fault]]:
    """The settings that hold, and what is wrong with those of the manifest.

    Args:
        manifest: its `check` holds where an argument is not given.
        members: of the other agencies; theirs hold when they are checked by themselves, and are only looked through.
        rules: those that there are, by code; else those of this program.
        lacking: whether own rules may stand in what could not be read, so that a name may be that of one.
        select: see `select_rules`.
        ignore: see `select_rules`.
        extend: see `select_rules`.
        as_of: the day for rules about time; else that of the manifest, else today.
        fail_level: the level from which a run fails.

    Raises:
        UnknownRuleError: if an argument names a rule that does not exist.
    """
    rules = catalogue() if rules is None else rules
    reader = _Reader(manifest, rules, lacking=lacking)
    stated = reader.read()
    faults = list(_sure(manifest, reader.faults))
    for other in members:
        elsewhere = _Reader(other, rules, lacking=lacking)
        elsewhere.read()
        faults += _sure(other, elsewhere.faults)
    arguments = {"select": several(select), "ignore": several(ignore), "extend": several(extend)}
    given = {name: texts for name, texts in arguments.items() if texts}
    names = {name: given.get(name) or stated.get(name, ()) for name in arguments}
    origins = {name: f"{manifest.path}: check.{name}" for name in stated}
    origins |= {name: f"--{name.replace('_', '-')}" for name in given}
    origins |= {"as_of": "--as-of"} if as_of else {}
    origins |= {"fail_level": "--fail-level"} if fail_level else {}
    written = stated.get("as_of")
    settings = Settings(
        codes=frozenset(select_rules(**names, rules=rules)),
        as_of=as_of or (written.last_day if written else today()),
        fail_level=fail_level or Level(stated.get("fail_level", "error")),
        levels=stated.get("levels", {}),
        parameters=stated.get("parameters", {}),
        per_path=stated.get("per_path", ()),
        baseline=stated.get("baseline"),
        require_reasons=stated.get("require_reasons", False),
        packages=stated.get("packages", ()),
        most_findings=stated.get("most_findings", 200),
        words=OwnWords(stated.get("synonyms", ()), stated.get("fillers", ())),
        tables=stated.get("tables", {}),
        origins=origins,
    )
    return settings, faults


def _sure(manifest: Manifest, faults: list[Fault]) -> Iterator[Fault]:
    """The faults, but for those of a setting that a broken line may have cut off: the line is one fault already."""
    doubtful = [one for one in faults if (one.place.field or "").split("\0")[1] in manifest.doubtful]
    yield from (one for one in faults if one not in doubtful)
    if doubtful and manifest.complete and not manifest.finished:
        yield reading.FILE_CUT_OFF.fault(Place(manifest.path, LAST_LINE))


def today() -> datetime.date:
    """The day it is here."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


class _Reader:
    """Reads what stands under `check`; places are paths of keys until they are printed."""

    def __init__(self, manifest: Manifest, rules: Mapping[str, Rule], *, lacking: bool) -> None:
        self.manifest = manifest
        self.rules = rules
        self.lacking = lacking
        self.faults: list[Fault] = []

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, raw in self.manifest.check.items():
            if key not in KEYS:
                self.unknown("check", key, KEYS)
            elif raw is not None:
                kind = KEYS[key]
                value = self.value(kind, raw, "check", key) if kind else getattr(self, key)(raw)
                if value is not None:
                    found[key] = value
        for at, name in enumerate(found.get("packages", ())):
            reason = load(name)
            if reason is not None:
                place = self.place("check", "packages", on_value=True, item=at)
                self.faults.append(linking.RULE_PACKAGE_MISSING.fault(place, {"package": name, "reason": reason}))
        for key in ("select", "ignore", "extend"):
            if key in found:
                names = enumerate(found[key])
                hides = key == "ignore"
                found[key] = tuple(
                    name for at, name in names if self.rule_names(name, "check", key, item=at, hides=hides)
                )
        if "fail_level" in found:
            written = found.pop("fail_level")
            if written in _LEVELS:
                found["fail_level"] = _LEVELS[written]
            else:
                self.not_a_level(written, "check", "fail_level")
        return found

    def place(self, *keys: str, on_value: bool = False, item: int | None = None) -> Place:
        return Place(self.manifest.path, field="\0".join(keys), on_value=on_value, item=item)

    def unknown(self, *keys_and_known: Any, of: Any = _MANIFEST) -> None:
        *keys, known = keys_and_known
        values = {"element": of, "field": keys[-1]}
        self.misspelt(linking.UNKNOWN_FIELD, self.place(*keys), values, keys[-1], dict(zip(known, known, strict=True)))

    def misspelt(
        self, rule: Rule, place: Place, values: dict[str, Any], written: str, known: Mapping[str, str]
    ) -> None:
        """A name that is not known; where it nearly spells one that is, that one is proposed."""
        near = near_miss(written, known)
        suggestion = Suggestion(near) if near else None
        fix = Fix.writing(place, written, near) if near and is_one_guess(written, known) else None
        self.faults.append(rule.fault(place, values, suggestion=suggestion, fix=fix))

    def value(self, kind: Kind, raw: Any, *keys: str) -> Any:
        try:
            return kind.read(raw)
        except ValueProblem as problem:
            near = Suggestion(problem.suggestion) if problem.suggestion else None
            self.faults.append(problem.rule.fault(self.place(*keys, on_value=True), problem.values, suggestion=near))
            return None

    def mapping(self, raw: Any, *keys: str) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        found = english("a list") if isinstance(raw, list) else english("a single value")
        values = {"found": Term("noun", found), "wanted": Term("noun", english("a mapping"))}
        self.faults.append(linking.WRONG_SHAPE.fault(self.place(*keys, on_value=True), values))
        return {}

    def rule_names(
        self, text: str, *keys: str, on_value: bool = True, item: int | None = None, hides: bool = False
    ) -> list[str]:
        """The codes that a text stands for; none, with a finding, if there are none.

        Args:
            text: a code, the beginning of one, or a name.
            keys: under which it stands.
            on_value: whether it is a value, or the last of the keys.
            item: which one of a list.
            hides: whether the rules are to be switched off there, or told otherwise; some cannot be.
        """
        try:
            codes = codes_of(text, self.rules)
        except UnknownRuleError:
            if not self.lacking or text.upper().startswith("SPBE"):
                place = self.place(*keys, on_value=on_value, item=item)
                self.misspelt(linking.UNKNOWN_RULE, place, {"rule": text}, text, names_of(self.rules))
            return []
        if hides and all(map(is_always, codes)):
            place = self.place(*keys, on_value=on_value, item=item)
            self.faults.append(linking.FUTILE_SUPPRESSION.fault(place, {"rules": text}))
        return codes

    def not_a_level(self, text: Any, *keys: str) -> None:
        values = {"value": str(text), "choices": Choices(tuple(LEVELS), tuple(LEVELS.values()))}
        self.misspelt(linking.UNKNOWN_VALUE, self.place(*keys, on_value=True), values, str(text), _LEVELS)

    def levels(self, raw: Any) -> dict[str, Level]:
        """`levels: {SPBE501: note}`; family 0 keeps its levels."""
        found: dict[str, Level] = {}
        for name, level in self.mapping(raw, "check", "levels").items():
            codes = self.rule_names(name, "check", "levels", name, on_value=False, hides=True)
            if level is None:
                continue
            if not isinstance(level, str) or level not in _LEVELS:
                self.not_a_level(level, "check", "levels", name)
            else:
                found |= {code: Level(_LEVELS[level]) for code in codes if not is_always(code)}
        return found

    def parameters(self, raw: Any) -> dict[str, dict[str, Any]]:
        """`parameters: {SPBE505: {likeness: 90}}`; the defaults say which there are and of which type."""
        found: dict[str, dict[str, Any]] = {}
        for name, given in self.mapping(raw, "check", "parameters").items():
            codes = self.rule_names(name, "check", "parameters", name, on_value=False)
            known = {key: default for code in codes for key, default in _parameters_of(code).items()}
            stated = {} if given is None or not codes else self.mapping(given, "check", "parameters", name)
            for key, item in stated.items():
                if key not in known:
                    self.unknown("check", "parameters", name, key, known, of=Name(name))
                    continue
                value = self.value(_kind_of(key, known[key]), item, "check", "parameters", name, key)
                if value is not None:
                    for code in codes:
                        if key in _parameters_of(code):
                            found.setdefault(code, {})[key] = value
        return found

    def per_path(self, raw: Any) -> tuple[tuple[str, frozenset[str]], ...]:
        """`per_path: {"arsip/*": [SPBE5]}`: rules that are left out in some files."""
        found = []
        for pattern, names in self.mapping(raw, "check", "per_path").items():
            texts = () if names is None else self.value(TEXTS, names, "check", "per_path", pattern) or ()
            codes: set[str] = set()
            for at, text in enumerate(texts):
                codes.update(self.rule_names(text, "check", "per_path", pattern, item=at, hides=True))
            found.append((self.manifest.folder + pattern, frozenset(codes)))
        return tuple(found)

    def synonyms(self, raw: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """`synonyms: {presensi: [absen wajah, simasuk]}`: words that mean the same in names."""
        found = []
        for word, also in self.mapping(raw, "check", "synonyms").items():
            texts = () if also is None else self.value(TEXTS, also, "check", "synonyms", word)
            if texts:
                found.append((word, tuple(texts)))
        return tuple(found)

    def tables(self, raw: Any) -> dict[str, str]:
        """`tables: {national_applications: tabel/aplikasi-umum.json}`."""
        found: dict[str, str] = {}
        for name, path in self.mapping(raw, "check", "tables").items():
            if name not in TABLES:
                self.unknown("check", "tables", name, TABLES)
            elif path is not None:
                value = self.value(TEXT, path, "check", "tables", name)
                if value is not None:
                    found[name] = value
        return found


def _parameters_of(code: str) -> dict[str, Any]:
    """The parameters of a rule with their defaults; those of reading and linking have none."""
    runnable = all_rules().get(code)
    return runnable.parameters if runnable else {}


class _LikenessKind(NumberKind):
    """Per cent of likeness: below the half, all is like all, which says nothing and takes for ever."""

    def __init__(self) -> None:
        super().__init__(whole=True)

    def read(self, raw: Any) -> float | int | None:
        number = super().read(raw)
        if number is not None and not 50 <= number <= 100:
            wanted = Term("noun", english("a whole number from 50 to 100"))
            raise ValueProblem(linking.MALFORMED_NUMBER, value=str(raw), wanted=wanted)
        return number


def _kind_of(name: str, default: Any) -> Kind:
    """How a parameter is read, by its default."""
    if name == "likeness":
        return _LikenessKind()
    if isinstance(default, bool):
        return BOOL
    if isinstance(default, int):
        return COUNT
    if isinstance(default, float):
        return NumberKind()
    return TEXTS if isinstance(default, tuple) else TEXT
