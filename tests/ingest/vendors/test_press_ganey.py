"""Press Ganey's long export of answers, mapped from what is known by hearsay."""

from datetime import date

from tests.ingest.vendors.mapped import FILES, plain, proposed, read_by


def test_scores_are_taken_by_the_day_received_and_not_mixed_with_top_box() -> None:
    proposal = proposed("press_ganey.csv")
    assert proposal.complete
    assert {"Visit Date", "Response", "Top Box", "n", "Percentile Rank"} <= set(proposal.dropped)
    taken = read_by(proposal, FILES / "press_ganey.csv")
    rows = plain("surveys", taken.rows)
    assert [(row["answered_on"], row["question"], row.get("score")) for row in rows] == [
        (date(2026, 1, 12), "Likelihood to recommend", 100.0),
        (date(2026, 1, 12), "Wait time at clinic", 75.0),
        (date(2026, 1, 14), "Likelihood to recommend", 50.0),
        (date(2026, 1, 14), "Wait time at clinic", None),  # 87.5* is footnoted
        (date(2026, 1, 20), "Likelihood to recommend", 0.0),
    ]
    assert {(row["scale_min"], row["scale_max"]) for row in rows} == {(0.0, 100.0)}
    assert taken.blanked == {"score: suppressed": 1}
