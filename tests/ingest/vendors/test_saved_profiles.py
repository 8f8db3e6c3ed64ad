"""A layout is mapped once: the practice's own profile reads the next file, until it changes."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.own_profiles import save_profile
from kpi.ingest.questions import Question
from kpi.ingest.receipt import Receipt
from tests.databases import made
from tests.ingest.vendors.mapped import CORRECTIONS, FILES, confirmed
from tests.office import Office

# A heading of each file, and what the vendor calls it after a change.
RENAMED = {
    "adp_timecard.csv": ("Department", "Home Department"),
    "advancedmd_ar_aging.xls": ("<th>Carrier", "<th>Carrier Name"),
    "athenahealth_appointments.csv": ("checkout time", "checkout stamp"),
    "drchrono_appointments.csv": ("Updated At", "Changed At"),
    "eclinicalworks_appointments.csv": ("Created By", "Entered By"),
    "gusto_payroll_journal.csv": ("Net pay", "Take-home pay"),
    "nextgen_appointments.csv": ("Created By", "Entered By"),
    "opendental_aging.txt": ("90+", ">90"),
    "paychex_flex.csv": ("Org Unit", "Labor Assignment"),
    "press_ganey.csv": ("Percentile Rank", "PG Rank"),
    "tebra_ar_aging_by_insurance.csv": ("Phone", "Telephone"),
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    engine: Engine = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    yield Office(engine)
    engine.dispose()


def text_of(name: str) -> tuple[str, str]:
    """A sample's text and its encoding."""
    content = (FILES / name).read_bytes()
    encoding = "utf-16" if content.startswith(b"\xff\xfe") else "utf-8"
    return content.decode(encoding), encoding


def offered(office: Office, name: str, text: str, encoding: str) -> Receipt:
    source = BytesIO(text.encode(encoding))
    (receipt,) = ingest(office.engine, operator(), office.practice.id, source, name)
    return receipt


@pytest.mark.parametrize("name", sorted(CORRECTIONS))
def test_a_layout_is_mapped_once_and_asked_about_again_when_it_changes(
    office: Office, name: str
) -> None:
    text, encoding = text_of(name)
    unknown = offered(office, name, text, encoding)
    assert unknown.status == "refused"
    assert unknown.question is Question.MAPPING

    written = confirmed(name).profile_text("Our export")
    save_profile(office.engine, operator(), office.practice.id, "ours", written)
    first = offered(office, name, text, encoding)
    assert (first.status, first.profile, first.quarantined) == ("loaded", "ours", 0), first.message

    later = offered(office, name, text.replace("2026", "2027"), encoding)
    assert (later.status, later.profile) == ("loaded", "ours"), later.message
    assert later.months[0] == "2027-01"

    old, new = RENAMED[name]
    changed = offered(office, name, text.replace(old, new, 1), encoding)
    assert changed.status == "refused"
    assert f"no longer has {old.removeprefix('<th>')}" in changed.message
    assert f"now has {new.removeprefix('<th>')}" in changed.message
    assert "was mapped as 'ours'" in changed.message
    assert changed.question is Question.MAPPING
