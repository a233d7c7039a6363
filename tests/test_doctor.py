"""`spbe doctor`: what is missing is told with what to type, and nothing names the user."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spbe_arch.diagnosis import facts
from spbe_arch.drawing import engine
from spbe_arch.errors import DrawingError
from spbe_arch.files import JOURNAL
from tests.command import MANIFEST, run, write

if TYPE_CHECKING:
    import pytest

    from spbe_arch import diagnosis

MODEL = Path(__file__).parents[1] / "models" / "kab-bekasi"


def report(path: Path) -> dict[str, diagnosis.Fact]:
    return {fact.name: fact for fact in facts(str(path), ("en", "default"))}


def test_the_report_says_what_is_installed_and_what_holds() -> None:
    result = run(MODEL, "doctor", "--output-format", "json")
    found: dict[str, Any] = {fact["name"]: fact["value"] for fact in json.loads(result.stdout)}
    assert result.returncode == 0
    assert found["language"] == "en (SPBE_LANGUAGE)"
    assert found["agency"] == "kab-bekasi"
    assert found["as_of"] == "2026-11-01 (spbe.yaml: check.as_of)"
    assert {"click", "typst [pdf]", "layout engine", "fonts in SVG"} <= found.keys()


def test_the_report_is_in_the_language_of_the_reader() -> None:
    result = run(MODEL, "doctor", "--language", "id")
    assert "mesin tata letak" in result.stdout
    assert "id (--language)" in result.stdout


def test_a_missing_extra_is_told_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.requires", lambda name: ["tiada-sekali>=1; extra == 'office'", "click"])
    found = report(MODEL)
    missing = found["tiada-sekali [office]"]
    assert (missing.value, missing.works, missing.is_needed) == ("not installed", False, False)
    assert missing.remedy == "python -m pip install 'spbe-arch[office]'"
    assert found["click"].works


def test_an_engine_that_does_not_answer_fails_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise DrawingError("the layout engine is not installed; it comes with 'pip install graphviz-pure'")

    monkeypatch.setattr(engine, "run", fail)
    broken = report(MODEL)["layout engine"]
    assert (broken.works, broken.is_needed, broken.remedy) == (False, True, "python -m pip install graphviz-pure")


def test_a_folder_without_a_model_and_an_interrupted_edit_are_told(tmp_path: Path) -> None:
    assert not report(tmp_path)["manifest"].works
    folder = write(tmp_path / "m", {JOURNAL: "{}"}, MANIFEST)
    assert report(folder)["edit"].remedy == "spbe format"


def test_nothing_in_the_report_names_the_user(tmp_path: Path) -> None:
    folder = write(tmp_path / "rahasia" / "m", {})
    result = run(
        folder, "doctor", environment={"HOME": str(tmp_path / "rahasia"), "USERPROFILE": str(tmp_path / "rahasia")}
    )
    assert "~/m/spbe.yaml" in result.stdout.replace("\\", "/")
    assert "rahasia" not in result.stdout
