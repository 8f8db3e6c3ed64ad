"""Compliance incidents, few enough to be told one by one."""

HEADER = [
    "incident_id", "kind", "occurred_on", "discovered_on", "confirmed", "reportable", "recordable",
    "records_affected", "severity", "reported_on", "closed_on",
]  # fmt: skip

LAKESIDE = {
    2024: [
        ["LI1", "osha", "2024-02-13", "2024-02-13", "false", "", "", "", "low", "", "2024-02-16"],
        ["LI2", "osha", "2024-09-04", "2024-09-04", "true", "", "true", "", "low", "",
         "2024-09-20"],
        ["LI3", "billing", "", "2024-11-12", "false", "", "", "", "low", "", "2024-12-02"],
    ],
    2025: [
        ["LI4", "hipaa", "2025-06-17", "2025-06-18", "false", "false", "", "0", "low", "",
         "2025-06-25"],
        ["LI5", "billing", "2025-10-06", "2025-10-20", "false", "", "", "", "low", "",
         "2025-11-03"],
    ],
    2026: [
        ["LI6", "osha", "2026-02-24", "2026-02-24", "false", "", "", "", "low", "", "2026-02-27"],
    ],
}  # fmt: skip
"""By year; each file covers its months, so that those without an incident are declared."""

HILLCREST = {
    "2024": [
        ["HI1", "osha", "2024-03-19", "2024-03-19", "true", "", "false", "", "medium", "",
         "2024-04-02"],
        ["HI2", "hipaa", "2024-08-06", "2024-08-08", "false", "false", "", "0", "low", "",
         "2024-08-15"],
    ],
    "2025-01..04": [
        ["HI3", "osha", "2025-03-11", "2025-03-11", "false", "", "", "", "low", "", "2025-03-14"],
    ],
    "2025-06..12": [
        ["HI4", "billing", "2025-08-05", "2025-09-16", "true", "", "", "", "medium", "",
         "2025-10-30"],
        ["HI5", "hipaa", "2025-11-10", "2025-11-12", "true", "true", "", "214", "high",
         "2025-12-19", "2026-01-15"],
    ],
    "2026-q1": [
        ["HI6", "hipaa", "2026-02-17", "2026-02-19", "", "", "", "", "medium", "", ""],
    ],
}  # fmt: skip
"""By file. May 2025 is in none of them, and nobody declared that it had none."""
