"""Publishing roles: what is published never changes, nor do the baselines it was given."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import Engine, select

from kpi.access.actor import Actor, operator
from kpi.errors import NotPermitted, RoleRefused
from kpi.months import Month
from kpi.review.roles.publication import publish
from kpi.review.scores.scoring import score_manager
from kpi.store.engine import reading
from kpi.store.tables import role_versions
from tests.office import Office
from tests.review.reviewed import HARPER, Reviewed, set_clock
from tests.scored import ROLE, assigned, fill, ledger, published

PLAIN = "floor: 80%\n      target: 60%\n      stretch: 50%"
BASED = ROLE.replace(
    PLAIN,
    "baseline: {from: 2025-10, to: 2025-12}\n      floor: 0%\n      target: -10%\n"
    "      stretch: -20%",
)
YEAR_END = ("2025-10", "2025-11", "2025-12")


def held(office: Office) -> list[tuple[object, ...]]:
    with reading(office.engine) as connection:
        rows = connection.execute(select(role_versions).order_by(role_versions.c.number))
        return [tuple(row) for row in rows]


def test_a_version_is_kept_with_its_hash_and_who_published_it(engine: Engine) -> None:
    office = Office(engine)
    found = published(office)
    assert found.role.sha256 == hashlib.sha256(ROLE.encode()).hexdigest()
    assert (found.practice, found.role.version, found.effective) == (
        "lakeside",
        "2026.1",
        Month(2026, 1),
    )
    assert found.published_by == operator().label
    assert found.retroactive_reason is None
    assert found.baselines == {}


def test_the_same_content_is_found_again_and_other_content_refused(engine: Engine) -> None:
    office = Office(engine)
    first = published(office)
    assert published(office, today=date(2026, 5, 1)) == first  # no reason asked for: it stands
    before = held(office)
    for other in (ROLE.replace("target: 60%", "target: 61%"), ROLE + "\n# a remark\n"):
        with pytest.raises(RoleRefused, match="give this file a new version"):
            published(office, other)
    assert held(office) == before


def test_a_past_effective_month_needs_a_reason(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    assigned(office)
    for reason in (None, " "):
        with pytest.raises(RoleRefused, match="--retroactive REASON"):
            published(office, today=date(2026, 2, 1), retroactive=reason)
    assert held(office) == []
    found = published(office, today=date(2026, 2, 1), retroactive="agreed in January")
    assert found.retroactive_reason == "agreed in January"
    scored = score_manager(engine, operator(), "dana", Month(2026, 1), Month(2026, 3))
    assert scored.retroactive == {"2026.1": "agreed in January"}
    assert scored.hashes == {"2026.1": found.role.sha256}


def test_the_month_of_publication_is_not_past_and_its_reason_is_not_kept(engine: Engine) -> None:
    found = published(Office(engine), today=date(2026, 1, 31), retroactive="just in case")
    assert found.retroactive_reason is None


def test_a_broken_role_publishes_nothing_and_says_all_that_is_wrong(engine: Engine) -> None:
    office = Office(engine)
    text = ROLE.replace("weight: 40", "weight: 45").replace("overhead_ratio\n", "overhead_ratoi\n")
    with pytest.raises(RoleRefused) as refused:
        published(office, text)
    assert str(refused.value).count("role.yaml") == len(str(refused.value).splitlines())
    assert "overhead_ratio" in str(refused.value)
    assert held(office) == []


def test_who_may_publish(engine: Engine) -> None:
    office = Office(engine)
    for actor in (Actor("manager", "Dana", "dana"), Actor("physician", "Dr. Example"),
                  Actor("hr", "Hal", practices=frozenset({"hillcrest"}))):  # fmt: skip
        with pytest.raises(NotPermitted):
            publish(
                engine, actor, "lakeside", ROLE.encode(), "r.yaml", None, date(2026, 1, 1)
            )  # fmt: skip
    hr = Actor("hr", "Hal", practices=frozenset({"lakeside"}))
    found = publish(engine, hr, "lakeside", ROLE.encode(), "r.yaml", None, date(2026, 1, 1))
    assert found.published_by == "Hal (hr)"
    assert office.practice.id == "lakeside"


# -- baselines ----------------------------------------------------------------------------------


def test_a_baseline_is_stored_and_later_data_never_move_it(engine: Engine) -> None:
    """0.65 in the last quarter of 2025: floor 0.65, target 0.585, stretch 0.52. What is loaded
    for those months later changes nothing."""
    office = Office(engine)
    uploads = fill(office, YEAR_END)
    fill(office)
    assigned(office)
    found = published(office, BASED)
    assert list(found.baselines) == ["overhead_ratio"]
    baseline = found.baselines["overhead_ratio"]
    assert baseline["value"] == pytest.approx(0.65, rel=1e-12)
    assert (baseline["n"], baseline["from"], baseline["to"]) == (3, "2025-10", "2025-12")
    assert baseline["uploads"] == [uploads[0], uploads[3], uploads[6]]

    def row() -> list[object]:
        scored = score_manager(engine, operator(), "dana", Month(2026, 1), Month(2026, 3))
        first = scored.score.rows[0]
        return [first.floor, first.target, first.stretch, first.attainment]

    assert row() == pytest.approx([0.65, 0.585, 0.52, 0])
    office.load(ledger("2025-11", 200))
    assert row() == pytest.approx([0.65, 0.585, 0.52, 0])
    assert published(office, BASED).baselines == found.baselines


@pytest.mark.parametrize(
    ("text", "loaded", "said"),
    [
        (BASED, YEAR_END[:2], "ledger for December 2025 (no file yet)"),
        (
            BASED.replace("from: 2025-10", "from: 2025-11"),
            YEAR_END,
            "Too few to judge: 2 months, and at least 3 are needed",
        ),
    ],
)
def test_a_baseline_without_a_value_refuses_publication(
    engine: Engine, text: str, loaded: tuple[str, ...], said: str
) -> None:
    office = Office(engine)
    fill(office, loaded)
    with pytest.raises(RoleRefused) as refused:
        published(office, text)
    line = text.splitlines().index("    - kpi: overhead_ratio") + 1
    assert str(refused.value).startswith(f"role.yaml:{line}: The baseline of overhead_ratio")
    assert said in str(refused.value)
    assert held(office) == []


def test_a_baseline_that_is_not_positive_refuses_publication(engine: Engine) -> None:
    office = Office(engine)
    for month in YEAR_END:
        office.load(ledger(month, 0))
    with pytest.raises(RoleRefused, match=r"is 0\.?0?%; targets as changes need one above zero"):
        published(office, BASED)
    assert held(office) == []


# -- final scorecards ---------------------------------------------------------------------------


def test_no_version_reaches_into_a_final_scorecard(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """January to March 2026 are final: a version from April on, or one that another has replaced
    by then, judges none of them. Reopened, they are open to a retroactive version again."""
    set_clock(monkeypatch)
    review = Reviewed(engine).final()
    office, late, why = review.office, date(2026, 4, 21), "agreed in March"
    before = held(office)

    def version(name: str, month: str) -> str:
        text = ROLE.replace("2026.1", name)
        return text.replace("effective: 2026-01", f"effective: {month}")

    for name, month in (("2026.2", "2026-01"), ("2026.3", "2026-03")):
        with pytest.raises(RoleRefused, match=r"holds March 2026: .* effective from 2026-04"):
            published(office, version(name, month), late, why)
        assert held(office) == before
    published(office, version("2025.1", "2025-06"), late, why)  # it judges up to December 2025
    published(office, version("2026.4", "2026-04"), late)
    other = version("2026.5", "2026-02").replace("role: medical", "role: other")
    published(office, other, late, why)
    review.act(HARPER, "reopen", "The targets of March were agreed too late.")
    published(office, version("2026.3", "2026-03"), late, why)
