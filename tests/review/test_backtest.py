"""A role replayed over past months: figures by hand, nothing stored, faults in sentences."""

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import InputError, NotFound, NotPermitted, RoleRefused
from kpi.ingest.declaring import attest
from kpi.months import Month
from kpi.review.roles.backtest import RoleBacktest, backtest_document, backtest_role
from kpi.review.roles.publication import publish
from kpi.review.scores.scoring import score_manager
from tests.commands.running import held
from tests.office import Office
from tests.review.test_custom_kpis import ROLE_WITH_OWN
from tests.review.test_custom_kpis import fill as fill_visits
from tests.review.test_publication import BASED, YEAR_END
from tests.scored import QUARTER, ROLE, assigned, complaints, fill, ledger, surveys

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HALF = (*YEAR_END, *QUARTER)
FIRST, LAST = Month(2025, 10), Month(2026, 3)


def backtested(
    engine: Engine, text: str = ROLE, first: Month = FIRST, last: Month = LAST,
    actor: Actor | None = None, locations: tuple[str, ...] = (),
) -> RoleBacktest:  # fmt: skip
    return backtest_role(
        engine, actor or operator(), "lakeside", text.encode(), "role.yaml", first, last, locations
    )


def joined(texts: Iterable[str]) -> str:
    """Files with the same header as one."""
    first, *others = texts
    return first + "".join(each.split("\n", 1)[1] for each in others)


def standings(done: RoleBacktest, kpi: str) -> str:
    """A letter a month: b below the floor, - between, t target, s stretch, 0 no value."""
    letters = {"below_floor": "b", "between": "-", "at_target": "t", "at_stretch": "s", None: "0"}
    found = next(each for each in done.found.kpis if each.kpi.id == kpi)
    return "".join(letters[each.standing] for each in found.months)


def test_six_months_by_hand(engine: Engine) -> None:
    """Spending is 650, 850, 550, 450, 600 and 650 of 1,000 against 80, 60, 50%: between, at the
    floor or worse, at target, at stretch, at target, between. The last quarter of 2025 spends
    2,050 of 3,000, 68.3%, which is 100 · (80 − 68.33) / 20 = 58.33 points; the first of 2026 spends
    1,700, 56.67%, which is 100 + 20 · (60 − 56.67) / 10 = 106.67. Surveys (70 of 80 and 60: 50
    points), complaints (75% of 90 and 50: 62.5) and incidents (100) are the same in all.
    0.4 · 58.33 + 15 + 12.5 + 10 = 60.83, and 0.4 · 106.67 + 37.5 = 80.17."""
    office = Office(engine)
    spent = zip(HALF, (650, 850, 550, 450, 600, 650), strict=True)
    office.load(joined(ledger(month, each) for month, each in spent))
    office.load(joined(map(surveys, HALF)))
    office.load(joined(map(complaints, HALF)))
    for month in HALF:
        attest(engine, operator(), "lakeside", "incidents", Month.parse(month))
    before = held(engine)
    done = backtested(engine)
    assert held(engine) == before
    assert standings(done, "overhead_ratio") == "-btst-"
    assert standings(done, "satisfaction_score") == "------"
    assert standings(done, "hipaa_violations") == "tttttt"
    first, second = done.found.periods
    assert (str(first.first), str(second.first)) == ("2025-10", "2026-01")
    assert first.score == pytest.approx(0.4 * (100 * (80 - 205 / 3) / 20) + 37.5)
    assert first.score == pytest.approx(60.8333333)
    assert second.score == pytest.approx(0.4 * (100 + 20 * (60 - 170 / 3) / 10) + 37.5)
    assert second.score == pytest.approx(80.1666667)
    assert (first.rating, second.rating) == ("below", "developing")
    # Too few for a chart or a suggestion, so nothing is called chance and nothing suggested.
    assert done.found.chance_share is None
    assert done.suggestions == ()


