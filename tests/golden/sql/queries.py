"""One query a KPI, written from the KPI reference: its value over the months ``:first..:last``.

A division by zero is NULL, as a value that does not exist.
"""

IN = "month BETWEEN :first AND :last"
THEN = "month BETWEEN :first_then AND :last_then"
RUN = "kind = 'expense' AND coalesce(category, '') <> 'provider_compensation'"
CANCELLED = "status IN ('cancelled', 'rescheduled')"
RECEIVED = "kind IN ('payment', 'refund')"

HOURS = """
    (SELECT sum({hours} / 10000.0
                * max(0, min(period_end, :to_day)
                         - max(coalesce(period_start, period_end - 13), :from_day) + 1)
                / (period_end - coalesce(period_start, period_end - 13) + 1))
     FROM h WHERE coalesce(is_provider, 0) = 0)"""
WORKED = HOURS.format(hours="(regular_hours + coalesce(overtime_hours, 0))")
OVERTIME = HOURS.format(hours="coalesce(overtime_hours, 0)")
FTE = f"({WORKED} / (2080 / 12.0))"
VISITS = f"(SELECT count(*) FROM visits WHERE {IN})"
GROSS = f"(SELECT sum(amount) FROM c WHERE {IN})"


def _quantile(table: str, tenths: int) -> str:
    """The value of the first rank that is at least so many tenths of them all."""
    return f"""SELECT (
        SELECT minutes FROM (SELECT minutes, row_number() OVER (ORDER BY minutes) AS rank,
                                    count(*) OVER () AS every FROM {table} WHERE {IN})
        WHERE rank * 10 >= {tenths} * every ORDER BY rank LIMIT 1)"""


def _ledger(part: str, whole: str) -> str:
    return f"SELECT 1.0 * sum({part}) / sum({whole}) FROM l WHERE {IN}"


def _revenue(which: str) -> str:
    return f"(SELECT sum(amount) FROM l WHERE kind = 'revenue' AND {which})"


def _costs(which: str) -> str:
    return f"(SELECT sum(amount) FROM l WHERE {RUN} AND {which})"


def _seen(which: str) -> str:
    return f"(SELECT count(*) FROM visits WHERE {which})"


def _violations(kinds: str) -> str:
    return f"SELECT count(*) FROM i WHERE {IN} AND confirmed = 1 AND kind IN ({kinds})"


def _audits(part: str, whole: str, day: str) -> str:
    """A part of the audits (or corrective actions) whose day lies in the period."""
    return (
        f"SELECT 1.0 * sum({part}) / sum({whole}) FROM u WHERE {day} BETWEEN :from_day AND :to_day"
    )


OF_REVENUE = "CASE WHEN kind = 'revenue' THEN amount ELSE 0 END"
RATED = "score IS NOT NULL AND scale_max > scale_min AND lower(question) <> 'recommend'"
RECOMMEND = ("score IS NOT NULL AND lower(question) = 'recommend' "
             "AND scale_min = 0 AND scale_max = 100000")  # fmt: skip
CASES = "kind = 'osha' AND recordable = 1 AND (confirmed IS NULL OR confirmed = 1)"
SENT = "sent_on BETWEEN :from_day AND :to_day"

