"""The check as a whole: answers, practices, rules that fail, pages and tables made of it."""

import time
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from kpi.months import Month, span
from kpi.role import (
    Known,
    KnownVersion,
    answered_in_words,
    answered_json,
    check_role,
    coverage,
    coverage_json,
    read_role,
)
from kpi.role.rules import ANSWERS, RULES
from kpi.role.rules.dates import NoSummary
from kpi.role.rules.document import markdown
from tests.role.rules.complete import COMPLETE, TODAY, findings, marked, patched, with_accepted
from tests.role.small import SMALL

ROOT = Path(__file__).resolve().parents[3]
NO_SUMMARY = patched(("summary: Runs the office so that physicians can see patients.\n", ""))


# -- answers --------------------------------------------------------------------------------------


def test_a_warning_that_is_answered_is_no_finding() -> None:
    reading = check_role(NO_SUMMARY + with_accepted("no-summary"), "role.yaml", today=TODAY)
    assert reading.findings == reading.warnings == ()
    (answered,) = reading.answered
    assert (answered.finding.rule, answered.reason) == (
        "no-summary", "It was talked over and stands."
    )  # fmt: skip
    assert answered_json(reading.answered) == [
        {
            "level": "warning", "rule": "no-summary", "path": "summary", "line": 1, "column": 1,
            "message": "There is no summary.",
            "remedy": "Add 'summary:' with the job in two or three sentences.",
            "reason": "It was talked over and stands.",
        }
    ]  # fmt: skip
    assert answered_in_words(answered, "role.yaml") == (
        "role.yaml:1:1: answered: summary: There is no summary. Answer: It was talked over and "
        "stands. [no-summary]"
    )


def test_an_answer_holds_for_all_that_its_rule_finds() -> None:
    text = SMALL + with_accepted("heavy-kpi")
    reading = check_role(text, "small.yaml")
    assert [each.finding.line for each in reading.answered] == [24, 29]
    assert "heavy-kpi" not in {each.rule for each in reading.findings}


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("cliff", "Nothing here breaks the rule 'cliff'"),
        ("no-sumary", "There is no rule 'no-sumary'. Did you mean 'no-summary'?"),
        ("missing-key", "There is no rule 'missing-key'."),
    ],
)
def test_an_answer_to_nothing_is_a_finding(rule: str, says: str) -> None:
    text, line, column = marked(COMPLETE + with_accepted(f"◆{rule}"))
    (found,) = findings(text)
    assert (found.rule, found.line, found.column) == ("accepted-nothing", line, column)
    assert found.message.startswith(says)


def test_a_rule_answered_twice_is_a_finding() -> None:
    twice = with_accepted("no-summary") + with_accepted("◆no-summary").removeprefix("accepted:\n")
    text, line, _ = marked(NO_SUMMARY + twice)
    (found,) = findings(text)
    assert (found.rule, found.line) == ("accepted-nothing", line)
    assert "answered twice" in found.message


def test_an_error_cannot_be_answered() -> None:
    broken = COMPLETE.replace(
        "weight: 20\n      floor: 50 days", "weight: 19\n      floor: 50 days"
    )
    text, line, column = marked(broken + with_accepted("◆weights"))
    assert [(each.level, each.rule) for each in findings(text)] == [
        ("error", "weights"), ("warning", "accepted-error"),
    ]  # fmt: skip
    assert (findings(text)[1].line, findings(text)[1].column) == (line, column)


def test_a_warning_stays_answered_while_the_file_has_an_error() -> None:
    text = NO_SUMMARY.replace("flsa: exempt", "flsa: sometimes") + with_accepted("no-summary")
    reading = check_role(text, "role.yaml", today=TODAY)
    assert [each.rule for each in reading.findings] == ["choice"]
    assert [each.finding.rule for each in reading.answered] == ["no-summary"]


def test_answers_to_rules_that_could_not_be_applied_are_left_alone() -> None:
    for rule in ("kpi-without-data", "review-overdue"):
        assert check_role(COMPLETE + with_accepted(rule), "role.yaml").findings == ()
    (found,) = findings(COMPLETE + with_accepted("review-overdue"))
    assert found.rule == "accepted-nothing"


