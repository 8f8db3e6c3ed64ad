"""Attainment: 0 to 120 points of one value against floor, target and stretch."""

from __future__ import annotations

import math

from kpi.catalogue import Better
from kpi.role.model import Terms, Threshold

TARGET_POINTS = 100.0
STRETCH_POINTS = 120.0


def attainment(value: float, terms: Terms, better: Better) -> float:
    """Points of a value: 0 at or worse than the floor, linear to 100 at the target and to 120 at
    the stretch. Without a stretch it ends at 100; without a floor all but the target is 0.
    A value within 1e-9 of a threshold, relatively, meets it."""
    if isinstance(terms.target, tuple):
        return _in_band(value, terms.target, terms.floor)
    sign = -1.0 if better is Better.LOWER else 1.0
    value, target = sign * value, sign * terms.target
    if _reaches(value, target):
        if terms.stretch is None:
            return TARGET_POINTS
        stretch = sign * terms.stretch
        if _reaches(value, stretch):
            return STRETCH_POINTS
        beyond = _part(value, target, stretch)
        return TARGET_POINTS + (STRETCH_POINTS - TARGET_POINTS) * beyond
    if terms.floor is None or isinstance(terms.floor, tuple):
        return 0.0
    return TARGET_POINTS * _part(value, sign * terms.floor, target)


def meets(value: float, terms: Terms, better: Better) -> bool:
    """Whether a value meets the target, within 1e-9 of it relatively."""
    return meets_target(value, terms.target, better)


def meets_target(value: float, target: Threshold, better: Better) -> bool:
    """The same of a bare target."""
    if isinstance(target, tuple):
        return _reaches(value, target[0]) and _reaches(-value, -target[1])
    if better is Better.LOWER:
        return _reaches(-value, -target)
    return _reaches(value, target)


def misses_for_good(count: float, terms: Terms, better: Better) -> bool:
    """Whether a count that can only grow misses its target whatever is still to come."""
    if isinstance(terms.target, tuple):
        return not _reaches(-count, -terms.target[1])
    return better is Better.LOWER and not meets(count, terms, better)


def best(terms: Terms) -> float:
    """The most points that the terms can give."""
    return TARGET_POINTS if terms.stretch is None else STRETCH_POINTS


def _in_band(value: float, band: tuple[float, float], floor: Threshold | None) -> float:
    low, high = band
    above_low, under_high = _reaches(value, low), _reaches(-value, -high)
    if above_low and under_high:
        return TARGET_POINTS
    if not isinstance(floor, tuple):
        return 0.0
    if above_low:
        return TARGET_POINTS * _part(-value, -floor[1], -high)
    return TARGET_POINTS * _part(value, floor[0], low)


def _reaches(value: float, threshold: float) -> bool:
    # The absolute part is for thresholds of 0, which nothing is relatively close to.
    near = math.isclose(value, threshold, rel_tol=1e-9, abs_tol=1e-12)
    return near or value > threshold


def _part(value: float, start: float, end: float) -> float:
    """How far the value has come from start to end, as 0 to 1."""
    if end <= start:
        return 0.0
    return min(1.0, max(0.0, (value - start) / (end - start)))
