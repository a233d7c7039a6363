"""The list of national applications: what it holds together, and what it takes a name to mean."""

from __future__ import annotations

import pytest

from spbe_arch.metamodel.national import national_applications
from spbe_arch.metamodel.references import table

NATIONAL = national_applications()


def test_fields_sources_and_codes_of_the_list_exist() -> None:
    keys = {field.key for field in NATIONAL.fields}
    assert len(keys) == 8
    for application in NATIONAL.applications:
        assert set(application.fields) <= keys
        assert application.designated in ("yes", "no", "unclear")
        assert NATIONAL.named(application.name) is application
    said = [(one.confidence, one.sources) for one in NATIONAL.applications]
    said += [(one.confidence, one.sources) for one in NATIONAL.fields]
    assert all(confidence in ("high", "medium", "low") and sources for confidence, sources in said)
    services = table("RAL")
    assert all(code in services for field in NATIONAL.fields for code in field.codes)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Aplikasi Srikandi Kabupaten", "SRIKANDI"),
        ("SP4N LAPOR", "SP4N-LAPOR!"),
        ("Lapor!", "SP4N-LAPOR!"),
        ("Lapor Pajak", None),
        ("OSS RBA", "OSS-RBA"),
        ("Osso", None),
        ("", None),
    ],
)
def test_a_name_means_an_application(name: str, meant: str | None) -> None:
    found = NATIONAL.named(name)
    assert (found and found.name) == meant


def test_a_period_before_the_list_takes_the_oldest() -> None:
    assert national_applications("2015-2019") is NATIONAL
