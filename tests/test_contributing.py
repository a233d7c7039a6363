from __future__ import annotations

import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_example_of_a_rule_is_the_rule() -> None:
    page = (ROOT / ".github/CONTRIBUTING.md").read_text("utf-8")
    shown = re.search(r"```python\n(.*?)   ```", page, re.DOTALL)
    assert shown is not None
    rule = (ROOT / "spbe_arch/rules/service_without_process.py").read_text("utf-8")
    assert textwrap.dedent(shown[1]).strip() in rule
