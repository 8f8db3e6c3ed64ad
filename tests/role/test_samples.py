"""The sample role files, and the page that explains the file."""

import re
from pathlib import Path

import pytest

from kpi.catalogue import kpis
from kpi.role import Role, check_role, read_role
from kpi.role.schema import SECTIONS, fields_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = tuple(f"medical-office-manager-{version}" for version in ("2025.1", "2025.2", "2026.1"))


def sample(name: str) -> Role:
    path = ROOT / "sample_data" / "roles" / f"{name}.yaml"
    reading = read_role(path.read_bytes(), path.name)
    assert reading.findings == ()
    assert reading.role is not None
    return reading.role


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_a_whole_role(name: str) -> None:
    role = sample(name)
    assert name == f"{role.role}-{role.version}"
    assert set(SECTIONS) < set(role.document)
    assert len(role.targets) <= 12
    assert {kpis()[target.kpi].family for target in role.targets} == {
        "financial", "operational", "satisfaction", "compliance",
    }  # fmt: skip
    assert {target.kpi: target.gate for target in role.targets if target.gate is not None} == {
        "hipaa_violations": 60.0
    }
    assert all(target.minimum is None for target in role.targets)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_no_warning_that_it_does_not_answer(name: str) -> None:
    path = ROOT / "sample_data" / "roles" / f"{name}.yaml"
    role = sample(name)
    reading = check_role(path.read_bytes(), path.name, today=role.effective.first_day)
    assert reading.findings == ()
    assert [each.finding.rule for each in reading.answered] == ["duty-without-kpi"]


def test_the_last_version_moves_some_targets_and_has_one_baseline() -> None:
    first, second = sample(SAMPLES[0]), sample(SAMPLES[-1])
    assert first.effective < second.effective
    assert [target.kpi for target in first.targets if target.baseline] == []
    assert [target.kpi for target in second.targets if target.baseline] == ["median_wait_minutes"]
    assert [target.kpi for target in first.targets] == [target.kpi for target in second.targets]
    assert first.targets != second.targets


PARTS: list[tuple[str | int, ...]] = [
    (),
    ("responsibilities", 0),
    ("qualifications",),
    ("skills", 0),
    ("daily_duties", 0),
    ("reporting",),
    ("reporting", "authority"),
    ("performance_metrics",),
    ("performance_metrics", "ratings"),
    ("performance_metrics", "kpis", 0),
    ("performance_metrics", "kpis", 0, "baseline"),
    ("performance_metrics", "custom_kpis", 0),
    ("compensation",),
    ("compensation", "bonus"),
    ("compensation", "bonus", "schedule", 0),
    ("benefits",),
    ("compliance", 0),
    ("conditions",),
    ("statements",),
    ("accepted", 0),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: ".".join(map(str, part)) or "top")
def test_every_key_is_explained_in_its_place(part: tuple[str | int, ...]) -> None:
    page = (ROOT / "docs" / "role-file.md").read_text("utf-8")
    heading = ".".join(step for step in part if isinstance(step, str)) or "The top of the file"
    found = re.search(rf"^#+ [^\n]*`?{re.escape(heading)}`?\n(.*?)(?=^#|\Z)", page, re.M | re.S)
    assert found is not None, f"no heading for {heading}"
    keys = fields_of(part)
    assert keys
    explained = set(re.findall(r"^\| `(\w+)` \|", found[1], re.M))
    assert explained == set(keys)


def test_every_rule_is_explained() -> None:
    page = (ROOT / "docs" / "role-file.md").read_text("utf-8")
    table = page[page.index("## What the check calls its findings") :]
    explained = set(re.findall(r"`([a-z-]+)`", table))
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "kpi" / "role").glob("*.py"))
    calls = r"(?:\berror|\bwarning|\brefuse|\bFault)\(\s*\"([a-z-]+)\""
    said = set(re.findall(calls, source))
    said |= set(re.findall(r"_say\(\s*(?:\"\w+\"|key),\s*\"([a-z-]+)\"", source))
    said |= set(re.findall(r"return\s+\(?\s*\"([a-z-]+)\",", source))
    said |= {"floor", "stretch"}  # named by the key they stand at
    assert said == explained
