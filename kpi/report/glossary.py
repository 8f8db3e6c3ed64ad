"""What the words mean that pages and scorecards use: said once, for the pages and docs/words.md.

``python -m kpi.report.glossary > docs/words.md``; a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word in one or two sentences. ``more``: the page of the documentation that says all."""

    name: str
    says: str
    more: str = ""


WORDS: dict[str, Word] = {
    "score": Word(
        "Score",
        "All KPIs that score, each by its attainment and weight: 100 is every target met, 120 "
        "every stretch. It indicates a rating; people decide it.",
        "fair-score.md",
    ),
    "attainment": Word(
        "Attainment",
        "What a value earns against its targets: 0 at the floor or worse, 100 at the target, 120 "
        "at the stretch, straight lines in between.",
        "design.md",
    ),
    "points": Word(
        "Points",
        "What a KPI adds to the score: its attainment by its share of the weight. The points of "
        "all KPIs add up to the score before gates.",
    ),
    "points_lost": Word(
        "Points lost",
        "What a KPI would add if it met its target, and does not. The largest loss is the first "
        "thing to talk about.",
    ),
    "weight": Word(
        "Weight", "A KPI's part of the score, set by the role. All weights add up to 100."
    ),
    "coverage": Word(
        "Coverage",
        "How much of the weight has data that scores. Under the role's minimum, 80% as a rule, "
        "there is no score.",
    ),
    "range": Word(
        "Range",
        "Between what the score will lie once missing data is in: the missing weight at 0, and at "
        "its best. So not loading a file never helps.",
    ),
    "margin": Word(
        "Margin",
        "How far chance alone could have moved a figure. Two figures whose margins overlap are not "
        "called different.",
        "fairness.md",
    ),
    "usual_variation": Word(
        "Usual variation",
        "Where a KPI has no margin by arithmetic: how far its months usually lie from each other.",
        "fairness.md",
    ),
    "gate": Word(
        "Gate",
        "A KPI that must not miss its target: a miss holds the whole score to at most its cap, "
        "however good the rest is.",
        "role-file.md",
    ),
    "signal": Word(
        "Signal",
        "Whether the last month differs from the months before by more than chance, by the KPI's "
        "control chart: improving, getting worse, or just noise.",
        "fairness.md",
    ),
    "just_noise": Word(
        "Just noise",
        "The month differs by no more than chance does: neither praise nor blame it.",
        "tours/physician.md",
    ),
    "usual_range": Word(
        "Usual range",
        "Where months fall by chance alone, drawn from the chart's first months, 24 where there "
        "are as many. A month outside of it is more than chance.",
        "fairness.md",
    ),
    "assurance": Word(
        "Assurance",
        "What the usual range says of the target: months as they usually are meet it, miss it, or "
        "do either by chance.",
        "design.md",
    ),
    "floor": Word("Floor", "The value at which, or worse, a KPI earns nothing.", "role-file.md"),
    "target": Word("Target", "The value that is agreed on; it earns 100 points.", "role-file.md"),
    "stretch": Word(
        "Stretch",
        "The value beyond the target that earns 120 points, the most there is.",
        "role-file.md",
    ),
    "baseline": Word(
        "Baseline",
        "Months whose value the targets are changes from. It is fixed when the role is published; "
        "later data never moves it.",
        "role-file.md",
    ),
    "minimum": Word(
        "Minimum",
        "The least number of cases, or months, that a KPI needs to score. Under it the value is "
        "shown and earns nothing.",
    ),
    "trailing": Word(
        "Trailing",
        "While a period runs, a KPI that needs several months is computed over the last three "
        "complete ones.",
    ),
    "so_far": Word(
        "So far",
        "A period that is not over yet: its score is provisional and indicates no rating.",
    ),
    "pace": Word(
        "Pace",
        "Where the period will end if the rest of it goes like the last twelve months did.",
        "fair-score.md",
    ),
    "restated": Word(
        "Restated",
        "Data that was changed by a later file after something was computed from it. What is final "
        "keeps the figures that it was frozen with.",
        "reviews.md",
    ),
    "pending": Word(
        "Pending",
        "A gate that waits: an incident is not decided yet, or what a manager declared is not "
        "countersigned. It caps nothing until then.",
    ),
    "countersignature": Word(
        "Countersignature",
        "What a manager declares of months that she is scored by counts for a gate once a "
        "physician or HR has signed it.",
    ),
    "no_data": Word(
        "No data",
        "A month of a file that the KPI needs is missing or partial, so its value is not known; "
        "the dash is not a zero.",
    ),
    "too_few": Word(
        "Too few", "Fewer cases than the KPI's minimum: the value is shown and does not score."
    ),
    "left_out": Word(
        "Left out",
        "Rows that are no records: totals, repeated headings, test patients, another dataset's "
        "rows. Each has its reason in the receipt.",
        "exports.md",
    ),
    "quarantined": Word(
        "In quarantine",
        "A row that was refused, with line, column and reason. It counts against its month until "
        "it is mended or dismissed.",
        "bad-input.md",
    ),
    "partial": Word(
        "Partial",
        "A month with data that does not reach its end, or with rows in quarantine. A KPI that "
        "needs it waits.",
    ),
    "nothing_to_report": Word(
        "Nothing to report",
        "The manager declares that a month had no incidents or complaints; a physician or HR "
        "countersigns it.",
    ),
    "excluded": Word(
        "Left out by HR",
        "A KPI or months that HR took out of a score, with reason and evidence. The score without "
        "this stays beside it.",
        "fair-score.md",
    ),
    "final": Word(
        "Final",
        "A review that is frozen and hashed: no later file changes it, and anybody can check that "
        "it is as it was.",
        "reviews.md",
    ),
    "contested": Word(
        "Contested",
        "The manager disagrees with the review in writing; HR answers in writing before it can be "
        "final.",
        "reviews.md",
    ),
    "indicated_rating": Word(
        "Indicated rating",
        "The rating that the score reaches by the role's thresholds. The supervisor decides the "
        "rating, and says why where it is another one.",
        "reviews.md",
    ),
    "role_version": Word(
        "Role version",
        "One published text of a role, never changed after. Its SHA-256 says which text it was; "
        "the manager acknowledges each.",
        "role-file.md",
    ),
    "backtest": Word(
        "Backtest",
        "A draft's targets replayed over past months, before anybody is bound by them.",
        "backtest.md",
    ),
}
"""The words by what pages call for them, in the order of docs/words.md."""


def document() -> str:
    """The whole of docs/words.md."""
    lines = [
        "# What the words mean",
        "",
        "Made by `python -m kpi.report.glossary` of what the pages themselves say: a word with "
        "dots under it opens this sentence where it stands.",
        "",
        "| word | what it means | more |",
        "|---|---|---|",
    ]
    for each in WORDS.values():
        more = f"[{each.more}]({each.more})" if each.more else ""
        lines.append(f"| {each.name} | {each.says} | {more} |".replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(document())
