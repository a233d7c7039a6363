"""`spbe rules test`, and own rules in the commands that list, explain and check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.command import run, write

if TYPE_CHECKING:
    from pathlib import Path

OWN_RULE = """\
rules:
  pemilik:
    for: services
    require: {owner: any}
    message: "{name}"
    wrong: {services: {a: {name: A}}}
    right: {services: {a: {name: A, owner: b}}, units: {b: {name: B}}}
"""


NO_FIELD = "a service has neither a field nor another end called 'ownr'"


def test_examples_of_own_rules_that_hold(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"aturan.yaml": OWN_RULE}), "rules", "test")
    assert (result.returncode, result.stdout) == (0, "holds  kab-contoh/pemilik: wrong, right\n")
    assert result.stderr == "1 own rule: 1 hold, 0 failed, 0 without example\n"


def test_an_example_of_an_own_rule_that_does_not_hold(tmp_path: Path) -> None:
    text = OWN_RULE.replace("name: A, owner: b", "name: A, ownr: b")
    result = run(write(tmp_path, {"aturan.yaml": text}), "rules", "test")
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "FAILED  kab-contoh/pemilik",
        "    right: right.yaml:4:5: SPBE103 service 'a' has no field 'ownr'; did you mean 'owner'?",
    ]


def test_a_rule_that_cannot_be_read_fails_its_test(tmp_path: Path) -> None:
    text = OWN_RULE.replace("{owner: any}", "{ownr: any}")
    result = run(write(tmp_path, {"aturan.yaml": text}), "rules", "test")
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        f"aturan.yaml:4:15: SPBE162 own rule 'pemilik': {NO_FIELD}; did you mean 'owner'?",
        "FAILED  kab-contoh/pemilik: the rule cannot be run",
    ]


def test_examples_of_own_rules_for_programs(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"aturan.yaml": OWN_RULE}), "rules", "test", "--output-format", "json")
    [rule] = json.loads(result.stdout)["rules"]
    assert [(one["heading"], one["holds"], one["found"]) for one in rule["examples"]] == [
        ("wrong", True, ["kab-contoh/pemilik"]),
        ("right", True, []),
    ]


def test_a_repository_without_own_rules_has_nothing_to_test(tmp_path: Path) -> None:
    result = run(write(tmp_path, {}), "rules", "test")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "there are no own rules here\n")


def test_own_rules_are_listed_and_explained_inside_their_repository(tmp_path: Path) -> None:
    write(tmp_path, {"aturan.yaml": OWN_RULE})
    listed = run(tmp_path, "rules").stdout.splitlines()
    assert listed[-2:] == ["own  own rules of the agency", "kab-contoh/pemilik  warning     pemilik"]
    assert run(tmp_path, "explain", "pemilik").stdout.startswith("kab-contoh/pemilik pemilik (warning)\n")


def test_one_path_is_enough_for_rules(tmp_path: Path) -> None:
    assert run(write(tmp_path, {}), "rules", "test", ".", "lain").returncode == 2


def test_an_own_rule_in_sarif_has_its_page(tmp_path: Path) -> None:
    text = (
        OWN_RULE.replace('message: "{name}"', 'message: "{name}"\n    why: "```\\n<script>"')
        + "services: {a: {name: A}}\n"
    )
    result = run(write(tmp_path, {"aturan.yaml": text}), "check", "--select", "pemilik", "--output-format", "sarif")
    [rule] = json.loads(result.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == "kab-contoh/pemilik"
    assert rule["help"]["markdown"].startswith("````text\n")
