"""Why a row was quarantined or a cell left blank: short codes for counting, sentences to read."""

from __future__ import annotations

from kpi.datasets import Column, Dataset, Kind
from kpi.ingest.model import Quarantined

FAULTS = (
    "",  # nothing is wrong; the place of a code in this tuple is its number in the cleaned arrays
    "blank",
    "not_a_number",
    "not_whole",
    "too_many_decimals",
    "too_large",
    "negative",
    "excel_error",
    "shortened_by_excel",
    "not_a_date",
    "not_a_time",
    "no_time_of_day",
    "not_a_month",
    "not_true_or_false",
    "unknown_value",
    "too_long",
    "looks_like_identifier",
    "reserved",
    "suppressed",
    "column_too_narrow",
    "not_a_duration",
    "patient_name",
)
NUMBER_OF = {code: number for number, code in enumerate(FAULTS)}
BLANK = NUMBER_OF["blank"]

_SENTENCES = {
    "not_a_number": "is not a number; write it like 1234.50",
    "not_whole": "is not a whole number",
    "too_many_decimals": "has more decimals than can be kept exactly",
    "too_large": "is too large to be true",
    "negative": "is negative, which it cannot be",
    "excel_error": "is an Excel error; mend the cell in the workbook and export it again",
    "shortened_by_excel": (
        "was shortened by Excel (like 2.98E+13), so it names nothing any more; export it again "
        "and do not open it in Excel before it is loaded"
    ),
    "not_a_date": "is not a date; write it as YYYY-MM-DD",
    "not_a_time": "is not a date with a time; write it as YYYY-MM-DD HH:MM",
    "no_time_of_day": "has a date and no time of day; write it as YYYY-MM-DD HH:MM",
    "not_a_month": "is not a month; write it as YYYY-MM",
    "not_true_or_false": "is neither true nor false",
    "too_long": "is longer than the 300 characters (200 for a location or part) that are kept",
    "looks_like_identifier": (
        "holds what may say who a patient is (a Social Security, telephone, card or record number, "
        "an address, a date of birth); such a text is not kept"
    ),
    "reserved": "is '*', which stands for all locations; give the location a name",
    "suppressed": (
        "is hidden or footnoted (like <5 or 87.5*), so its value is not known; ask for the figure"
    ),
    "column_too_narrow": (
        "shows only #####: the column was too narrow in Excel; widen it, save and export again"
    ),
    "not_a_duration": "is not a length of time; write whole minutes (seconds for wait_seconds)",
    "patient_name": "is what the row's own column of patients' names says; names are not kept",
    "of_a_deleted_record": (
        "is that of a record which counted in a sealed month and is no longer kept; taken again, "
        "it would count twice. Where the number was given anew, give the record another one; else "
        "dismiss the row"
    ),
    "undecodable": "the line holds bytes that are no text; export the file again as 'CSV UTF-8'",
    "unclosed_quote": "a quotation mark is opened on the line and never closed",
    "too_long_cell": "a cell of the line is longer than can be read",
    "no_date": "none of the columns that give the record's month is filled",
    "too_many_cells": (
        "the row has more cells than the header; a text that holds a comma must stand in quotes"
    ),
    "too_few_cells": "the row has fewer cells than the header, and a required one is among those",
    "unknown_row_type": "the row is of a kind that the profile does not know",
    "more_than_offered": "there are more of them than calls came in",
    "more_than_reviewed": "there are more correct items than were reviewed",
    "left_before_hired": "the employee would have left before the first day of work",
    "no_pay_period": "the pay period ends before it starts, or is longer than 45 days",
    "positive_refund": "a refund raises what is owed, so its amount is negative",
    "score_without_question": "an answer needs the question that it answers",
    "score_without_scale": "an answer needs scale_min and scale_max, the ends of its scale",
    "score_outside_scale": "the answer lies outside of its own scale",
}


def reason_sentence(dataset: Dataset, column: str, code: str) -> str:
    """What a code means for a column of a dataset, as one sentence. Unknown codes stand as is."""
    if not column:
        sentence = _SENTENCES.get(code, code)
        return f"{sentence[0].upper()}{sentence[1:]}."
    if code == "blank":
        return f"{column} is blank, and a record needs it."
    if code == "unknown_value" and dataset.has(column):
        return f"{column} is not a value that is known; known: {known_values(dataset, column)}."
    return f"{column}: {_SENTENCES.get(code, code)}."


def row_sentence(dataset: Dataset, row: Quarantined) -> str:
    """Where a refused row stands, why, and what was found, as far as it may be shown."""
    found = f" Found '{row.found}'." if row.found else ""
    return f"Line {row.line}: {reason_sentence(dataset, row.column, row.reason)}{found}"


def known_values(dataset: Dataset, column: str) -> str:
    """The accepted values of a choice, for a sentence."""
    found: Column = dataset.column(column)
    return ", ".join(found.choices) if found.kind is Kind.CHOICE else ""
