"""What `spbe init` writes: a small, complete architecture repository with CI, pre-commit and editor settings.

The files stand beside this module as they are written: those of one language in `en` and `id`, the others in `both`.
A name that begins with `dot-` begins with a dot where it is written; here it would act on this repository. Words like
`__NAME__` are filled in.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch import __version__
from spbe_arch.errors import StartError
from spbe_arch.formatting import formatted
from spbe_arch.manifest import ID, KEYS, MANIFEST, PERIOD
from spbe_arch.metamodel.lists import value_list
from spbe_arch.metamodel.values import ValueProblem

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

__all__ = [
    "Answers",
    "Origin",
    "acts_in_git_root",
    "agency_of_folder",
    "belongs_to_sample",
    "compose",
    "fill",
    "kind_of_agency",
    "name_of_agency",
    "origin",
    "origin_of",
    "period_of",
    "read_agency",
    "read_kind",
    "read_name",
    "read_period",
    "read_requirement",
    "scalar",
]

_HERE = Path(__file__).parent
_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Answers:
    """What the files differ in."""

    agency: str
    name: str
    kind: str | None
    """A value of the list of kinds of agencies, in English."""
    period: tuple[int, int]
    language: str


class Origin(NamedTuple):
    """Where this program came from."""

    requirement: str
    """What pip has to be told to install it again."""
    known: bool
    """Whether it was installed from there; if not, the requirement is what a release will be called."""


# --- answers -------------------------------------------------------------------------------------------------


def read_agency(text: str) -> str:
    """An id for the agency.

    Raises:
        StartError: if it is no id, or one of the elements that are written has it.
    """
    if not ID.fullmatch(text):
        raise StartError("{given!r} is no id: ids have letters, digits, '-', '_' and '.', and no spaces", given=text)
    if text.lower() in _ids():
        other = f"instansi-{text}"
        raise StartError(
            "an element of the sample has the id {given!r}; take {other!r} instead", given=text, other=other
        )
    return text


def read_name(text: str) -> str:
    """A name for the agency, as the manifest's own reader understands it.

    Raises:
        StartError: if it is blank, stands for blank, is too long, or not UTF-8.
    """
    try:
        text.encode()
        name = KEYS["name"][1].read(text)
    except (ValueProblem, UnicodeEncodeError):
        name = None
    if not isinstance(name, str) or len(name) > _LONGEST_NAME:
        raise StartError("the name must be a text of 1 to {most} characters, and no placeholder", most=_LONGEST_NAME)
    return name


def read_kind(text: str) -> str | None:
    """A kind of agency in English, from either language; None if it is blank.

    Raises:
        StartError: if there is no such kind.
    """
    try:
        kind: str | None = KEYS["kind"][1].read(text) if text.strip() else None
    except ValueProblem as problem:
        names = value_list("agency_kind").indonesian
        kinds = ", ".join(f"{english} ({indonesian})" for english, indonesian in names.items())
        raise StartError("{given!r} is no kind of agency; these are: {kinds}", given=text, kinds=kinds) from problem
    return kind


def read_period(text: str) -> tuple[int, int]:
    """The first and the last year of a period.

    Raises:
        StartError: if it is none.
    """
    years = PERIOD.fullmatch(text.strip())
    if not years or years[1] > years[2]:
        raise StartError("{given!r} is no period; write it as in 2025-2029", given=text)
    return int(years[1]), int(years[2])


def read_requirement(text: str) -> str:
    """What pip is to install: a release, a package at an address, or a file of the repository.

    Raises:
        StartError: if pip would take it for an option or a comment, or it is more than one line of plain letters.
    """
    if not _REQUIREMENT.fullmatch(text) or " #" in text or re.search("://[^/]*@", text):  # a secret stays out of files
        raise StartError(
            "{given!r} is nothing that pip can be told to install; write it as in {release!r} or {address!r}",
            given=text,
            release=f"spbe-arch=={__version__}",
            address="spbe-arch @ git+https://host/spbe-arch@COMMIT",
        )
    return text


_REQUIREMENT = re.compile(r"[A-Za-z0-9.][A-Za-z0-9 ._+:/@=<>!~,\[\]#%&-]{0,499}")


def agency_of_folder(folder: str) -> str:
    """An id for the agency whose folder is called like this; empty if nothing of the name can stand in an id."""
    plain = unicodedata.normalize("NFKD", folder).encode("ascii", "ignore").decode().lower()
    id_ = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    return f"instansi-{id_}" if id_ in _ids() or _is_no_name(id_) else id_


def _is_no_name(id_: str) -> bool:
    """Whether the name that an id speaks of would be read as a placeholder, as in `none`."""
    try:
        read_name(name_of_agency(id_)) if id_ else None
    except StartError:
        return True
    return False


@cache
def _ids() -> frozenset[str]:
    """The ids of the elements that are written, which no agency can have besides."""
    texts = (text for path, text in _templates("en") if path.startswith("model/"))
    return frozenset(id_ for text in texts for id_ in re.findall(r"^  ([a-z0-9-]+):$", text, re.MULTILINE))


_FIRST_WORDS = {
    "kab": ("regency", "Pemerintah Kabupaten"),
    "kabupaten": ("regency", "Pemerintah Kabupaten"),
    "kota": ("city", "Pemerintah Kota"),
    "prov": ("province", "Pemerintah Provinsi"),
    "provinsi": ("province", "Pemerintah Provinsi"),
    "kementerian": ("ministry", "Kementerian"),
    "badan": ("institution", "Badan"),
    "lembaga": ("institution", "Lembaga"),
}
"""How ids of agencies begin, with the kind and the beginning of the name that this means."""


def kind_of_agency(agency: str) -> str | None:
    """The kind that an id speaks of, as in `kab-bekasi`."""
    return _FIRST_WORDS.get(_words(agency)[0].lower(), (None, ""))[0]


def name_of_agency(agency: str) -> str:
    """The name that an id speaks of: Pemerintah Kabupaten Bekasi of `kab-bekasi`."""
    first, *others = _words(agency)
    begin = _FIRST_WORDS.get(first.lower(), (None, ""))[1] if others else ""
    return " ".join([begin or first.capitalize(), *(word.capitalize() for word in others)])


def _words(agency: str) -> list[str]:
    return [word for word in re.split(r"[-_.]+", agency) if word] or [agency]


def period_of(day: datetime.date) -> str:
    """The five years of planning that a day lies in: they begin with 2025, as those of the RPJMN do."""
    first = day.year - day.year % 5
    return f"{first}-{first + 4}"


# --- files ---------------------------------------------------------------------------------------------------


def compose(given: Answers, requirement: str) -> dict[str, bytes]:
    """The files by path, in the order in which they are to be written: the manifest makes the others a repository."""
    from spbe_arch.schema import schema_text

    files = {path: text.encode() for path, text in fill(given, requirement).items()}
    files[".spbe/model.schema.json"] = schema_text(given.language).encode()
    files[".spbe/manifest.schema.json"] = schema_text(given.language, manifest=True).encode()
    return dict(sorted(files.items(), key=lambda file: (file[0] == MANIFEST, not belongs_to_sample(file[0]), file[0])))


def fill(given: Answers, requirement: str) -> dict[str, str]:
    """The texts by path that stand beside this module, with the answers in them."""
    first, last = given.period
    kinds = value_list("agency_kind").indonesian
    kind = given.kind and (kinds[given.kind] if given.language == "id" else given.kind)
    values: dict[str, str | int] = {
        "AGENCY": given.agency,
        "NAME": given.name,
        "KIND": kind or "",
        "FIRST": first,
        "LAST": last,
        "REQUIREMENT": requirement,
    }
    filled = {path: _filled(path, text, values) for path, text in _templates(given.language)}
    return {**filled, MANIFEST: formatted(MANIFEST, filled[MANIFEST]).decode()}


def belongs_to_sample(path: str) -> bool:
    """Whether a file is part of the sample, or speaks of its files."""
    return path == "README.md" or path.startswith("model/")


def acts_in_git_root(path: str) -> bool:
    """Whether a file has an effect only in the root of a git repository."""
    return path.startswith((".github/", ".gitlab", ".pre-commit"))


@cache
def _templates(language: str) -> tuple[tuple[str, str], ...]:
    """The paths and texts of one language, as they stand beside this module."""
    return tuple(_read_templates(language))


def _read_templates(language: str) -> Iterator[tuple[str, str]]:
    for folder in ("both", language):
        for file in sorted((_HERE / folder).rglob("*")):
            if file.is_file():
                parts = file.relative_to(_HERE / folder).parts
                yield "/".join(re.sub("^dot-", ".", part) for part in parts), file.read_text(encoding="utf-8")


def _filled(path: str, text: str, values: dict[str, str | int]) -> str:
    """A text with its words filled in, each written as the format of the file wants it."""
    from spbe_arch.formats.markdown import escape

    form = escape if path.endswith(".md") else scalar if path.endswith((".yaml", ".yml")) else str

    def written(word: re.Match[str]) -> str:
        value = values[word[1]]
        return str(value) if isinstance(value, int) else form(value)

    return re.sub(r" +$", "", re.sub(r"__([A-Z]+)__", written, text), flags=re.MULTILINE)


_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_.-]| (?! ))*(?<! )|")
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that other programs take for a truth value or for nothing; this one does not."""