def test_answering_an_answer_is_no_way_out() -> None:
    text = COMPLETE + with_accepted("accepted-nothing")
    assert [each.rule for each in findings(text)] == ["accepted-nothing"]


# -- a practice -----------------------------------------------------------------------------------

DATASETS = {
    "ar_aging", "charges", "ledger", "appointments", "surveys", "complaints", "incidents",
}  # fmt: skip
TWO_YEARS = frozenset(span(Month(2024, 1), Month(2025, 12)))
BASELINE = (
    "      weight: 15\n      floor: 10%\n      target: 5%\n      stretch: 3%\n",
    "      weight: 15\n      ◆baseline: {from: 2025-01, to: 2025-12}\n      floor: 0%\n"
    "      target: -10%\n      stretch: -20%\n",
)


def known(**months: frozenset[Month]) -> Known:
    return Known({**dict.fromkeys(DATASETS, TWO_YEARS), **months})


def test_a_kpi_whose_data_was_never_uploaded() -> None:
    assert findings(COMPLETE, known()) == ()
    without = Known(dict.fromkeys(DATASETS - {"surveys"}, TWO_YEARS))
    text, line, column = marked(COMPLETE.replace("kpi: satis", "kpi: ◆satis"))
    (found,) = findings(text, without)
    assert (found.rule, found.line, found.column) == ("kpi-without-data", line, column)
    assert found.level == "warning"
    assert "reads surveys, which the practice has never uploaded" in found.message


def test_a_baseline_with_missing_months() -> None:
    text, line, _ = marked(patched(BASELINE))
    assert findings(text) == ()
    assert findings(text, known()) == ()
    lacks = TWO_YEARS - {Month(2025, 3), Month(2025, 7)}
    (found,) = findings(text, known(appointments=lacks))
    assert (found.rule, found.level, found.line) == ("baseline-incomplete", "error", line)
    assert found.message == (
        "The baseline of no_show_rate is not complete: it lacks appointments of 2025-03, "
        "appointments of 2025-07."
    )


def test_a_published_version_that_was_changed() -> None:
    texts = {"billing": "Posts charges within five working days of the visit.",
             "access": "Confirms every appointment.", "old": "Is gone."}  # fmt: skip
    key = ("medical-office-manager", "2026.1")
    same = Known(known().complete, {key: KnownVersion(sha256(COMPLETE.encode()).hexdigest(), {})})
    assert findings(COMPLETE, same) == ()
    other = Known(known().complete, {key: KnownVersion("0" * 64, texts)})
    text, line, column = marked(COMPLETE.replace('version: "', 'version: ◆"'))
    (found,) = findings(text, other)
    assert (found.rule, found.level) == ("published-version-changed", "error")
    assert (found.line, found.column) == (line, column)
    assert found.message == (
        "Version 2026.1 is published, and of its responsibilities 'patients' is new, 'old' is "
        "gone, 'access' was changed."
    )
    assert findings(COMPLETE.replace('"2026.1"', '"2026.2"'), other) == ()


# -- whatever the file is -------------------------------------------------------------------------


def test_a_rule_that_fails_is_a_finding_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: NoSummary, draft: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(NoSummary, "check", fails)
    without_flsa = COMPLETE.replace("  flsa: exempt\n", "")
    crashed, found = findings(without_flsa)
    assert (crashed.level, crashed.rule, crashed.line) == ("warning", "rule-crashed", 0)
    assert "'no-summary' could not be applied" in crashed.message
    assert "secret" not in crashed.message
    assert found.rule == "no-flsa-status"


@pytest.mark.parametrize("text", ["", "role", "[1]", "a: [", b"\xff", "role: none\n", "\ttab"])
def test_what_is_no_role_file_has_the_reader_s_findings_alone(text: str | bytes) -> None:
    assert check_role(text, "x", today=TODAY, known=known()).role is None
    reading = check_role(text, "x")
    assert reading.errors == read_role(text, "x").findings
    assert "rule-crashed" not in {each.rule for each in reading.findings}