@SQLITE
def test_a_period_is_scored_as_it_is_once_the_role_is_published(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    (period,) = backtested(engine, first=Month(2026, 1)).found.periods
    publish(engine, operator(), "lakeside", ROLE.encode(), "r.yaml", None, date(2026, 1, 15))
    assigned(office)
    scored = score_manager(engine, operator(), "dana", Month(2026, 1), LAST).score
    assert period.score == scored.score == pytest.approx(67.5)
    assert [each.attainment for each in period.rows] == [each.attainment for each in scored.rows]


@SQLITE
def test_baselines_are_those_of_publication_and_are_not_stored(engine: Engine) -> None:
    """0.65 in the last quarter of 2025: floor 65%, target 58.5%, stretch 52%."""
    Office(engine).load(joined(map(ledger, HALF)))
    before = held(engine)
    done = backtested(engine, BASED)
    assert held(engine) == before
    assert done.baselines == {"overhead_ratio": pytest.approx(0.65)}
    terms = done.found.kpis[0].terms
    assert (terms.floor, terms.target, terms.stretch) == pytest.approx((0.65, 0.585, 0.52))
    assert standings(done, "overhead_ratio") == "bbbbbb"
    published = publish(engine, operator(), "lakeside", BASED.encode(), "r", None, date(2026, 1, 2))
    assert published.baselines["overhead_ratio"]["value"] == done.baselines["overhead_ratio"]


@SQLITE
def test_a_kpi_whose_baseline_is_not_there_yet_is_left_out_with_the_reason(engine: Engine) -> None:
    """The other three: (0.3 · 50 + 0.2 · 62.5 + 0.1 · 100) / 0.6 = 62.5."""
    office = Office(engine)
    fill(office)
    done = backtested(engine, BASED, Month(2026, 1))
    (out,) = done.left_out
    assert out.kpi == "overhead_ratio"
    assert "The baseline of overhead_ratio from 2025-10 to 2025-12 has no value" in out.reason
    assert [each.kpi.id for each in done.found.kpis] == [
        "satisfaction_score", "complaints_resolved_in_7_days", "hipaa_violations",
    ]  # fmt: skip
    assert done.found.periods[0].score == pytest.approx(62.5)


@SQLITE
def test_a_kpi_of_the_roles_own_is_replayed_before_any_role_uses_its_measures(
    engine: Engine,
) -> None:
    """7 of 28, 14 of 28 and 0 of 28 visits are flu shots, against 0 and 50%; to Aster go $100,
    $50.50 and nothing, against 0 and $400."""
    office = Office(engine)
    fill_visits(office)
    before = held(engine)
    done = backtested(engine, ROLE_WITH_OWN, Month(2026, 1))
    assert held(engine) == before
    assert standings(done, "flu_shot_rate") == "-tb"
    assert standings(done, "aster_charges") == "--b"
    flu, aster = done.found.periods[0].rows[:2]
    assert (flu.result.value, flu.attainment) == (0.25, 50)
    assert (aster.result.value, aster.attainment) == (150.5, 37.625)
    publish(
        engine, operator(), "lakeside", ROLE_WITH_OWN.encode(), "r", None, date(2026, 1, 2)
    )  # fmt: skip
    assert backtested(engine, ROLE_WITH_OWN, Month(2026, 1)).found == done.found


@SQLITE
def test_named_locations_alone(engine: Engine) -> None:
    """East spends 650 of 1,000 and West 550: 65% and 55%, both together 60%."""
    east, west = ledger("2026-01", 650, "East"), ledger("2026-01", 550, "West")
    Office(engine).load(joined([east, west]))

    def value(*locations: str) -> float | None:
        return backtested(engine, locations=locations).found.kpis[0].months[0].value

    assert (value("East"), value("West"), value()) == pytest.approx((0.65, 0.55, 0.6))
    with pytest.raises(InputError, match=r"name no location 'Wets'\. Did you mean 'West'"):
        value("Wets")


@SQLITE
def test_only_whole_periods_with_data_are_scored(engine: Engine) -> None:
    office = Office(engine, fiscal_start=2)  # quarters begin in February, May, August, November
    office.load(joined(map(ledger, HALF)))
    done = backtested(engine, first=Month(2020, 1), last=Month(2030, 1))
    assert (done.found.first, done.found.last) == (FIRST, LAST)
    assert [(str(each.first), str(each.last)) for each in done.found.periods] == [
        ("2025-11", "2026-01")
    ]
    assert backtested(engine, first=LAST).found.periods == ()


@SQLITE
def test_what_cannot_be_replayed_is_said(engine: Engine) -> None:
    office = Office(engine)
    with pytest.raises(InputError, match="Lakeside has no data yet"):
        backtested(engine)
    fill(office, QUARTER[:1])
    with pytest.raises(InputError, match="data from 2026-01 to 2026-01, and none from 2024-01"):
        backtested(engine, first=Month(2024, 1), last=Month(2024, 3))
    with pytest.raises(InputError, match="ends in 2025-10, before it starts in 2026-03"):
        backtested(engine, first=LAST, last=FIRST)
    with pytest.raises(RoleRefused, match=r"role.yaml:24:15: error"):
        backtested(engine, ROLE.replace("weight: 40", "weight: many"))
    with pytest.raises(NotFound, match="no practice 'nowhere'"):
        backtest_role(engine, operator(), "nowhere", ROLE.encode(), "r.yaml", FIRST, LAST)


@SQLITE
def test_who_may(engine: Engine) -> None:
    fill(Office(engine), QUARTER[:1])
    here = frozenset({"lakeside"})
    for kind in ("hr", "physician"):
        assert backtested(engine, actor=Actor(kind, "Pat Example", practices=here)).found.kpis
    for actor in (Actor("manager", "Dana Example", "dana", here), Actor("visitor", "Somebody"),
                  Actor("hr", "Hal Example", practices=frozenset({"hillcrest"}))):  # fmt: skip
        with pytest.raises(NotPermitted, match="may not backtest a role"):
            backtested(engine, actor=actor)


@SQLITE
def test_as_json(engine: Engine) -> None:
    fill(Office(engine))
    document = backtest_document(backtested(engine, first=Month(2026, 1)))
    assert list(document) == [
        "practice", "role", "version", "sha256", "locations", "baselines", "left_out", "from", "to",
        "kpis", "periods", "chance_share", "suggestions",
    ]  # fmt: skip
    first = document["kpis"][0]
    assert (first["id"], first["weight"], first["floor"], first["target"], first["stretch"]) == (
        "overhead_ratio", 40, 0.8, 0.6, 0.5,
    )  # fmt: skip
    assert first["counts"] == {"below_floor": 0, "between": 3, "at_target": 0, "at_stretch": 0}
    assert first["shares"]["between"] == 1.0
    assert first["months"][0] == {
        "month": "2026-01", "value": 0.65, "standing": "between", "crossed": None,
        "by_chance": None,
    }  # fmt: skip
    (period,) = document["periods"]
    assert (period["score"], period["coverage"]) == (pytest.approx(67.5), 1.0)
    assert period["gates"] == [{"kpi": "hipaa_violations", "cap": 60, "state": "held"}]
    assert [each["attainment"] for each in period["kpis"]] == pytest.approx([75, 50, 62.5, 100])
