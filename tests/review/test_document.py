"""The scorecard document: it agrees with the score, holds what is documented, and stands alone."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import InputError, NotPermitted
from kpi.months import Month
from kpi.review.basis.exclusions import exclude
from kpi.review.frozen.canonical import canonical, hash_of, read_document
from kpi.review.frozen.document import scorecard_document
from kpi.review.frozen.measures import facts_from, facts_json
from kpi.review.frozen.recomputing import differences, recomputed
from kpi.review.scores.scoring import score_document, score_manager
from kpi.score.facts import Facts, MonthState, State
from kpi.store.engine import connect
from tests.office import Office
from tests.review.test_custom_kpis import ROLE_WITH_OWN
from tests.review.test_custom_kpis import fill as own_kpis
from tests.scored import published, scored_office

FIRST, LAST = Month(2026, 1), Month(2026, 3)
FIELDS = {
    "format", "program", "manager", "practice", "role", "role_versions", "from", "to", "score",
    "uncapped_score", "score_range", "indicated_rating", "coverage", "gates", "kpis",
    "provisional", "reason", "score_margin", "without_exclusions", "trends", "title",
    "manager_name", "practice_name", "timezone", "locations", "assignment", "review", "versions",
    "role_sha256", "retroactive", "role_texts", "baselines", "exclusions", "leave", "inherited",
    "measures", "texts", "plan", "guidance", "definitions", "sources", "spot_checks",
    "data_version", "data_through", "previous", "pay_sha256",
}  # fmt: skip


@pytest.fixture(scope="module")
def document(made_once: tuple[Office, Path]) -> Iterator[dict[str, Any]]:
    """The document of the office's first quarter; no test changes it."""
    engine = connect(f"sqlite:///{made_once[1] / 'rolecard.db'}")
    yield scorecard_document(engine, operator(), "dana", FIRST, LAST)
    engine.dispose()


def test_it_is_the_score_and_more(engine: Engine) -> None:
    office = scored_office(engine)
    document = scorecard_document(office.engine, operator(), "dana", FIRST, LAST)
    assert set(document) >= FIELDS
    scored = score_document(score_manager(office.engine, operator(), "dana", FIRST, LAST))
    assert list(differences(json.loads(json.dumps(scored)), document)) == []
    assert document["score"] == pytest.approx(67.5, rel=1e-12)
    (version,) = document["versions"]
    assert (version["effective"], version["reviewed"]) == ("2026-01", "2025-12-10")
    assert version["months"] == ["2026-01", "2026-02", "2026-03"]
    assert len(document["role_texts"]) == 1
    assert "weight: 40" in document["role_texts"][0]
    assert document["measures"]["values"]["operating_expenses"]["2026-02"] == 650
    assert document["trends"]["overhead_ratio"]["points"][-1] == {"month": "2026-03", "value": 0.65}
    # Nine files, three declarations that there was no incident.
    assert [each["kind"] for each in document["sources"]] == ["file"] * 9 + ["attestation"] * 3


def test_a_manager_reads_her_own_only(office: Office) -> None:
    erin = Actor("manager", "Erin", "erin", frozenset({"lakeside"}))
    with pytest.raises(NotPermitted):
        scorecard_document(office.engine, erin, "dana", FIRST, LAST)


def test_its_score_follows_from_the_document_alone(office: Office) -> None:
    """Written down, read again and computed again, to the last digit; two role versions, a KPI of
    the role's own and its measure over records among it, an exclusion and a gate undecided."""
    own_kpis(office)
    office.load("incident_id,kind,occurred_on,confirmed\nI1,hipaa,2026-02-10,\n")
    text = ROLE_WITH_OWN.replace('"2026.1"', '"2026.2"')
    published(office, text.replace("effective: 2026-01", "effective: 2026-02"))
    exclude(
        office.engine, operator(), "dana", "lakeside", "overhead_ratio", FIRST, FIRST,
        "The roof was mended.", "Invoice of 9 January",
    )  # fmt: skip
    document = scorecard_document(office.engine, operator(), "dana", FIRST, LAST)
    assert len(document["versions"]) == 2
    assert document["without_exclusions"] is not None
    again = recomputed(read_document(canonical(document), "scorecard.json"))
    for name, value in again.items():
        assert canonical({"": value}) == canonical({"": document[name]}), name