FINANCIAL = {
    "revenue_growth": f"SELECT 1.0 * {_revenue(IN)} / {_revenue(THEN)} - 1",
    "operating_cost_reduction": f"SELECT 1 - 1.0 * {_costs(IN)} / {_costs(THEN)}",
    "cost_per_visit_reduction":
        f"SELECT 1 - (1.0 * {_costs(IN)} / {_seen(IN)}) / (1.0 * {_costs(THEN)} / {_seen(THEN)})",
    "overhead_ratio": _ledger(f"CASE WHEN {RUN} THEN amount ELSE 0 END", OF_REVENUE),
    "operating_margin": _ledger(
        "CASE kind WHEN 'revenue' THEN amount WHEN 'expense' THEN -amount ELSE 0 END", OF_REVENUE
    ),
    "budget_variance":
        f"SELECT 1.0 * sum(amount - budget) / sum(budget) FROM l "
        f"WHERE kind = 'expense' AND budget IS NOT NULL AND {IN}",
    "ar_turnover":
        f"SELECT {GROSS} * 1.0 * :year_days / :days / "
        f"(SELECT avg(balance) FROM owed WHERE {IN} OR month = :opening)",
    "days_in_ar":
        f"SELECT (SELECT balance FROM owed WHERE month = :last) / ({GROSS} * 1.0 / :days)",
    "ar_over_90_share": f"SELECT 1.0 * sum(over_90) / sum(balance) FROM owed WHERE {IN}",
    "ar_over_120_share": f"SELECT 1.0 * sum(over_120) / sum(balance) FROM owed WHERE {IN}",
    "net_collection_rate":
        f"SELECT 1.0 * sum(CASE WHEN {RECEIVED} THEN amount ELSE 0 END) "
        f"/ ({GROSS} - sum(CASE kind WHEN 'contractual' THEN amount ELSE 0 END)) "
        f"FROM p WHERE {IN}",
    "gross_collection_rate":
        f"SELECT 1.0 * sum(amount) / {GROSS} FROM p WHERE {RECEIVED} AND {IN}",
    "clean_claim_rate": f"SELECT avg(first_pass) FROM m WHERE {IN}",
    "denial_rate":
        "SELECT avg(outcome = 'denied') FROM m WHERE outcome IN ('paid', 'partial', 'denied') "
        "AND outcome_date BETWEEN :from_day AND :to_day",
    "charge_lag_days":
        f"SELECT avg(posted_date - service_date) FROM c WHERE service_date <= posted_date AND {IN}",
    "visit_collection_share":
        f"SELECT 1.0 * sum(amount * at_visit) / sum(amount) FROM p WHERE {RECEIVED} "
        f"AND source = 'patient' AND at_visit IS NOT NULL AND {IN}",
    "bad_debt_rate": f"SELECT 1.0 * sum(amount) / {GROSS} FROM p WHERE kind = 'bad_debt' AND {IN}",
    "overtime_share": f"SELECT {OVERTIME} / {WORKED}",
    "payroll_ratio": _ledger(
        "CASE WHEN kind = 'expense' AND category = 'payroll' THEN amount ELSE 0 END", OF_REVENUE
    ),
    "revenue_per_visit": f"SELECT {_revenue(IN)} / 100.0 / {VISITS}",
}  # fmt: skip

OPERATIONAL = {
    "median_wait_minutes": _quantile("waits", 5),
    "p90_wait_minutes": _quantile("waits", 9),
    "seen_within_15_minutes": f"SELECT avg(minutes <= 15) FROM waits WHERE {IN}",
    "median_cycle_minutes": _quantile("cycles", 5),
    "no_show_rate":
        f"SELECT avg(status = 'no_show') FROM a WHERE status IN ('completed', 'no_show') AND {IN}",
    "late_cancellation_rate":
        f"""WITH late AS (SELECT status IN ('completed', 'no_show') AS kept,
                {CANCELLED} AND changed_by = 'patient' AND start_at - cancelled_at < 86400 AS late
                FROM a WHERE {IN})
            SELECT 1.0 * sum(late) / (sum(kept) + sum(late)) FROM late""",
    "practice_cancellation_rate":
        f"""SELECT 1.0 * sum({CANCELLED} AND changed_by = 'practice')
                / sum(status IN ('completed', 'no_show')
                      OR ({CANCELLED} AND changed_by IS NOT NULL)) FROM a WHERE {IN}""",
    "scheduling_accuracy":
        f"""WITH judged AS (
                SELECT coalesce(x.booking_error, 0) = 1 OR EXISTS (
                    SELECT 1 FROM timed y WHERE y.provider = x.provider AND y.on_day = x.on_day
                    AND y.key <> x.key AND min(x.end_at, y.end_at) - max(x.start_at, y.start_at)
                        > 300) AS bad
                FROM timed x WHERE {IN}
                UNION ALL SELECT 1 FROM a
                WHERE status = 'rescheduled' AND changed_by = 'practice' AND {IN})
            SELECT 1 - avg(bad) FROM judged""",
    "slot_utilization":
        f"SELECT 1.0 * sum(minutes_booked) / sum(minutes_open) FROM v "
        f"WHERE minutes_open IS NOT NULL AND minutes_booked IS NOT NULL AND {IN}",
    "third_next_available_days": f"SELECT avg(third_next_available_days) FROM v WHERE {IN}",
    "patients_per_day": f"SELECT 1.0 * count(*) / count(DISTINCT on_day) FROM visits WHERE {IN}",
    "visits_per_staff_fte": f"SELECT {VISITS} / {FTE}",
    "work_rvus_per_staff_fte":
        f"SELECT coalesce(sum(work_rvu), 0) / 10000.0 / {FTE} FROM c WHERE {IN}",
    "call_abandonment_rate": f"SELECT 1.0 * sum(abandoned) / sum(offered) FROM k WHERE {IN}",
    "average_answer_seconds":
        f"SELECT 1.0 * sum(wait_seconds) / sum(answered) FROM k "
        f"WHERE wait_seconds IS NOT NULL AND answered IS NOT NULL AND {IN}",
    "staff_turnover":
        f"""SELECT 12.0 / :months
                * (SELECT count(*) FROM last_list WHERE {IN} AND left_on <= as_of
                   AND cast(strftime('%Y%m', left_on * 86400, 'unixepoch') AS integer) = month)
                / (SELECT avg(headcount) FROM heads WHERE {IN} OR month = :opening)""",
    "new_patient_share": f"SELECT avg(new_patient) FROM visits WHERE {IN}",
}  # fmt: skip

