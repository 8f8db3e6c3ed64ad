"""Sentences that a careful person writes are left alone; those that mean nothing, or mean a person,
are found."""

import pytest

from kpi.role import Finding
from tests.role.rules.complete import findings, patched

INNOCENT = """\
Manages the recall list; every patient due for a colonoscopy is called by the first of the month.
Handles the mail and signs for lab deliveries at 10:00.
Checks the eligibility of all patients on tomorrow's schedule.
Maintains the OSHA 300 log and posts the summary from February 1 to April 30.
Maintains the exposure control plan.
Reports breaches to HHS as required under 45 CFR 164.408.
Keeps vaccine refrigerators within 2 to 8 degrees and logs it twice daily.
Ensures that the sliding-fee schedule changes when the federal poverty guidelines do.
Leads the morning huddle with physicians and staff.
Sends the clinic operations report to the owners on the second Tuesday.
Balances the cash drawer and signs the deposit slip.
Assists patients over 65 years of age with the portal, and reads forms aloud to who cannot see.
Offers young mothers the quiet room and keeps the play corner clean.
Works the denial queue oldest first, before the timely-filing limit of each payer.
Schedules older adults for the long slots, and children after school.
Tells Medicare patients who are married to federal retirees which card comes first.
Enforces the no-smoking rule.
Trains staff on pregnancy accommodation and on serving patients with disabilities.
Asks applicants nothing about age, health, marital status or national origin.
Hires without regard to family status, and never asks whether somebody has children.
Runs payroll every other Thursday from the time records.
Keeps single-use devices from being used again.
Reads the aging report and calls the payer of the oldest single claim.
Answers native and web forms, and mends the accent marks in names.
Promptly, within two days, answers who asks for records.
Names one single point of contact for each payer.
Keeps the practice's white board, first-aid kit and healthy snacks where staff can reach them.
"""
"""Words of the rules (age, single, native, healthy, promptly, required …) meant otherwise."""

EMPTY = """\
Oversees the day-to-day running of the clinic.
Coordinates with vendors.
Is responsible for scheduling.
Looks after the telephones and mail.
Makes sure that the office runs smoothly.
Deals with complaints in a courteous manner.
Serves as a liaison to the hospital.
Follows office policies and procedures.
Restocks rooms as needed.
Takes part in meetings, trainings and the like.
Answers e-mail as soon as possible.
Works with all relevant regulations.
Fosters a positive work environment.
Helps out.
"""

ABOUT_A_PERSON = """\
Five years; must be a US citizen.
Five years; a mature, responsible lady.
Five years; ideal for recent grads.
Five years; age 30 to 45 preferred.
Five years; under 40 years of age.
Five years; single mothers need not apply.
Five years; must not have a disability.
Five years; English must be her mother tongue.
Five years; married men preferred.
Five years; no family commitments on weekends.
Five years; physically fit.
Five years; speaks without an accent.
Five years; a young and dynamic person.
Five years; should have no plans to start a family.
Five years; American-born.
Five years; never sick.
Five years; Christian background.
Five years; at most three years of experience.
"""


def found_in(sentences: str, old: str) -> dict[str, list[Finding]]:
    """What is found in each sentence, all of them in one file in the place of one text."""
    items = "".join(f'\n  - "{each}"' for each in sentences.splitlines())
    text = patched((old, items))
    lines = {line.strip().removeprefix('- "').removesuffix('"'): number
             for number, line in enumerate(text.splitlines(), start=1)}  # fmt: skip
    found = findings(text)
    return {
        each: [one for one in found if one.line == lines[each]] for each in sentences.splitlines()
    }


def test_careful_sentences_are_left_alone() -> None:
    found = found_in(INNOCENT, "\n  - Opens the office at 7:30.")
    assert {each: [one.rule for one in found[each]] for each in found if found[each]} == {}


@pytest.mark.parametrize(
    ("sentences", "old", "rules"),
    [
        (EMPTY, "\n  - Opens the office at 7:30.", {"vague-duty", "vague-phrase", "open-ended"}),
        (ABOUT_A_PERSON, ' ["Associate degree, or four years of equivalent work."]',
         {"discriminating-words"}),
    ],
    ids=["empty", "about a person"],
)  # fmt: skip
def test_each_of_these_is_found(sentences: str, old: str, rules: set[str]) -> None:
    found = found_in(sentences, old)
    assert [each for each in found if not {one.rule for one in found[each]} & rules] == []
    assert {one.rule for each in found.values() for one in each} <= rules
