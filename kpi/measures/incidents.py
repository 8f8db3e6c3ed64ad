"""Measures of compliance incidents: only confirmed ones are violations."""

from kpi.measures.aggregates import Basis, Condition, DatasetMeasures, Total
from kpi.store.tables import records

t = records["incidents"]

DAYS_TO_REPORT = 60
confirmed = t.c.confirmed == 1
undecided = t.c.confirmed.is_(None)
breach = (t.c.kind == "hipaa") & confirmed
reportable = breach & (t.c.reportable == 1)
dismissed = t.c.confirmed.is_not(None) & (t.c.confirmed == 0)


def _of(kind: str) -> Condition:
    return t.c.kind == kind


MEASURES = DatasetMeasures(
    "incidents",
    (
        *(Total(f"{kind}_violations", _of(kind) & confirmed)
          for kind in ("hipaa", "osha", "billing", "ethics")),
        *(Total(f"{kind}_pending", _of(kind) & undecided)
          for kind in ("hipaa", "osha", "billing", "ethics")),
        Total("records_breached", confirmed & t.c.records_affected.is_not(None),
              t.c.records_affected),
        Total("osha_recordables", _of("osha") & (t.c.recordable == 1) & ~dismissed),
        Total("violations_ripe", breach, basis="report_due"),
        Total("reportable_confirmed", reportable, basis="report_due"),
        # When its 60 days ran out cannot be told, so it stands in the month of the record.
        Total("reportable_undated", reportable & t.c.discovered_on.is_(None)),
        Total("late_reports",
              reportable
              & (t.c.reported_on.is_(None)
                 | (t.c.reported_on - t.c.discovered_on > DAYS_TO_REPORT)),
              basis="report_due"),
    ),
    bases=(Basis("report_due", t.c.discovered_on + DAYS_TO_REPORT),),
)  # fmt: skip
