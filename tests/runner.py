"""A runner of GitHub Actions, as far as our files ask for one: shell steps under bash, and the files it gives them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.command import environment_of_a_shell

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
BASH = shutil.which("bash")


@dataclass
class Ran:
    """What a step did."""

    code: int
    log: str
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


def step(name: str) -> Any:
    """A step of our action, by its name."""
    return next(one for one in ACTION["runs"]["steps"] if one.get("name") == name)


def run_step(name: str, workspace: Path, temporary: Path, inputs: Mapping[str, str], **environment: str) -> Ran:
    """Run a step of our action in a workspace, with these inputs and the defaults of the others."""
    given = {key: str(value.get("default", "")) for key, value in ACTION["inputs"].items()}
    contexts = {f"inputs.{key}": value for key, value in {**given, **inputs}.items()}
    contexts["github.action_path"] = str(ROOT)
    own = step(name)
    variables = {key: evaluated(text, contexts) for key, text in own["env"].items()}
    return run_text(own["run"], workspace, temporary, {**variables, **environment})


def evaluated(text: str, contexts: Mapping[str, str]) -> str:
    """A text with its expressions put in, each the name of a value."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: contexts[found[1]], text)


def run_text(script: str, workspace: Path, temporary: Path, environment: Mapping[str, str]) -> Ran:
    """Run a script as `shell: bash` says (actions/runner, ScriptHandlerHelpers)."""
    assert "${{" not in script, "an expression in the text of a script is code, whatever it holds"
    assert BASH is not None
    temporary.mkdir(exist_ok=True)
    files = {name: temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_bytes(b"")
    text = temporary / "script.sh"
    text.write_text(script, encoding="utf-8", newline="\n")
    done = subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(text)],
        cwd=workspace,
        env={
            **environment_of_a_shell({"RUNNER_TEMP": str(temporary)}),
            **{name: str(file) for name, file in files.items()},
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,  # an installation waits for the index
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines())
    return Ran(done.returncode, done.stdout, files["GITHUB_STEP_SUMMARY"].read_text("utf-8"), outputs)


def install(temporary: Path) -> Path:
    """What the step Install leaves, with this checkout in place of an installation; the folder of its commands."""
    commands = temporary / "spbe" / "bin"
    commands.mkdir(parents=True)
    for name, arguments in (("spbe", "-m spbe_arch"), ("python", "")):
        command = commands / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf-8")
        command.chmod(0o755)
    return commands


def on_the_path(commands: Path) -> dict[str, str]:
    """The environment of a shell that finds these commands first."""
    return {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
