"""What is left out of a score, by leave or by HR, and what was taken over: in sentences."""

from __future__ import annotations

from kpi.months import period_words, runs
from kpi.numbers import show_score
from kpi.report.words import ratings_of
from kpi.review.scores.scoring import ManagerScore


def left_out(scored: ManagerScore) -> list[str]:
    """What a reader of the score has to know of it; nothing where nothing is left out."""
    score = scored.score
    names = {row.kpi.id: row.kpi.name for row in score.rows}
    said = [
        f"On leave in {period_words(first, last)}: these months do not score."
        for first, last in runs(scored.leave)
    ]
    said += [
        f"{names.get(each.kpi, each.kpi) if each.kpi else 'Every KPI without a gate'}, "
        f"{period_words(each.first, each.last)}: excluded by {each.by} on {each.at[:10]}. "
        f"{each.reason} Evidence: {each.evidence}"
        for each in scored.exclusions
    ]
    if scored.without is not None:
        instead = (
            f"the score would be {show_score(scored.without.score, ratings_of(score))}"
            if scored.without.score is not None
            else "there would be no score"
        )
        said.append(f"Without what HR excluded {instead}.")
    said += [f"{names.get(each.kpi, each.kpi)}: {each.words}" for each in scored.inherited]
    return said
