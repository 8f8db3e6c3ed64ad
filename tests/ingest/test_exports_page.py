"""docs/exports.md, the list of what is read without being asked."""

from pathlib import Path

from kpi.ingest.mapping.profile import all_profiles

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text("utf-8")


def test_every_shipped_profile_is_on_the_page() -> None:
    assert [each.name for each in all_profiles() if f"(`{each.name}`)" not in PAGE] == []
