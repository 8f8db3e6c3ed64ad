"""Made-up scorecard documents, by hand after the contract: one of every kind of trouble."""

from __future__ import annotations

import copy
from typing import Any

from kpi.catalogue import Kpi, kpi, kpis

MONTHS = [f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(27)]
"""January 2024 to March 2026."""

PERIOD = ("2026-01", "2026-02", "2026-03")
RATINGS = {"outstanding": 112.0, "exceeds": 103.0, "meets": 90.0, "developing": 70.0}

# id, status, value, numerator, denominator, n, floor, target, stretch, attainment, weight, signal,
# assurance. Attainments by hand: days_in_ar (45 - 36.3) / (45 - 35) * 100 = 87; no_show_rate
# (0.10 - 61/1191) / 0.05 * 100 = 97.5651; overhead (0.70 - 0.612) / 0.10 * 100 = 88;
# slot_utilization is inside its band; median wait is past its stretch; satisfaction
# (82 - 70) / (85 - 70) * 100 = 80.
_ROWS: tuple[tuple[Any, ...], ...] = (
    ("days_in_ar", "scored", 36.3, 214533.0, 5910.0, 3, 45.0, 35.0, 30.0, 87.0, 20, "improving",
     "consistently_misses"),
    ("overhead_ratio", "scored", 0.612, 250920.0, 410000.0, 3, 0.70, 0.60, 0.55, 88.0, 15,
     "common_cause", "hit_or_miss"),
    ("clean_claim_rate", "excluded", None, None, None, None, 0.90, 0.95, 0.98, None, 10, None,
     None),
    ("no_show_rate", "scored", 61 / 1191, 61, 1191, 1191, 0.10, 0.05, 0.03, 97.56507136859783, 15,
     "common_cause", "hit_or_miss"),
    ("median_wait_minutes", "scored", 11.0, None, None, 1187, 25.0, 15.0, 12.0, 120.0, 10,
     "improving", "consistently_meets"),
    ("slot_utilization", "scored", 0.914, 2011, 2200, 2200, [0.70, 1.0], [0.85, 0.95], None, 100.0,
     10, "rising", "consistently_meets"),
    ("satisfaction_score", "scored", 82.0, 7052.0, 86, 86, 70.0, 85.0, 92.0, 80.0, 10,
     "deteriorating", "hit_or_miss"),
    ("hipaa_violations", "scored", 1, 1, None, 3, None, 0.0, None, 0.0, 10, None, None),
)  # fmt: skip

_LONG_COMMENT = (
    "Two of the four schedulers left in January, and the reminder calls stopped for three weeks. "
    "They are back since the first week of February; the last month is the one to look at."
)


def document(**changes: Any) -> dict[str, Any]:
    """A final review of eight KPIs: one breached gate, one KPI without data and excluded, comments,
    two role versions, leave, steps and signatures. ``changes`` replace top-level keys."""
    made = copy.deepcopy(_DOCUMENT)
    made.update(copy.deepcopy(changes))
    return made


def preview(**changes: Any) -> dict[str, Any]:
    """The same score without a review."""
    nothing = {
        "review": None, "texts": {"whole": _TEXTS_NONE, "kpis": {}, "contest": None,
                                  "contest_answer": None},
        "exclusions": [], "without_exclusions": None, "plan": [], "previous": None,
        "pay_sha256": None,
    }  # fmt: skip
    return document(**{**nothing, **changes})


def of_kpis(count: int) -> dict[str, Any]:
    """A scorecard of so many KPIs of the catalogue, all alike in value."""
    chosen = list(kpis().values())[:count]
    rows = [
        _row((each.id, "scored", 0.5, 50, 100, 100, [0.2, 0.9], [0.4, 0.6], None, 100.0,
              100 / count, "common_cause", "hit_or_miss"))
        if each.better == "band"
        else _row((each.id, "scored", 0.5, 50, 100, 100, 0.2, 0.6, 0.8, 75.0, 100 / count,
                   "common_cause", "hit_or_miss"))
        for each in chosen
    ]  # fmt: skip
    return document(
        kpis=rows,
        gates=[],
        trends={each.id: _trend(each.id, 0.5) for each in chosen},
        definitions={each.id: _definition(each) for each in chosen},
        guidance=[],
        plan=[],
        exclusions=[],
        without_exclusions=None,
        texts={**_DOCUMENT["texts"], "kpis": {}},
    )


