"""The rules that regulation, evaluation and practice imply, by letter; what no rule checks yet says why.

The list is a fact about the field, not about this program: a rule of the catalogue names its letter, and a letter that
no rule names is listed in the index as not a rule yet.
"""

from typing import NamedTuple

from spbe_arch.findings import english

__all__ = ["LETTERS", "Letter"]

_PLANNED = english("planned")


class Letter(NamedTuple):
    """One entry of the list."""

    title: str
    """What is checked, in a few English words."""
    reason: str = _PLANNED
    """Why no rule checks it, while none does."""


LETTERS = {
    # Codes and identity
    "A1": Letter(english("form and prefix of a reference code")),
    "A2": Letter(english("levels 1 and 2 of a code are in the national table")),
    "A3": Letter(english("level 3 and below of a code has a known parent")),
    "A4": Letter(
        english("codes of levels 1, 2 and 3 agree with each other"),
        english("the format has no separate fields for the levels"),
    ),
    "A5": Letter(english("code and name in one cell agree with the table")),
    "A6": Letter(english("codes damaged by a spreadsheet")),
    "A7": Letter(english("ids and registry numbers are unique, names in a unit too")),
    "A8": Letter(english("links lead to existing elements of the right type")),
    "A9": Letter(
        english("codes that are no longer valid"),
        english("the tables have one version, and no source says that a code of it has lapsed"),
    ),
    "A10": Letter(english("units are in the list of units, spelt in one way")),
    "A11": Letter(english("codes of processes fit the affairs of their unit")),
    "A12": Letter(english("elements without a reference code")),
    # Business processes
    "B1": Letter(english("process with neither a service nor data")),
    "B2": Letter(english("process without an owner")),
    "B3": Letter(english("process without an objective or indicator")),
    "B4": Letter(english("process of one name in several units without a coordinator")),
    # Services
    "C1": Letter(english("service without a process")),
    "C2": Letter(english("electronic service without an application")),
    "C3": Letter(english("face-to-face service with an application")),
    "C4": Letter(english("service without an executing unit")),
    "C5": Letter(english("service without target users")),
    "C6": Letter(english("risk of a service without mitigation")),
    "C7": Letter(english("code of a service fits the related affair")),
    "C8": Letter(english("public service without a complaint channel")),
    # Data
    "D1": Letter(english("data without a producer")),
    "D2": Letter(english("data without a data steward")),
    "D3": Letter(english("producer and data steward are the same unit")),
    "D4": Letter(english("data that no process yields")),
    "D5": Letter(english("data that no application uses and nothing stores")),
    "D6": Letter(english("data without a confidentiality class")),
    "D7": Letter(english("protected data without any security")),
    "D8": Letter(english("closed data in an application for the public only")),
    "D9": Letter(english("open data that nobody offers")),
    "D10": Letter(english("the same data from several producers")),
    "D11": Letter(english("interoperable data without a service hub or user")),
    "D12": Letter(english("statistical or geospatial data without standard and metadata")),
    "D13": Letter(english("audit linked to data")),
    # Applications
    "E1": Letter(english("application without a service")),
    "E2": Letter(english("application without data")),
    "E3": Letter(english("local application beside a general application")),
    "E4": Letter(english("application classed as general that is not on the list")),
    "E5": Letter(english("several applications for the same thing")),
    "E6": Letter(english("new application that is not in the roadmap")),
    "E7": Letter(english("data shared between units without the service hub")),
    "E8": Letter(english("too many point-to-point exchanges")),
    "E9": Letter(english("application without a server or cloud")),
    "E10": Letter(english("application without an owner or operating unit")),
    "E11": Letter(english("inactive application that a service still needs")),
    "E12": Letter(english("application with protected data without a security assessment")),
    "E13": Letter(english("security audit that is too old")),
    "E14": Letter(english("licence that has expired or has no end")),
    "E15": Letter(english("source code or documentation not kept by the agency")),
    "E16": Letter(english("application without a backup")),
    "E17": Letter(english("application built without consultation or test")),
    "E18": Letter(english("application built by a unit that may not")),
    # Infrastructure
    "F1": Letter(english("name of the owner does not fit the ownership")),
    "F2": Letter(english("own data centre without a way to the National Data Centre")),
    "F3": Letter(english("server outside the shared facility")),
    "F4": Letter(english("protected data in a foreign facility")),
    "F5": Letter(english("unit with shared services and no intra-network")),
    "F6": Letter(english("service hub without an intra-network or applications")),
    "F7": Letter(english("device without a facility")),
    "F8": Letter(english("storage without data, server without software")),
    "F9": Letter(english("cloud without a kind")),
    "F10": Letter(english("cloud or licence whose period has ended")),
    "F11": Letter(english("facility without a tier or security system")),
    "F12": Letter(english("main and backup facility are the same")),
    # Security
    "G1": Letter(english("security element that secures nothing")),
    "G2": Letter(english("audit result without a date, or a date without a result")),
    "G3": Letter(english("standard that has ended and is still in use")),
    "G4": Letter(english("security link that only one side names")),
    "G5": Letter(english("all four kinds of security programme are present")),
    "G6": Letter(english("agency without incident response")),
    "G7": Letter(english("audit finding without follow-up")),
    # The architecture as a whole, and the roadmap
    "H1": Letter(english("all six domains are present")),
    "H2": Letter(english("a period of five years, with reviews")),
    "H3": Letter(english("as-is elements without a future, to-be elements without a gap or activity")),
    "H4": Letter(english("the roadmap covers all seven contents")),
    "H5": Letter(english("initiative without output, year or responsible unit")),
    "H6": Letter(english("roadmap years outside the period")),
    "H7": Letter(english("budget item without an architecture element")),
    "H8": Letter(english("gap without a decision")),
    "H9": Letter(
        english("target codes that the reference chapter does not contain"),
        english(
            "the format has no separate chapters of references and targets; A2 and A3 find codes outside the tables"
        ),
    ),
    "H10": Letter(english("upgrade without a predecessor, new element with one")),
    "H11": Letter(english("element that is ready before what it depends on")),
    "H12": Letter(english("retired element that a to-be element still uses")),
}
"""Every letter of the list with what it checks."""
