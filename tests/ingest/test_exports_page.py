"""docs/exports.md, the list of what is read without being asked."""

from pathlib import Path

from kpi.errors import FileRefused
from kpi.ingest.mapping.profile import all_profiles
from kpi.months import Month
from tests.ingest.opened import LAYOUTS, opened

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text("utf-8")


def test_every_shipped_profile_is_on_the_page() -> None:
    assert [each.name for each in all_profiles() if f"(`{each.name}`)" not in PAGE] == []


def test_every_shipped_profile_has_a_made_up_file_that_is_taken_for_it() -> None:
    titles = {each.title: each.name for each in all_profiles()}
    found = set()
    for path in sorted(LAYOUTS.iterdir()):
        try:
            found.add(opened(path, covers=(Month(2026, 3),)).profile)
        except FileRefused as refusal:
            said = str(refusal).partition(" is ")[2]
            found.update(name for title, name in titles.items() if said.startswith(f"{title}. "))
    assert found == set(titles.values())