SATISFACTION = {
    "satisfaction_score":
        f"SELECT 100 * avg(1.0 * (score - scale_min) / (scale_max - scale_min)) FROM s "
        f"WHERE {RATED} AND {IN}",
    "top_box_share":
        f"SELECT avg(score = scale_max OR (scale_min = 0 AND scale_max = 100000 "
        f"AND score >= 90000)) FROM s WHERE {RATED} AND {IN}",
    "net_promoter_score":
        f"SELECT 100.0 * (sum(score >= 90000) - sum(score <= 60000)) / count(*) FROM s "
        f"WHERE {RECOMMEND} AND {IN}",
    "survey_response_rate":
        f"SELECT 1.0 * (SELECT count(DISTINCT response_id) FROM s "
        f"WHERE score IS NOT NULL AND {SENT}) / count(DISTINCT response_id) FROM s WHERE {SENT}",
    "complaint_rate": f"SELECT 1000.0 * (SELECT count(*) FROM q WHERE {IN}) / {VISITS}",
    "complaints_resolved_in_7_days":
        "SELECT avg(coalesce(resolved_on <= received_on + 7, 0)) FROM q "
        "WHERE received_on + 7 BETWEEN :from_day AND :to_day",
}  # fmt: skip

COMPLIANCE = {
    "compliance_violations": _violations("'hipaa', 'osha', 'billing', 'ethics'"),
    "hipaa_violations": _violations("'hipaa'"),
    "osha_violations": _violations("'osha'"),
    "billing_violations": _violations("'billing'"),
    "ethics_violations": _violations("'ethics'"),
    "records_breached":
        f"SELECT coalesce(sum(records_affected), 0) FROM i WHERE confirmed = 1 AND {IN}",
    "osha_recordables": f"SELECT count(*) FROM i WHERE {CASES} AND {IN}",
    "osha_trir":
        f"SELECT 200000.0 * (SELECT count(*) FROM i WHERE {CASES} AND {IN}) / {WORKED}",
    "late_incident_reports":
        "SELECT count(*) FROM i WHERE kind = 'hipaa' AND confirmed = 1 AND reportable = 1 "
        "AND discovered_on + 60 BETWEEN :from_day AND :to_day "
        "AND (reported_on IS NULL OR reported_on > discovered_on + 60)",
    "audit_pass_rate": _audits("passed", "passed IS NOT NULL", "performed_on"),
    "audits_on_time": _audits("coalesce(performed_on <= due_on, 0)", "1", "due_on"),
    "corrective_actions_on_time": _audits(
        "coalesce(corrective_done_on <= corrective_due_on, 0)", "1", "corrective_due_on"
    ),
    "training_on_time": f"SELECT avg(coalesce(completed_on <= due_on, 0)) FROM t WHERE {IN}",
    "coding_accuracy":
        "SELECT 1.0 * sum(items_correct) / sum(items_reviewed) FROM u WHERE kind = 'coding' "
        "AND items_correct IS NOT NULL AND items_reviewed IS NOT NULL "
        "AND performed_on BETWEEN :from_day AND :to_day",
}  # fmt: skip

QUERIES = {**FINANCIAL, **OPERATIONAL, **SATISFACTION, **COMPLIANCE}