KINDS = ("7", "[[x]]", "{x: y}")


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_fails_for_a_value_of_another_kind(kind: str) -> None:
    """Each key of the complete role in turn holds something else."""
    lines = COMPLETE.splitlines(keepends=True)
    keys = [number for number, line in enumerate(lines) if line.rstrip().endswith(":")]
    for number in keys:
        indent = len(lines[number]) - len(lines[number].lstrip(" -"))
        after = number + 1
        while after < len(lines) and len(lines[after]) - len(lines[after].lstrip()) > indent:
            after += 1
        text = "".join([*lines[:number], lines[number].rstrip() + f" {kind}\n", *lines[after:]])
        rules = {each.rule for each in check_role(text, "x", today=TODAY, known=known()).findings}
        assert "rule-crashed" not in rules, text


def test_errors_and_warnings_of_a_file_come_at_once() -> None:
    text = COMPLETE.replace("  flsa: exempt\n", "").replace("target: 38 days", "target: 38 s")
    reading = check_role(text, "role.yaml", today=TODAY)
    assert [each.rule for each in reading.errors] == ["unit"]
    assert [each.rule for each in reading.warnings] == ["no-flsa-status"]


def test_a_phrase_is_found_where_it_stands_though_the_text_is_folded() -> None:
    text, line, column = marked(
        patched((
            "    text: Confirms each appointment two working days before.\n",
            "    text: >-\n      Confirms each appointment two working days before,\n"
            "      and fills gaps ◆as\n      needed.\n",
        ))
    )  # fmt: skip
    (found,) = findings(text)
    assert (found.rule, found.line, found.column) == ("open-ended", line, column)
    (found,) = findings(text.replace("\n", "\r\n"))
    assert (found.line, found.column) == (line, column)


def test_a_full_role_is_checked_fast_enough_to_be_checked_while_it_is_typed() -> None:
    path = ROOT / "sample_data" / "roles" / "medical-office-manager-2026.1.yaml"
    content = path.read_bytes()
    check_role(content, path.name, today=date(2026, 1, 15))

    def measured() -> float:
        begun = time.process_time()
        check_role(content, path.name, today=date(2026, 1, 15))
        return time.process_time() - begun

    assert min(measured() for _ in range(3)) < 0.2


# -- what is made of it ---------------------------------------------------------------------------


def test_the_coverage_of_a_role() -> None:
    role = read_role(COMPLETE.replace("    kpis: [hipaa_violations]\n", ""), "role.yaml").role
    assert role is not None
    found = coverage(role)
    assert found.kpis == (
        "days_in_ar", "overhead_ratio", "no_show_rate", "scheduling_accuracy",
        "satisfaction_score", "complaints_resolved_in_7_days", "hipaa_violations",
    )  # fmt: skip
    assert found.unexplained == ("hipaa_violations",)
    shown = coverage_json(found)
    assert [each["path"] for each in shown["duties"]] == [
        *(f"responsibilities[{number}]" for number in range(3)),
        *(f"daily_duties[{number}]" for number in range(2)),
        *(f"compliance[{number}]" for number in range(5)),
    ]
    assert shown["duties"][0] == {
        "section": "responsibilities", "path": "responsibilities[0]",
        "text": "Posts charges within five working days of the visit.",
        "kpis": ["days_in_ar", "overhead_ratio"],
    }  # fmt: skip
    assert shown["duties"][3]["kpis"] == []
    assert shown["unexplained"] == ["hipaa_violations"]


def test_the_page_on_the_rules_is_made_from_them() -> None:
    written = (ROOT / "docs" / "role-rules.md").read_text("utf-8")
    assert written == markdown(), "run: python -m kpi.role.rules.document > docs/role-rules.md"


def test_every_rule_says_what_it_is() -> None:
    ids = [each.id for each in (*RULES, *ANSWERS)]
    assert len(set(ids)) == len(ids)
    for rule in (*RULES, *ANSWERS):
        assert rule.finds.endswith((".", ".)")), rule.id
        assert rule.instead.endswith((".", ".'", '"].')), rule.id
        assert rule.reason.endswith("."), rule.id