def without_score() -> dict[str, Any]:
    """Too little data: no score, no points, no trend, nobody has said anything."""
    made = preview(
        score=None, uncapped_score=None, score_range=None, indicated_rating=None, coverage=0.0,
        reason="Only 0% of the weight has data; the role asks for 80%.", score_margin=None,
        trends={}, sources=[], spot_checks=[], guidance=[], leave=[], inherited=[],
        data_through=None,
        gates=[{"kpi": "hipaa_violations", "cap": 60, "state": "unknown"}],
    )  # fmt: skip
    for row in made["kpis"]:
        row.update(
            status="no_data", reason="January 2026 is missing.", value=None, numerator=None,
            denominator=None, n=None, attainment=None, points=None, points_lost=None, signal=None,
            assurance=None, margin=None, parts=[], signal_provisional=False,
        )  # fmt: skip
    return made


def everything_null() -> dict[str, Any]:
    """The least that the contract lets stand: null or empty wherever it may be."""
    made = without_score()
    made.update(
        reason=None, locations=[], gates=[], role_versions=[], versions=[], definitions={},
        assignment={"from": "2026-01", "to": None}, measures={}, role_texts=[], baselines={},
    )  # fmt: skip
    for row in made["kpis"]:
        row.update(reason=None, floor=None, stretch=None, weight=None, family=None)
    return made


def _row(given: tuple[Any, ...]) -> dict[str, Any]:
    id, status, value, numerator, denominator, n, floor, target, stretch, attainment, weight, signal, assurance = given  # noqa: E501  # fmt: skip
    found = kpi(id)
    scored = 90.0 if id in {row[0] for row in _ROWS} else 100.0  # the scored weight
    counts = attainment is not None
    return {
        "id": id,
        "name": found.name,
        "family": found.family,
        "status": status,
        "reason": "The clearing house was down." if status == "excluded" else None,
        "value": value,
        "unit": found.unit.value,
        "better": found.better.value,
        "numerator": numerator,
        "denominator": denominator,
        "n": n,
        "floor": floor,
        "target": target,
        "stretch": stretch,
        "attainment": attainment,
        "weight": weight,
        "points": weight * attainment / scored if counts else None,
        "points_lost": weight * max(0.0, 100 - attainment) / scored if counts else None,
        "basis": "period",
        "signal": signal,
        "signal_provisional": id == "satisfaction_score",
        "assurance": assurance,
        "notes": [],
        "margin": _MARGINS.get(id),
        "parts": [],
    }


_MARGINS: dict[str, dict[str, Any]] = {
    "no_show_rate": {"low": 0.0401, "high": 0.0652, "method": "Wilson", "kind": "margin",
                     "distinguishable_from_target": False},
    "median_wait_minutes": {"low": 10.0, "high": 12.0, "method": "order statistics",
                            "kind": "margin", "distinguishable_from_target": True},
    "hipaa_violations": {"low": 0.1, "high": 4.7, "method": "mid-P Poisson", "kind": "margin",
                         "distinguishable_from_target": None},
    "overhead_ratio": {"low": 0.582, "high": 0.642, "method": "month-to-month spread",
                       "kind": "usual_variation", "distinguishable_from_target": False},
}  # fmt: skip


def _trend(id: str, about: float | None) -> dict[str, Any]:
    """Twenty-seven months that swing about a value, one of them without a value."""
    mean = 0.93 if about is None else about
    swing = (0.0, 0.12, -0.08, 0.06, -0.11, 0.03, -0.04)
    points = [
        {"month": month, "value": None if at == 9 else mean * (1.1 + swing[at % 7] - 0.008 * at)}
        for at, month in enumerate(MONTHS)
    ]
    flags = {MONTHS[4]: "two_of_three", MONTHS[-1]: "outside"}
    lines = {"mean": mean, "lower": 0.85 * mean, "upper": 1.15 * mean}
    rebased = {"from": "2025-01", "reason": "New phone system"} if id == "no_show_rate" else None
    return {"points": points, **lines, "flags": flags, "note": "", "rebased": rebased}


