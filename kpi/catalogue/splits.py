"""By what a practice's measures can be split on request."""

from __future__ import annotations

from typing import Literal, get_args

Split = Literal["provider", "location", "payer", "weekday"]
SPLITS: tuple[Split, ...] = get_args(Split)
