"""Errors of the caller or of the world; faults of a model are findings and never raise.

SpbeError
├── ModelNotFoundError    no manifest at or above the path, or no such path
├── UnknownElementError   the architecture holds no element of this id, or there is no such type (also a KeyError)
├── UnknownRuleError      no rule has this code or name (also a KeyError)
├── QueryError            a text is no query, or asks for a field that does not exist
├── UnknownViewError      no view has this name, or it lacks a parameter (also a KeyError)
├── PeriodError           the years that are meant are not known, or run backwards
├── SchemeError           there is no such scheme of evaluation, or a file is none
├── SupposedError         changes that cannot be supposed together
├── RevisionError         git has no such revision, or cannot be asked
├── EditingError          a text cannot be edited so; nothing of it was changed
│   └── FormattingError   a file is not formatted, since its layout cannot be changed alone
├── DrawingError          the layout engine could not be run
├── OutputError           a file could not be written
└── StartError            a new repository cannot be made of these answers
"""

__all__ = [
    "DrawingError",
    "EditingError",
    "FormattingError",
    "ModelNotFoundError",
    "OutputError",
    "PeriodError",
    "QueryError",
    "RevisionError",
    "SchemeError",
    "SpbeError",
    "StartError",
    "SupposedError",
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
    """The architecture holds no element of this id, or there is no such type, layer or status."""


class UnknownRuleError(_LookupError):
    """The catalogue holds no rule of this code or name."""


class UnknownViewError(_LookupError):
    """No view has this name, or the view lacks a parameter that it needs."""


class QueryError(SpbeError):
    """A text is no query; `at` is the place of the mistake, counted from 0."""

    def __init__(self, sentence: str, *, query: str = "", at: int = 0, **values: object) -> None:
        super().__init__(sentence, **values)
        self.query = query
        self.at = at

    @property
    def pointer(self) -> str:
        """Two lines that show the place: the query around it, and a caret below; empty if no query is known."""
        start = max(0, self.at - 50)
        shown = "".join(letter if letter.isprintable() else " " for letter in self.query[start : self.at + 50])
        return f"\n  {shown}\n  {' ' * (self.at - start)}^" if shown.strip() else ""


class PeriodError(SpbeError):
    """The years that are meant are not known, or run backwards."""


class SchemeError(SpbeError):
    """There is no such scheme of evaluation, or what should be one is none."""


class SupposedError(SpbeError):
    """Changes that cannot be supposed, or not together."""


class RevisionError(SpbeError):
    """There is no such revision, no git repository, or no git."""


class EditingError(SpbeError):
    """A text cannot be edited in the way asked for; nothing of it was changed."""


class FormattingError(EditingError):
    """A file cannot be read whole, or its layout cannot be changed without changing what it says."""


class DrawingError(SpbeError):
    """The layout engine is missing, failed, or did not answer in time."""


class OutputError(SpbeError):
    """A file could not be written; nothing of it was."""


class StartError(SpbeError):
    """A new repository cannot be made of what was answered; nothing of it was written."""
