"""Survey exports whose questions are columns: SurveyMonkey and Qualtrics."""

from datetime import date

import pytest

from kpi.datasets.stored import days_of
from kpi.errors import FileRefused
from kpi.ingest.mapping.profile import read_profile
from tests.ingest.opened import LAYOUTS, opened, take, taken

MONKEY = LAYOUTS / "surveymonkey.csv"
QUALTRICS = LAYOUTS / "qualtrics_three_headers.csv"


def test_surveymonkey_spans_two_lines_of_header() -> None:
    reading = opened(MONKEY)
    assert reading.profile == "surveymonkey"
    found = taken(reading)["surveys"]
    visit, rate = "How satisfied were you with the visit?", "Please rate, from 1 to 5"
    assert [
        (row["line"], row["question"], row["score"], row["scale_min"], row["scale_max"])
        for row in found.rows
    ] == [
        (3, visit, 50_000, 10_000, 50_000),
        (3, f"{rate}: Access", 50_000, 10_000, 50_000),
        (3, f"{rate}: Courtesy", 40_000, 10_000, 50_000),
        (3, "recommend", 100_000, 0, 100_000),
        (4, visit, 40_000, 10_000, 50_000),
        (4, f"{rate}: Access", 30_000, 10_000, 50_000),
        (4, "recommend", 70_000, 0, 100_000),
        (5, f"{rate}: Access", 20_000, 10_000, 50_000),
        (5, f"{rate}: Courtesy", 10_000, 10_000, 50_000),
    ]
    # of three responses to four questions: "N/A", and two blank cells
    assert found.left_out == {"no answer": 3}
    assert [row["answered_on"] for row in found.rows[:5:4]] == [
        days_of(date(2017, 4, 25)),
        days_of(date(2017, 5, 2)),
    ]
    assert not found.refused


def test_what_each_question_was_taken_for_is_said() -> None:
    reading = opened(MONKEY)
    said = [note for note in reading.notes if "is taken for a rating" in note]
    assert len(said) == 4
    assert any("'How satisfied were you with the visit?'" in note
               and "words of that scale" in note for note in said)  # fmt: skip
    assert any("from 0 to 10" in note and "question on recommending" in note for note in said)
    (unsure,) = (note for note in reading.notes if "so it is left out" in note)
    assert unsure.startswith(
        "'How many visits this year?' holds numbers, but its text does not ask"
    )
    dropped = " ".join(reading.dropped)
    assert "How did you book?: Phone" in dropped
    assert "Anything else?" in dropped
    assert "Email Address" in dropped


def test_a_condensed_export_has_one_line_of_header() -> None:
    found = take(LAYOUTS / "surveymonkey_condensed.csv")
    assert [(row["question"], row["score"]) for row in found.rows] == [
        ("Overall, how would you rate your visit?", 50_000),
        ("Overall, how would you rate your visit?", 40_000),
    ]
    assert [row["answered_on"] for row in found.rows] == [
        days_of(date(2026, 1, 5)),
        days_of(date(2026, 2, 5)),
    ]


def test_qualtrics_has_three_lines_of_header_and_leaves_previews_out() -> None:
    reading = opened(QUALTRICS)
    assert reading.profile == "qualtrics"
    found = taken(reading)["surveys"]
    assert [
        (row["line"], row["question"], row["score"], row["scale_max"]) for row in found.rows
    ] == [(4, "Q1", 50_000, 50_000), (4, "recommend", 90_000, 100_000), (5, "Q1", 20_000, 50_000)]
    assert found.left_out == {"preview": 1, "not finished": 1, "no answer": 1}
    assert found.rows[0]["answered_on"] == days_of(date(2026, 1, 18))
    assert any(note.startswith("'Q2' holds numbers") for note in reading.notes)
    assert {"IPAddress", "Q2", "Q2_5_TEXT", "LocationLatitude"} <= set(reading.dropped)


def test_qualtrics_without_import_ids_has_two_lines_of_header() -> None:
    lines = QUALTRICS.read_text().splitlines(keepends=True)
    found = take("".join(lines[:2] + lines[3:]))
    assert [(row["line"], row["question"]) for row in found.rows] == [
        (3, "Q1"), (3, "recommend"), (4, "Q1"),
    ]  # fmt: skip


def test_the_older_qualtrics_export_and_a_scale_that_runs_the_other_way() -> None:
    reading = opened(LAYOUTS / "qualtrics_two_headers.csv")
    assert reading.profile == "qualtrics_legacy"
    found = taken(reading)["surveys"]
    # 1 is excellent: 1 and 4 count as 5 and 2 of 5
    assert [(row["question"], row["score"]) for row in found.rows] == [
        ("Q1", 50_000), ("Q1", 20_000),
    ]  # fmt: skip
    assert found.left_out == {"not finished": 1}
    assert any("1 is the best" in note for note in reading.notes)
    assert any(note.startswith("'Q3' holds one word") for note in reading.notes)