def test_a_changed_measure_gives_another_score(document: dict[str, Any]) -> None:
    changed = copy.deepcopy(document)
    changed["measures"]["values"]["operating_expenses"]["2026-02"] = 350.0  # 1,650 of 3,000 is 55%
    again = recomputed(changed)
    paths = {path: (was, now) for path, was, now in differences(document, again | {
        name: value for name, value in document.items() if name not in again
    })}  # fmt: skip
    assert paths["kpis[overhead_ratio].value"] == (pytest.approx(0.65), pytest.approx(0.55))
    # From 75 to 110 (halfway from target to stretch), at 40 of 100: 14 points more.
    assert paths["score"] == (pytest.approx(67.5), pytest.approx(81.5))
    assert hash_of(changed) != hash_of(document)


def test_a_document_that_lacks_its_measures_is_refused_in_a_sentence(
    document: dict[str, Any],
) -> None:
    for lacking in ("measures", "versions", "role_texts", "baselines", "provisional"):
        part = {name: value for name, value in document.items() if name != lacking}
        with pytest.raises(InputError, match="cannot be computed again"):
            recomputed(part)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "line 1, column 1"),
        (b"\xff\xfe", "not the JSON of a scorecard"),
        (b"[1]", "not that of a scorecard"),
        (b'{"score": 1, "score": 2}', "a field is there twice"),
        (b'{"score": NaN}', "a value that JSON does not have"),
        (b'{"score": "\\ud800"}', "not the JSON of a scorecard"),
        (b'{"a":' * 100_000, "not the JSON of a scorecard"),
    ],
)
def test_what_is_no_scorecard_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_document(content, "scorecard.json")


def test_canonical_json_is_sorted_tight_and_exact() -> None:
    document = {"b": 0.1 + 0.2, "a": [1, 1.0, None, True], "é": "’"}
    assert canonical(document) == (
        '{"a":[1,1.0,null,true],"b":0.30000000000000004,"é":"’"}'.encode()
    )
    spaced = json.dumps(document, indent=3).encode()
    assert canonical(read_document(spaced, "x.json")) == canonical(document)
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


MONTHS = st.builds(Month, st.integers(2020, 2030), st.integers(1, 12))
NAMES = st.sampled_from(["visits", "charges", "count(staff, left)", "ü"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
STATES = st.builds(
    MonthState,
    st.sampled_from(State),
    st.sampled_from(["", "Ends on the 20th.", "Ünïcode ’"]),
    attested=st.booleans(),
    pending=st.booleans(),
    unconfirmed=st.frozensets(NAMES, max_size=2),
    rows=st.integers(0, 10**6),
    quarantined=st.integers(0, 100),
    last_day=st.none() | st.integers(1, 31),
)


def by_name(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(NAMES, st.dictionaries(MONTHS, values, max_size=2), max_size=2)


FACTS = st.builds(
    Facts,
    values=by_name(NUMBERS),
    histograms=by_name(st.dictionaries(st.integers(-1, 10**4), st.integers(1), max_size=2)),
    states=by_name(STATES),
    obstacles=by_name(st.just("2 accounts")),
    bases=st.dictionaries(MONTHS, st.sampled_from(["cash", "accrual", "mixed"]), max_size=2),
    first_filled=st.dictionaries(NAMES, MONTHS, max_size=2),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FACTS)
def test_facts_come_back_as_they_were(facts: Facts) -> None:
    assert facts_from(read_document(canonical(facts_json(facts)), "facts")) == facts
