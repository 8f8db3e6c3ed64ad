"""Measures of claims: sent in a month, and first adjudicated in a month."""

from kpi.measures.aggregates import Basis, DatasetMeasures, Total
from kpi.store.tables import records

t = records["claims"]

judged = t.c.outcome.in_(("paid", "partial", "denied"))

MEASURES = DatasetMeasures(
    "claims",
    (
        Total("claims_submitted", t.c.submitted_date.is_not(None)),
        Total("claims_assessed", t.c.first_pass.is_not(None)),
        Total("claims_clean", t.c.first_pass == 1),
        Total("claims_adjudicated", judged & t.c.outcome_date.is_not(None), basis="outcome"),
        Total("claims_denied", (t.c.outcome == "denied") & t.c.outcome_date.is_not(None),
              basis="outcome"),
        # Which month they would count in cannot be told, so they stand in that of the claim.
        Total("claims_half_adjudicated",
              (judged & t.c.outcome_date.is_(None))
              | (t.c.outcome.is_(None) & t.c.outcome_date.is_not(None))),
    ),
    bases=(Basis("outcome", t.c.outcome_date),),
)  # fmt: skip
