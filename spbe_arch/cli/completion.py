"""`spbe completion`: the script that lets a shell complete commands, options and ids."""

from __future__ import annotations

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

from spbe_arch.cli.shared import deliver

__all__ = ["completion"]


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what completes spbe in SHELL, ids of the model included.

    \b
    bash        eval "$(spbe completion bash)"   in ~/.bashrc
    zsh         eval "$(spbe completion zsh)"    in ~/.zshrc
    fish        spbe completion fish > ~/.config/fish/completions/spbe.fish
    powershell  spbe completion powershell | Out-String | Invoke-Expression
                in $PROFILE
    """  # noqa: D301 - click reads this very character
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - only those that there are come so far
    asking = kind(ctx.find_root().command, {}, "spbe", "_SPBE_COMPLETE")
    deliver(ShellComplete.source(asking).strip() + "\n", None)  # that of bash would start a bash to ask its version


_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $position)
    $env:%(complete_var)s = "powershell_complete"
    $env:COMP_WORDS = ($ast.CommandElements | ForEach-Object { $_.Extent.Text }) -join "`n"
    $env:COMP_WORD = $word
    try {
        %(prog_name)s | ForEach-Object {
            $value, $about = $_ -split "`t", 2
            if (-not $about) { $about = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_WORD
    }
}
"""


@add_completion_class
class PowerShell(ShellComplete):
    """PowerShell 5 and later: words come one a line, so that nothing in them is a quote."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        words = os.environ.get("COMP_WORDS", "").split("\n")[1:]
        word = os.environ.get("COMP_WORD", "")
        return (words[:-1] if word and words[-1:] == [word] else words), word

    def format_completion(self, item: CompletionItem) -> str:
        """One line for each."""
        return f"{item.value}\t{item.help or ''}"
