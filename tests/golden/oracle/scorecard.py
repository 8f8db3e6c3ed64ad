"""The score worked out a second time, from the answers and the targets that a scorecard shows."""

from typing import Any

from .answers import Answer


def meets(value: float, row: dict[str, Any]) -> bool:
    """Whether a value reaches its target; a band holds its ends."""
    target = row["target"]
    if row["better"] == "band":
        return bool(target[0] <= value <= target[1])
    sign = 1 if row["better"] == "higher" else -1
    return bool(sign * (value - target) >= -1e-9 * abs(target))


def attainment(value: float, row: dict[str, Any]) -> float:
    """Points from 0 to 120 of a value against floor, target and stretch."""
    floor, target, stretch = row["floor"], row["target"], row["stretch"]
    if row["better"] == "band":
        if meets(value, row):
            return 100.0
        if floor is None:
            return 0.0
        near, far = (target[0], floor[0]) if value < target[0] else (target[1], floor[1])
        return max(0.0, float(100 * (value - far) / (near - far)))
    if meets(value, row):
        if stretch is None:
            return 100.0
        return min(120.0, 100 + 20 * max(0.0, float((value - target) / (stretch - target))))
    return 0.0 if floor is None else max(0.0, float(100 * (value - floor) / (target - floor)))


def score(document: dict[str, Any], found: dict[str, Answer]) -> tuple[float, float | None]:
    """Coverage, and the score before any gate; None where nothing is scored.

    ``document`` gives only what the role file asks: weights, targets and which way is better.
    """
    judged = [row for row in document["kpis"] if found[row["id"]]["status"] != "not_applicable"]
    scored = [row for row in judged if found[row["id"]]["status"] == "scored"]
    weight = sum(row["weight"] for row in scored)
    total = sum(row["weight"] for row in judged)
    if not weight:
        return 0.0, None
    points = sum(row["weight"] * attainment(found[row["id"]]["value"], row) for row in scored)
    return weight / total, points / weight


def gates(document: dict[str, Any], found: dict[str, Answer]) -> dict[str, str]:
    """Each gate's state. A count misses its target as soon as what is there does."""
    rows = {row["id"]: row for row in document["kpis"]}
    states = {}
    for gate in document["gates"]:
        answer = found[gate["kpi"]]
        value = answer.get("so_far", answer["value"])
        missed = value is not None and not meets(value, rows[gate["kpi"]])
        if missed:
            states[gate["kpi"]] = "breached"
        elif answer.get("pending"):
            states[gate["kpi"]] = "pending"
        elif answer["status"] == "no_data":
            states[gate["kpi"]] = "unknown"
        else:
            states[gate["kpi"]] = "held"
    return states