def scalar(text: str) -> str:
    """A text as YAML reads it back, with quotes where any program could take it for something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    """What stands for a character between double quotes (YAML 1.2, 5.7); what cannot be seen is spelt out."""
    if character in '"\\':
        return f"\\{character}"
    if character == " " or (character.isprintable() and unicodedata.category(character) != "Cf"):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


# --- where this program came from ----------------------------------------------------------------------------


def origin() -> Origin:
    """Where pip got this program: a commit of a public repository, a folder of this machine, or the index."""
    from importlib.metadata import PackageNotFoundError, distribution

    released = f"spbe-arch=={__version__}"
    try:
        record = distribution("spbe-arch").read_text("direct_url.json")  # PEP 610: only if it is not the index
    except PackageNotFoundError:
        return Origin(released, known=False)
    return origin_of(record) if record else Origin(released, known=True)


def origin_of(record: str) -> Origin:
    """What a record of PEP 610 says; an address with a secret in it is not passed on."""
    about = json.loads(record)
    url, vcs = about.get("url", ""), about.get("vcs_info", {})
    commit = vcs.get("commit_id", "")
    public = re.fullmatch(r"https://[\w.-]+(?::\d+)?/[\w./~-]+", url)
    if public and vcs.get("vcs") == "git" and re.fullmatch("[0-9a-f]{40,64}", commit):
        return Origin(f"spbe-arch @ git+{url}@{commit}", known=True)
    return Origin(f"spbe-arch=={__version__}", known=False)
