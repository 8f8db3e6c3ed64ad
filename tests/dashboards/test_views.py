"""What pages show, from made-up domain objects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboards.address import Address
from dashboards.markup.overview import head_block, rows_block
from dashboards.views.board import board_view, declarable, months_shown, needed_names
from dashboards.views.by_hand import canonical_csv, fields_of, lacking
from dashboards.views.figures import made_of
from dashboards.views.kpi import (
    aims_of,
    kpi_head,
    months_table,
    records_csv,
    records_table,
)
from dashboards.views.overview import chance_words, gaps, head, panel
from dashboards.views.periods import before, from_address, in_shortest, months_words
from dashboards.views.receipt import receipt_view
from dashboards.views.rows import kpi_line, kpi_lines
from dashboards.views.uploads import upload_lines
from kpi.catalogue import kpi
from kpi.catalogue.words import terms
from kpi.datasets import Kind, all_datasets, dataset
from kpi.ingest.model import Quarantined
from kpi.ingest.receipt import Receipt
from kpi.months import Month, period_words, span
from kpi.report.theme import LIGHT
from kpi.report.words import meaning
from kpi.score.model import Gate, Margin, Part, Result, ScoreMargin, Status
from tests.dashboards.made_up import FIRST, LAST, NO_SHOWS, ROWS, reading, row, score


def test_head_says_score_range_coverage_and_gates() -> None:
    found = head(score(), LAST, LIGHT)
    assert found.score == "81.4"
    assert found.range == "Between 61.0 and 91.2 once all data is there"
    assert found.coverage == "75% of the weight is scored"
    assert found.missing == "Not scored: Days in A/R and Complaints resolved in 7 days"
    assert [gate.words for gate in found.gates] == ["held"]
    assert found.through == "Data through March 2026"


def test_a_score_never_shows_a_rating_that_it_does_not_reach() -> None:
    # 89.96 would be 90.0 with one decimal, and 90 is the next rating; so with the range's end.
    almost = score(score=89.96, uncapped=89.96, range=(61.0, 102.97), coverage=0.796)
    found = head(almost, LAST, LIGHT)
    assert found.score == "89.96"
    assert found.range == "Between 61.0 and 102.97 once all data is there"
    assert found.coverage == "79.6% of the weight is scored"
    assert found.scale is not None
    assert "Score 89.96 on a scale of 0 to 120, between 61.0 and 102.97" in found.scale.alt


def test_full_coverage_needs_no_range() -> None:
    assert head(score(coverage=1.0, range=(81.4, 81.4)), LAST, LIGHT).range == ""


def test_no_score_is_a_dash_with_its_reason_and_never_a_nought() -> None:
    none = score(score=None, uncapped=None, range=None, rating=None, coverage=0.5)
    found = head(none, LAST, LIGHT)
    assert (found.score, found.rating, found.scale) == ("–", "", None)
    assert found.reason == (
        "50% of the weight is scored; the role asks for 70% before there is a score."
    )
    beside = panel(none)
    assert beside.heading == "Missing for a score"
    # Heaviest first: days in A/R weighs 20, the other 5.
    assert [(gap.id, gap.cost) for gap in beside.gaps] == [
        ("days_in_ar", "weight 20"),
        ("complaints_resolved_in_7_days", "weight 5"),
    ]
    assert beside.gaps[0].sentence == "Charges for March 2026 end on the 20th."


def test_a_breached_gate_shows_what_the_score_would_be() -> None:
    capped = score(score=60.0, uncapped=81.4, gates=(Gate("hipaa_violations", 60, "breached"),))
    found = head(capped, LAST, LIGHT)
    assert found.uncapped == "81.4 without the gate on HIPAA violations"
    assert found.gates[0].words == "breached: holds the score to at most 60"


def test_so_far_is_said() -> None:
    assert "no rating" in head(score(provisional=True), LAST, LIGHT).provisional


def test_the_three_largest_gaps_come_as_sentences() -> None:
    found = gaps(score())
    assert [gap.id for gap in found] == [
        "net_collection_rate",
        "satisfaction_score",
        "no_show_rate",
    ]
    # 61 of 1191 is 5.12%; 5% of 1191 is 59.55, so 59 would do: 2 fewer.
    assert found[2].sentence == (
        "5.12% against a target of 5%; 59 instead of 61 (2 fewer) would have met the target."
    )
    assert found[0].cost == "14.5 points lost"


def test_more_would_have_met_a_target_that_is_higher() -> None:
    seen = row(
        "seen_within_15_minutes", 0.75, floor=0.6, target=0.8, attainment=75,
        numerator=300, denominator=400, n=400,
    )  # fmt: skip
    # 80% of 400 is 320 exactly.
    assert (
        "320 instead of 300 (20 more) would have met the target"
        in gaps(score(rows=(seen,)))[0].sentence
    )


def test_rows_come_by_points_lost_and_those_without_a_score_last() -> None:
    ids = [line.id for line in kpi_lines(ROWS, LAST, LIGHT)]
    assert ids[0] == "net_collection_rate"
    assert ids[-2:] == ["days_in_ar", "complaints_resolved_in_7_days"]


def test_rows_come_as_the_role_has_them_on_request() -> None:
    assert [line.id for line in kpi_lines(ROWS, LAST, LIGHT, "role")] == [
        each.kpi.id for each in ROWS
    ]


def test_a_line_says_what_its_value_is_made_of() -> None:
    line = kpi_line(NO_SHOWS, LAST, LIGHT)
    assert (line.value, line.detail) == ("5.12%", "61 of 1,191 visits and no-shows")
    assert line.aims == "floor 10% · target 5% · stretch 3%"
    assert (line.attainment, line.points) == ("97.6", "9.8")
    assert (line.signal, line.signal_detail) == (
        "Just noise",
        meaning("common_cause", "hit_or_miss"),
    )


def test_growth_is_one_sum_against_another() -> None:
    growth = next(each for each in ROWS if each.kpi.id == "revenue_growth")
    assert kpi_line(growth, LAST, LIGHT).detail == "$1,062,000 against $1,000,000"


def test_no_data_is_a_dash_with_a_reason() -> None:
    lacking_row = next(each for each in ROWS if each.status is Status.NO_DATA)
    line = kpi_line(lacking_row, LAST, LIGHT)
    assert (line.value, line.attainment, line.points) == ("–", "–", "–")
    assert (line.status, line.reason) == ("No data", "Charges for March 2026 end on the 20th.")
    assert line.change is None


def test_too_few_shows_its_value_and_scores_nothing() -> None:
    few = next(each for each in ROWS if each.status is Status.TOO_FEW)
    line = kpi_line(few, LAST, LIGHT)
    assert (line.value, line.status, line.points) == ("75%", "Too few", "–")


def test_change_is_against_the_period_before() -> None:
    earlier = replace(NO_SHOWS, result=replace(NO_SHOWS.result, value=0.06))
    line = kpi_line(NO_SHOWS, LAST, LIGHT, earlier, before(FIRST, LAST))
    assert line.change is not None
    assert (line.change.amount, line.change.against) == ("−0.88 pp", "better than Oct–Dec")


def test_without_one_change_is_against_the_month_before() -> None:
    line = kpi_line(NO_SHOWS, LAST, LIGHT)
    assert line.change is not None
    assert (line.change.amount, line.change.against) == ("Mar: −0.2 pp", "better than Feb")


def test_a_change_within_the_margins_is_called_no_more_than_chance() -> None:
    """6.00% and 5.12%: with margins of 4.5% to 7.9% and 4.0% to 6.5% neither is better."""
    now = replace(NO_SHOWS, margin=Margin(0.040, 0.065, "Wilson", "margin", False))
    past = replace(NO_SHOWS, result=replace(NO_SHOWS.result, value=0.06))
    for margin, said in (
        (Margin(0.045, 0.079, "Wilson", "margin", True), "no more than chance since Oct–Dec"),
        (Margin(0.066, 0.079, "Wilson", "margin", True), "better than Oct–Dec"),
        (None, "better than Oct–Dec"),
    ):
        line = kpi_line(now, LAST, LIGHT, replace(past, margin=margin), before(FIRST, LAST))
        assert line.change is not None
        assert line.change.against == said


def test_two_months_within_the_usual_variation_are_neither_better_nor_worse() -> None:
    """Limits 2.66 away are a mean moving range of 1: 1.96 · √2 / 1.128 is 2.457 between months."""
    for by, said in ((2.4, "no more than chance since Feb"), (2.5, "worse than Feb")):
        chart = replace(
            reading("common_cause", "hit_or_miss", [20.0, 20.0 + by]), mean=20.0, lower=17.34,
            upper=22.66,
        )  # fmt: skip
        line = kpi_line(replace(NO_SHOWS, reading=chart), LAST, LIGHT)
        assert line.change is not None
        assert line.change.against == said


def test_the_margin_stands_under_the_value() -> None:
    margin = Margin(0.0401, 0.0652, "Wilson", "margin", False)
    line = kpi_line(replace(NO_SHOWS, margin=margin), LAST, LIGHT)
    assert line.margin == "margin 4.01% to 6.52%, not distinguishable from the target"
    usual = Margin(0.55, 0.61, "moving range", "usual_variation", True)
    assert kpi_line(replace(NO_SHOWS, margin=usual), LAST, LIGHT).margin == (
        "usual variation 55% to 61%"
    )
    rule = Margin(0.0, 3.69, "exact Poisson", "margin", None)
    assert kpi_line(replace(NO_SHOWS, margin=rule), LAST, LIGHT).margin == ""


def test_the_score_says_how_far_chance_could_have_moved_it() -> None:
    """81.4, at most 3.1 above and 2.4 below: the farther end counts."""
    found = head(score(margin=ScoreMargin(79.0, 84.5, 0.9, 2000, 1)), LAST, LIGHT)
    assert found.reach == "± 3.1"
    assert found.margin == "By chance alone it could as well be between 79.0 and 84.5."
    none = head(score(margin=None), LAST, LIGHT)
    assert none.reach == ""
    assert none.margin.startswith("No margin is shown")


def test_how_many_flags_chance_alone_would_give() -> None:
    """Twelve charts at 3% each are 0.36 flags."""
    steady, moved = (
        replace(NO_SHOWS, reading=reading(signal, "hit_or_miss", [0.05]))
        for signal in ("common_cause", "deteriorating")
    )
    early = replace(NO_SHOWS, reading=reading("trial", None, [0.05]))
    said = chance_words(score(rows=(*[steady] * 11, moved, early)))
    assert said == "Of 12 KPIs with a chart, 1 is flagged; chance alone would flag 0.4 this month"
    assert chance_words(score(rows=(early,))) == ""


def test_names_are_escaped_wherever_they_are_drawn() -> None:
    evil = replace(kpi("no_show_rate"), name='<img src=x onerror="x">')
    rows = (replace(NO_SHOWS, kpi=evil),)
    made = score(rows=rows)
    link = Address().to_kpi
    shown = head_block(head(made, LAST, LIGHT), panel(made), link, "month-end")
    shown += rows_block(kpi_lines(rows, LAST, LIGHT), link)
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=&quot;x&quot;&gt;" in shown


# -- the address --------------------------------------------------------------------------------


def test_an_address_gives_itself_back() -> None:
    found = Address(3, "2026-01..2026-03", "no_show_rate", "role", 2)
    assert Address.read(found.query()) == found


@pytest.mark.parametrize(
    "query",
    [
        {"assignment": "-1", "period": "yesterday", "page": "x"},
        {"period": "2026-03..2026-01"},
        {"assignment": "9" * 40, "page": "0"},
        {},
    ],
)
def test_an_address_that_is_not_understood_is_passed_over(query: dict[str, str]) -> None:
    assert Address.read(query) == Address()


def test_a_link_leads_to_the_first_page_of_the_kpi() -> None:
    link = Address(3, "so-far", "x", page=4).to_kpi("no_show_rate")
    assert link == "kpi?assignment=3&period=so-far&kpi=no_show_rate"


@pytest.mark.parametrize(
    ("first", "last", "long", "short"),
    [
        (FIRST, LAST, "January to March 2026", "Jan–Mar"),
        (LAST, LAST, "March 2026", "Mar"),
        (Month(2025, 11), Month(2026, 1), "November 2025 to January 2026", "Nov–Jan"),
        (Month(2025, 1), Month(2025, 12), "January to December 2025", "2025"),
    ],
)
def test_periods_in_words(first: Month, last: Month, long: str, short: str) -> None:
    assert (period_words(first, last), in_shortest(first, last)) == (long, short)


def test_a_period_that_is_none_is_none() -> None:
    assert from_address("2026-13..2026-14") is None
    assert from_address("2026-01") is None


# -- a KPI's page -------------------------------------------------------------------------------


def test_kpi_head_reads_the_two_signs_together() -> None:
    found = kpi_head(NO_SHOWS, LIGHT)
    assert found.meaning.startswith("Chance decides whether a month")
    assert found.figures[0] == ("Value", "5.12%", "61 of 1,191 visits and no-shows")


def test_targets_are_drawn_by_role_version() -> None:
    made = score()
    version = made.versions[0]
    earlier = replace(version, version="2025.1", months=(Month(2026, 1),))
    later = replace(version, months=(Month(2026, 2), LAST))
    parts = (
        Part("2025.1", 1, 0.10, 0.06, None, 10, 100.0),
        Part("2026.1", 2, 0.10, 0.05, None, 10, 97.0),
    )
    found = aims_of(replace(NO_SHOWS, parts=parts), replace(made, versions=(earlier, later)))
    assert [(aim.version, aim.target) for aim in found] == [("2025.1", 0.06), ("2026.1", 0.05)]
    # History before the first version is judged by nobody; the line goes on for comparison.
    assert (found[0].first, found[1].last) == (Month(2025, 3), LAST)


def test_the_definition_has_formula_minimum_and_trap() -> None:
    found = dict(terms(kpi("net_collection_rate")))
    assert found["Formula"] == kpi("net_collection_rate").formula.source
    assert found["Least to score"] == "$50,000 of collectible charges"
    assert found["Trap"]


def test_columns_that_no_record_fills_are_left_out() -> None:
    found = records_table([{"file": "a.csv", "line": 2, "payer": ""}])
    assert found.headings == ("File", "Line")
    assert found.rows == (("a.csv", "2"),)


def test_a_spreadsheet_takes_no_text_for_a_formula() -> None:
    rows = [{"account": "=cmd()", "amount": "-12.50", "note": "-x"}]
    assert records_csv(rows).decode("utf-8-sig") == (
        "account,amount,note\r\n'=cmd(),-12.50,'-x\r\n"
    )


# -- month-end ----------------------------------------------------------------------------------


def entry(dataset: str, month: Month, state: str = "complete", **more: Any) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "month": str(month),
        "state": state,
        "rows": 0 if state == "missing" else 12,
        "quarantined": 0,
        "needed_by": ["no_show_rate"],
        "note": "",
        "attested": False,
        "pending": False,
    } | more


def test_board_gives_each_state_its_word() -> None:
    months = span(FIRST, LAST)
    entries = [
        entry("appointments", FIRST),
        entry("appointments", FIRST + 1, "partial", note="ends on the 19th"),
        entry("appointments", LAST, "missing"),
        entry("incidents", FIRST, rows=0, attested=True),
        entry("incidents", FIRST + 1, rows=0, attested=True, pending=True),
    ]
    needed = {"appointments": ["No-show rate"], "incidents": ["HIPAA violations"]}
    board = board_view(entries, months, needed, LIGHT)
    assert [cell.word for cell in board.rows[0].cells] == ["Complete", "Partial", "Missing"]
    assert board.rows[0].cells[1].detail == "12 rows · ends on the 19th"
    assert [cell.word for cell in board.rows[1].cells][:2] == [
        "Nothing to report",
        "Waits for countersignature",
    ]
    assert board.summary == (
        "Still to do. February 2026: Appointments partial; Incidents waits for countersignature. "
        "March 2026: nothing is loaded yet."
    )


def test_a_measure_of_a_missing_month_is_a_dash() -> None:
    months = [{"month": "2026-01", "role": "period", "value": None, "measures": {"visits": 0}}]
    known, unknown = (
        months_table(kpi("no_show_rate"), months, {}, missing).rows[0]
        for missing in ((), {("appointments", "2026-01")})
    )
    assert (known[2], unknown[2]) == ("0", "–")


def test_only_what_the_role_needs_is_on_the_board() -> None:
    entries = [entry("appointments", FIRST), entry("ledger", FIRST, needed_by=[])]
    assert needed_names(entries, {"no_show_rate": "No-show rate"}) == {
        "appointments": ["No-show rate"]
    }


def test_the_board_moves_on_when_a_month_is_complete() -> None:
    begun = [entry("appointments", FIRST), entry("appointments", FIRST + 1, "partial")]
    assert months_shown(begun, ["appointments"], LAST, 6)[-1] == FIRST + 1
    done = [entry("appointments", FIRST), entry("appointments", FIRST + 1)]
    assert months_shown(done, ["appointments"], LAST, 6) == span(FIRST, LAST)
    assert months_shown(done, ["appointments"], FIRST + 1, 6)[-1] == FIRST + 1
    assert months_shown([], [], LAST, 6) == (LAST,)


def test_only_missing_months_can_be_declared_empty() -> None:
    entries = [entry("incidents", FIRST), entry("incidents", LAST, "missing")]
    assert declarable(entries, ["incidents"], (FIRST, LAST)) == [("incidents", LAST)]


def receipt(**more: Any) -> Receipt:
    values: dict[str, Any] = {
        "id": 7, "file": "a.csv", "sha256": "", "dataset": "appointments",
        "profile": "canonical", "practice": "maple", "status": "loaded", "message": "",
    }  # fmt: skip
    return Receipt(**(values | more))


def test_a_receipt_adds_up_and_gives_reasons_in_words() -> None:
    bad = Quarantined(9, "start_at", "not_a_time", "soon", None, None)
    found = receipt_view(
        receipt(
            read=10, added=5, changed=1, unchanged=2, left_out=1, quarantined=1,
            reasons={"not_a_time": 1, "repeated key": 1, "seen_at: too_long": 2}, quarantine=(bad,),
            months=("2026-01",),
        ),
        preview=False,
    )  # fmt: skip
    assert found.read == sum(count for _, count in found.parts)
    assert found.lines[0][:3] == ("9", "start_at", "soon")
    assert found.lines[0][3] == "start_at: is not a date with a time; write it as YYYY-MM-DD HH:MM."
    assert found.reasons == (
        (found.lines[0][3], 1),
        ("Left blank: seen_at: is longer than the 300 characters (200 for a location or part) "
         "that are kept.", 2),
        ("Left out: repeated key.", 1),
    )  # fmt: skip
    assert found.facts == (
        "Appointments",
        "in the dataset's own columns",
        "January 2026",
        "upload 7",
    )


def test_a_preview_promises_no_upload() -> None:
    found = receipt_view(receipt(id=None), preview=True)
    assert found.status == "Can be loaded"
    assert not any(fact.startswith("upload") for fact in found.facts)


def test_a_refused_file_shows_its_sentence_and_no_numbers() -> None:
    found = receipt_view(
        receipt(status="refused", dataset=None, profile=None, message="It is empty."), False
    )
    assert (found.good, found.message, found.parts) == (False, "It is empty.", ())


def test_months_with_a_gap_are_named_one_by_one() -> None:
    assert months_words(span(FIRST, LAST)) == "January to March 2026"
    assert months_words((LAST, FIRST)) == "January 2026 and March 2026"
    assert months_words(()) == ""


def log_entry(id: int, **more: Any) -> dict[str, Any]:
    return {
        "id": id, "kind": "file", "file": "a.csv", "dataset": "appointments",
        "status": "loaded", "months": ["2026-01"], "read": 1200, "actor": "x",
        "at": "2026-02-03T10:11:12Z",
    } | more  # fmt: skip


def test_the_log_comes_newest_first() -> None:
    lines = upload_lines([log_entry(1), log_entry(2, status="undone")])
    assert [line.id for line in lines] == [2, 1]
    assert lines[1].cells == (
        "1", "2026-02-03 10:11", "a.csv", "Appointments", "January 2026", "1,200", "Loaded", "x",
    )  # fmt: skip
    assert [line.standing for line in lines] == [False, True]


def test_the_log_says_what_waits_for_a_countersignature() -> None:
    log = [log_entry(1), log_entry(2, status="undone"), log_entry(3)]
    assert [line.status for line in upload_lines(log, {1, 2})] == [
        "Loaded", "Undone, to be countersigned", "Loaded, to be countersigned",
    ]  # fmt: skip


def test_the_board_says_who_last_loaded_a_dataset() -> None:
    loaded = {"appointments": ("Dana Whitfield (manager)", "2026-02-03T10:11:12Z")}
    needed = {"appointments": [], "ledger": []}
    rows = board_view([], span(FIRST, LAST), needed, LIGHT, loaded).rows
    assert [row.loaded for row in rows] == [
        "last loaded by Dana Whitfield (manager), 3 February 2026", "",
    ]  # fmt: skip


# -- by hand ------------------------------------------------------------------------------------


def test_only_what_is_filled_becomes_a_column() -> None:
    content = canonical_csv(
        dataset("incidents"),
        [
            {
                "incident_id": "7, a",
                "kind": "hipaa",
                "discovered_on": date(2026, 1, 5),
                "confirmed": "",
                "reportable": "false",
                "records_affected": None,
            }
        ],
    )
    assert content == (
        b'incident_id,kind,discovered_on,reportable\n"7, a",hipaa,2026-01-05,false\n'
    )


def test_rows_of_a_list_share_their_columns() -> None:
    rows = [
        {"day": date(2026, 1, 5), "provider": "Dr. Vale", "minutes_open": 0},
        {"day": date(2026, 1, 5), "provider": "Dr. Reed", "minutes_booked": 30},
    ]
    assert canonical_csv(dataset("availability"), rows) == (
        b"day,provider,minutes_open,minutes_booked\n"
        b"2026-01-05,Dr. Vale,0,\n2026-01-05,Dr. Reed,,30\n"
    )


def test_what_is_lacking_is_said() -> None:
    complaint = {"complaint_id": "1", "received_on": None}
    assert lacking(dataset("complaints"), complaint) == "Fill in received on."
    incident = {"incident_id": "1", "kind": "osha"}
    assert "discovered on or occurred on" in lacking(dataset("incidents"), incident)
    received = {"complaint_id": "1", "received_on": date(2026, 1, 1)}
    assert lacking(dataset("complaints"), received) == ""
    assert lacking(dataset("staff"), {"job": "Nurse"}) == (
        "Fill in as of, employee number and hired on."
    )


@pytest.mark.parametrize(
    "name", ["audits", "availability", "complaints", "incidents", "staff", "training"]
)
def test_a_form_asks_for_what_is_required_first(name: str) -> None:
    fields = fields_of(dataset(name))
    asked = [each.required for each in fields]
    assert asked == sorted(asked, reverse=True)
    assert {each.name for each in fields} == set(dataset(name).names) - {"part"}
    for each in fields:
        assert each.label
        assert each.help
        if each.kind in (Kind.CHOICE, Kind.BOOLEAN):
            assert each.choices[""] == "Not given"
    # A number of our own making may stay empty; an employee's may not.
    own = {"complaints": "complaint_id", "incidents": "incident_id", "audits": "audit_id"}
    assert next((each.name for each in fields if "made up" in each.help), None) == own.get(name)


def test_these_six_are_entered_by_hand() -> None:
    assert [each.name for each in all_datasets() if each.by_hand] == [
        "audits", "availability", "complaints", "incidents", "staff", "training",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("id", "top", "bottom", "value", "n", "words"),
    [
        ("revenue_per_visit", 323_000, 3745, 86.25, 3745, "$323,000 over 3,745 visits"),
        ("charge_lag_days", 300, 512, 300 / 512, 512, "300 over 512 charge lines"),
        ("audit_pass_rate", 7, 9, 7 / 9, 9, "7 of 9 audits with a result"),
        ("osha_trir", 2, 41_350, 9.67, 41_350, "2 over 41,350 hours worked"),
        ("budget_variance", 13_400, 305_000, 13_400 / 305_000, 3, "$13,400 of $305,000"),
        ("staff_turnover", 3, 20, 0.6, 20, "3 over 20 staff on average"),
    ],
)
def test_what_a_value_is_made_of(
    id: str, top: float, bottom: float, value: float, n: float, words: str
) -> None:
    found = Result(id, Status.SCORED, value=value, numerator=top, denominator=bottom, n=n)
    assert made_of(kpi(id), found) == words
