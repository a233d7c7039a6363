"""Errors of the caller or of the world; faults of a model are findings and never raise.

SpbeError
├── ModelNotFoundError    no manifest at or above the path, or no such path
├── UnknownElementError   the architecture holds no element of this id (also a KeyError)
├── UnknownRuleError      no rule has this code or name (also a KeyError)
├── UnknownViewError      no view has this name, or it lacks a parameter (also a KeyError)
├── EditingError          a text cannot be edited so; nothing of it was changed
├── DrawingError          the layout engine could not be run
└── OutputError           a file could not be written
"""

__all__ = [
    "DrawingError",
    "EditingError",
    "ModelNotFoundError",
    "OutputError",
    "SpbeError",
    "UnknownElementError",
    "UnknownRuleError",
    "UnknownViewError",
]


class SpbeError(Exception):
    """The root of the tree: catching it catches every error this package raises on purpose.

    Args:
        text: English, with names of values in braces; the command prints it in the language of its reader.
        values: the values by name.
    """

    def __init__(self, text: str = "", **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.text = text
        self.values = values


class ModelNotFoundError(SpbeError):
    """There is no architecture repository where one was asked for."""


class _LookupError(SpbeError, KeyError):
    """A look-up that found nothing; the message is a sentence, so it prints without quotes."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UnknownElementError(_LookupError):
    """The architecture holds no element of this id."""


class UnknownRuleError(_LookupError):
    """The catalogue holds no rule of this code or name."""


class UnknownViewError(_LookupError):
    """No view has this name, or the view lacks a parameter that it needs."""


class EditingError(SpbeError):
    """A text cannot be edited in the way asked for; nothing of it was changed."""


class DrawingError(SpbeError):
    """The layout engine is missing, failed, or did not answer in time."""


class OutputError(SpbeError):
    """A file could not be written; nothing of it was."""
