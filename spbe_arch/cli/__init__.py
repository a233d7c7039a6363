"""The command `spbe`: reads arguments, calls the library, prints what it returns. One file for each command."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import IO, Any

import click

from spbe_arch.cli.shared import close_quietly, language_here
from spbe_arch.errors import QueryError, SpbeError

__all__ = ["main"]

COMMANDS = (
    "init",
    "check",
    "explain",
    "rules",
    "render",
    "views",
    "needs",
    "list",
    "show",
    "impact",
    "path",
    "query",
    "diff",
    "gap",
    "metrics",
    "score",
    "format",
    "rename",
    "move",
    "new",
    "export",
    "schema",
    "lsp",
    "serve",
    "doctor",
    "completion",
)
"""In the order of the help text; the module of each is imported when it is called."""


class _Failure(click.ClickException):
    """What could not be done, in the language of the reader."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"spbe: {self.message}", file=file, err=True)


class _Interrupted(click.Abort):
    """Somebody has stopped the command; says so in the language of the reader."""


def _interrupted(language: str | None) -> str:
    """That the command was stopped, in the language of the reader."""
    try:
        from spbe_arch.messages import translate

        return translate("interrupted", language_here(language))
    except Exception:  # noqa: BLE001 - whoever stops an import leaves modules that are half there
        return "interrupted"


_WHOLE = 1_000
"""Characters of a sentence that describes a command; none is as long."""


class _Group(click.Group):
    """Finds commands, names the one that was probably meant, and says in words what could not be done."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        return [*COMMANDS]  # once the command `list` is imported, its module has that name here

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - the module of a command holds it under its name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands with the whole of their first sentence; click would cut it at the end of the line."""
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        rows = [(name, command.get_short_help_str(limit=_WHOLE)) for name, command in commands.items() if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SpbeError as error:
            from spbe_arch.messages import in_words

            said = in_words(error, language_here(ctx.meta.get("language")))
            raise _Failure(f"{said}{error.pointer}" if isinstance(error, QueryError) else said) from error

        except (click.Abort, KeyboardInterrupt) as stop:
            raise _Interrupted(_interrupted(ctx.meta.get("language"))) from stop

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from spbe_arch.metamodel.values import near_miss

            near = near_miss(args[0], self.list_commands(ctx))
            if near:
                raise click.UsageError(f"{error.message} Did you mean '{near}'?", ctx) from error
            raise


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=None, version="0.1.0", prog_name="spbe", message="%(prog)s %(version)s")
def app() -> None:
    """The architecture of a government, kept as text in git, checked like code, drawn like a document."""


_RARELY = 100_000
"""Objects made before the garbage collector looks: a command is short, and what it makes stays until it ends."""


def main() -> None:
    """Run the command: exit 0 clean, 1 findings, 2 could not do it, 3 our own fault, 130 interrupted."""
    gc.set_threshold(_RARELY)
    try:
        _print_utf8()
        _know_shells()
        code = app(standalone_mode=False)
        if isinstance(code, int) and code:
            sys.exit(code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt) as stop:
        click.echo(str(stop) or "interrupted", err=True)
        _end_workers(130)
        sys.exit(130)
    except BrokenPipeError:
        close_quietly()
        sys.exit(0)
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        click.echo(f"spbe: {named}{error.strerror or error}", err=True)
        sys.exit(2)
    except MemoryError:
        click.echo("spbe: there is not enough memory for this model", err=True)
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - whatever else is raised is a fault of ours, and is said to be one
        _own_up(error)
        sys.exit(3)


def _end_workers(code: int) -> None:
    """End at once if processes still read files; they would be waited for, and complain if they were not."""
    if "multiprocessing" not in sys.modules:
        return
    import os
    from multiprocessing import active_children

    children = active_children()
    if children:
        sys.setswitchinterval(60)  # no other thread shall notice and say so
        for child in children:
            child.kill()
        os._exit(code)


def _own_up(error: Exception) -> None:
    """Say that the program has a fault, shortly; the traceback is for those who look for it."""
    import os

    if os.environ.get("SPBE_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    name = type(error).__name__
    said = " ".join(str(error).split())[:200]
    click.echo(f"spbe: a fault of spbe itself, not of your model: {name}{f': {said}' if said else ''}", err=True)
    click.echo("please report it with the command you typed; SPBE_DEBUG=1 shows where it happened", err=True)


def _know_shells() -> None:
    """Click knows the shells of Unix; when another one asks for completions, it has to learn of it first."""
    import os

    if os.environ.get("_SPBE_COMPLETE", "").startswith("powershell"):
        import_module("spbe_arch.cli.completion")


def _print_utf8() -> None:
    """Piped output is UTF-8 with line feeds on every system."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