def test_a_survey_without_a_sure_rating_is_refused_with_its_columns() -> None:
    content = (
        QUALTRICS.read_text()
        .replace("Strongly agree", "Blue")
        .replace("On a scale from 0 to 10, how likely are you to recommend us?", "How old are you?")
    )
    with pytest.raises(FileRefused, match="none of its columns is surely a rating") as refusal:
        opened(content)
    assert "'Q2' holds numbers" in str(refusal.value)


def test_a_practice_says_which_column_is_a_rating_in_a_profile_of_its_own() -> None:
    header = QUALTRICS.read_text().splitlines()[0].split(",")
    own = read_profile("our_survey", f"""
title: our survey
header: {header}
leave_out:
  - {{column: Finished, words: ["0"], reason: not finished}}
melt:
  columns: {{Q2: {{question: access, scale_min: 1, scale_max: 7}}}}
  value: score
  blank: no answer
feeds:
  surveys:
    response_id: ResponseId
    question: question
    score: score
    scale_min: scale_min
    scale_max: scale_max
    answered_on: EndDate
""", own=True)  # fmt: skip
    found = taken(opened(QUALTRICS, own=[own]))["surveys"]
    assert [(row["question"], row["score"], row["scale_max"]) for row in found.rows] == [
        ("access", 20_000, 70_000), ("access", 50_000, 70_000), ("access", 10_000, 70_000),
    ]  # fmt: skip
    assert found.left_out == {"not finished": 1}


@pytest.mark.parametrize(
    ("answers", "scale", "scores"),
    [
        (["Never", "Always", "Usually"], (1, 4), [1, 4, 3]),
        (["Yes, definitely", "No"], (1, 3), [3, 1]),
        (["Very satisfied", "Very satisfied"], (1, 5), [5, 5]),
        (["Disagree", "Somewhat agree", "Agree"], (1, 7), [2, 5, 6]),
        (["0 - Not at all likely", "7", "10 - Extremely likely"], (0, 10), [0, 7, 10]),
        (["5 (Excellent)", "3", "Not applicable"], (1, 5), [5, 3]),
    ],
)
def test_scales_in_words(answers: list[str], scale: tuple[int, int], scores: list[int]) -> None:
    lines = [
        f'{number},7,01/13/2026 10:00:00,01/13/2026 10:01:00,"{answer}"'
        for number, answer in enumerate(answers)
    ]
    header = "RespondentID,CollectorID,StartDate,EndDate,Our staff"
    found = take("\n".join([header, *lines]))
    assert [row["score"] for row in found.rows] == [each * 10_000 for each in scores]
    ends = {(row["scale_min"], row["scale_max"]) for row in found.rows}
    assert ends == {(scale[0] * 10_000, scale[1] * 10_000)}


@pytest.mark.parametrize(
    ("question", "answers", "why"),
    [
        ("How do you reach us?", ["1 - By car", "2 - By bus"], "does not ask for a rating"),
        ("How would you rate us?", ["5", "4", "too expensive"], "beside others of none"),
        ("Our staff", ["Satisfied", "Very satisfied", "Blissful"], "beside others of none"),
        ("Rate us from 1 to 5", ["5", "7"], "outside of its scale"),
        ("Rate your age", ["31", "150"], "outside of its scale, or of every usual one"),
    ],
)
def test_what_may_be_a_rating_is_named_and_left_out(
    question: str, answers: list[str], why: str
) -> None:
    lines = [
        f"{number},7,01/13/2026 10:00:00,01/13/2026 10:01:00,{answer},Agree"
        for number, answer in enumerate(answers)
    ]
    header = f"RespondentID,CollectorID,StartDate,EndDate,{question},I agree to come back"
    reading = opened("\n".join([header, *lines]))
    (said,) = (note for note in reading.notes if "so it is left out" in note)
    assert said.startswith(f"'{question}' ")
    assert why in said
    assert question in reading.dropped
    assert not any(answers[-1] in note for note in reading.notes)


def test_numbers_that_excel_saved_anew_are_still_numbers() -> None:
    content = MONKEY.read_text().replace(",5,4,10,", ",5.0,4.0,10.0,")
    assert content != MONKEY.read_text()
    found = take(content)
    assert [row["score"] for row in found.rows[:4]] == [50_000, 50_000, 40_000, 100_000]


@pytest.mark.parametrize(
    ("question", "answer"),
    [("How do you reach (555) 010-7788?", "2 - By bus"), ("Rate (555) 010-7788 from 1 to 5", "4")],
)
def test_a_question_that_holds_an_identifier_is_not_shown(question: str, answer: str) -> None:
    header = f'RespondentID,CollectorID,StartDate,EndDate,Our staff,"{question}"'
    row = f"1,7,01/13/2026 10:00:00,01/13/2026 10:01:00,Very satisfied,{answer}"
    reading = opened(f"{header}\n{row}")
    assert [note for note in reading.notes if "'…'" in note]
    assert not any("555" in note for note in (*reading.notes, *reading.dropped))
