"""Settings of the test run that pyproject.toml has no place for."""

from hypothesis import settings

# How long one example takes says nothing on a machine that others use too; speed is measured in tests/bench.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")