def _definition(found: Kpi) -> dict[str, Any]:
    return {
        "name": found.name,
        "definition": found.definition,
        "formula": found.formula.source,
        "standard": found.standard.words,
        "typical": found.typical.words,
        "trap": found.trap,
        "counterweights": list(found.counterweights),
    }


_TEXTS_NONE: dict[str, Any] = {"manager": None, "supervisor": None, "answer": None}


def _step(action: str, by: str, kind: str, at: str, note: str | None = None) -> dict[str, Any]:
    return {"action": action, "by": by, "kind": kind, "at": at, "note": note}


_KPIS = [_row(each) for each in _ROWS]
_UNCAPPED = sum(row["points"] for row in _KPIS if row["points"] is not None)

_DOCUMENT: dict[str, Any] = {
    "format": "rolecard-scorecard/1",
    "program": "0.1.0",
    "manager": "dana",
    "practice": "lakeside",
    "role": "medical-office-manager",
    "role_versions": [
        {"version": "2025.1", "from": "2026-01", "to": "2026-01"},
        {"version": "2026.1", "from": "2026-02", "to": "2026-03"},
    ],
    "from": "2026-01",
    "to": "2026-03",
    "score": 60.0,
    "uncapped_score": _UNCAPPED,
    "score_range": [60.0, 60.0],
    "indicated_rating": "below",
    "coverage": 1.0,
    "gates": [{"kpi": "hipaa_violations", "cap": 60, "state": "breached"}],
    "kpis": _KPIS,
    "title": "Medical Office Manager",
    "manager_name": "Dana Whitfield",
    "practice_name": "Lakeside Family Medicine",
    "timezone": "America/New_York",
    "locations": [],
    "assignment": {"from": "2025-01", "to": None},
    "provisional": False,
    "reason": None,
    "role_sha256": {"2025.1": "a" * 64, "2026.1": "b" * 64},
    "retroactive": {"2026.1": "Targets agreed in January."},
    "review": {
        "number": 12,
        "version": 1,
        "state": "final",
        "period_kind": "quarter",
        "indicated_rating": "below",
        "decided_rating": "developing",
        "rating_reason": "The breach was reported within the hour and nobody was harmed.",
        "confirmed_by": {"by": "Priya Raman", "at": "2026-04-14T15:00:00Z"},
        "steps": [
            _step("open", "Priya Raman", "hr", "2026-04-02T13:05:00Z"),
            _step("hand_in", "Dana Whitfield", "manager", "2026-04-06T18:40:00Z"),
            _step("supervise", "Dr. Alan Okafor", "physician", "2026-04-09T12:15:00Z"),
            _step("contest", "Dana Whitfield", "manager", "2026-04-10T14:00:00Z",
                  "The wait of the first week was the old system's."),
            _step("answer_contest", "Priya Raman", "hr", "2026-04-13T15:30:00Z"),
            _step("acknowledge", "Dana Whitfield", "manager", "2026-04-14T13:00:00Z"),
            _step("finalize", "Priya Raman", "hr", "2026-04-15T09:20:00Z"),
        ],
        "self_part_missing_reason": None,
        "acknowledgement_missing_reason": None,
        "final_all_the_same_reason": None,
    },
    "versions": [
        {"version": "2025.1", "sha256": "a" * 64, "effective": "2025-01", "from": "2026-01",
         "to": "2026-01", "retroactive_reason": None, "reviewed": "2024-12-10",
         "acknowledged": {"by": "Dana Whitfield", "at": "2025-01-08T15:00:00Z"}, "accepted": [],
         "minimum_coverage": 0.8, "ratings": RATINGS},
        {"version": "2026.1", "sha256": "b" * 64, "effective": "2026-02", "from": "2026-02",
         "to": "2026-03", "retroactive_reason": "Targets agreed in January.",
         "reviewed": "2025-12-10", "acknowledged": None,
         "accepted": [{"rule": "cliff", "reason": "A breach is a breach."}],
         "minimum_coverage": 0.8, "ratings": RATINGS},
    ],
    "score_margin": {"low": 58.1, "high": 60.0, "weight_share": 0.75, "draws": 4000, "seed": 20260},
    "without_exclusions": {"score": None, "uncapped_score": None, "coverage": 0.9,
                           "indicated_rating": None, "score_range": None,
                           "reason": "Clean claim rate has no data."},
    "exclusions": [
        {"kpi": "clean_claim_rate", "months": [], "reason": "The clearing house was down.",
         "evidence": "Ticket 4711", "by": "Priya Raman", "at": "2026-04-03T10:00:00Z"},
    ],
    "leave": [{"from": "2025-08", "to": "2025-09"}],
    "inherited": [{"kpi": "days_in_ar", "balance_at_start": 231400.0, "month": "2025-01"}],
    "trends": {row["id"]: _trend(row["id"], row["value"]) for row in _KPIS},
    "measures": {
        "values": {"no_shows": {"2026-01": 22, "2026-02": 20, "2026-03": 19},
                   "visits": {"2026-01": 380, "2026-02": 366, "2026-03": 384}},
        "histograms": {"minutes_waited": {"2026-03": {"9": 120, "10": 90, "14": 60}}},
        "states": {"appointments": {each: {"state": "complete", "note": "", "attested": False,
                                           "pending": False, "unconfirmed": [], "rows": 420,
                                           "quarantined": 0, "last_day": 28} for each in PERIOD}},
        "obstacles": {},
        "bases": dict.fromkeys(PERIOD, "cash"),
        "first_filled": {"appointments.arrived_at": "2024-01"},
    },
    "role_texts": ["role: medical-office-manager\n"],
    "baselines": {"2025.1": {}, "2026.1": {}},
    "texts": {
        "whole": {"manager": "A quarter with two schedulers short, and still a good one.",
                  "supervisor": "The wait is the best since we count it. Thank you.",
                  "answer": "Agreed, with thanks to the front desk."},
        "kpis": {
            "no_show_rate": {"manager": _LONG_COMMENT, "supervisor": "Agreed. Keep the calls.",
                             "answer": None},
            "hipaa_violations": {"manager": "Reported within the hour.", "supervisor": None,
                                 "answer": None},
        },
        "contest": "The wait of the first week was measured by the old system.",
        "contest_answer": "The export shows both; the figure stands.",
    },
    "plan": [{"action": "Train a second biller on claim edits.", "owner": "Dana Whitfield",
              "due": "2026-06-30", "kpi": "days_in_ar", "state": "open"}],
    "guidance": [{"kpi": "days_in_ar", "skill": "financial", "duty": "billing-cycle",
                  "moved": "Most of it lies with one payer.",
                  "questions": ["Which payer's balance grew?", "Who works its denials?"]}],
    "definitions": {row["id"]: _definition(kpi(row["id"])) for row in _KPIS},
    "sources": [
        {"id": 41, "file": "schedule_2026-q1.csv", "sha256": "c" * 64, "dataset": "appointments",
         "months": ["2026-01", "2026-02", "2026-03"], "at": "2026-04-01T12:00:00Z",
         "status": "loaded"},
        {"id": 44, "file": None, "sha256": None, "dataset": "incidents", "months": ["2026-02"],
         "at": "2026-04-01T12:10:00Z", "status": "attested"},
    ],
    "spot_checks": [
        {"number": 3, "kpi": "no_show_rate", "from": "2026-02", "to": "2026-02", "seed": "5eed",
         "records": 386, "drawn_by": "Dr. Alan Okafor", "drawn_at": "2026-04-08T16:00:00Z",
         "rows": [
             {"place": at, "dataset": "appointments", "upload": 41,
              "file": "schedule_2026-q1.csv", "line": 40 + at,
              "outcome": "differs" if at == 7 else "agrees",
              "note": "Was rescheduled." if at == 7 else "", "by": "Dr. Alan Okafor",
              "at": "2026-04-08T16:20:00Z"}
             for at in range(10)
         ]},
    ],
    "data_version": 41,
    "data_through": "2026-03",
    "previous": {"review": 9, "version": 1, "sha256": "d" * 64},
    "pay_sha256": "e" * 64,
}  # fmt: skip
