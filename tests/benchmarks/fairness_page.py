"""The page of the documentation on chance, made of the two simulations and the catalogue.

    python -m tests.benchmarks.fairness_page > docs/fairness.md

A test compares the two.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from kpi.catalogue import kpis
from kpi.score.margin_kind import margin_kind, months_make_up

_HERE = Path(__file__).parent
_WORDS = {
    "share": ("margin", "Wilson, exact where few"),
    "difference": ("margin", "adjusted Wald"),
    "count": ("margin", "mid-P Poisson"),
    "rate": ("margin", "mid-P Poisson, for what it could happen in"),
    "quantile": ("margin", "order statistics"),
}
_USUAL = {
    "mean": "moving range / √months",
    "sum": "moving range · √months",
    "balance": "moving range of a month",
}


def markdown() -> str:
    """The whole page."""
    from kpi.score.score_margin import DRAWS, SEED
    from tests.benchmarks.margins import SCORES

    signals = json.loads((_HERE / "signals.json").read_text("utf-8"))
    margins = json.loads((_HERE / "margins.json").read_text("utf-8"))
    rows = {
        kind: "\n".join(
            f"| {row['process']} | {_percent(row['defaults'])} | {_percent(row['after_24'])} | "
            f"{_percent(row['nhs'])} |"
            for row in signals["rows"]
            if row["independent"] is kind
        )
        for kind in (True, False)
    }
    return (
        (_HERE / "fairness_page.txt")
        .read_text("utf-8")
        .format(
            charts=signals["charts"],
            months=signals["months"],
            seed=signals["seed"],
            independent=rows[True],
            dependent=rows[False],
            shares="\n".join(
                f"| {each['sizes']} | {_percent(each['least'])} | {_percent(each['mean'])} | "
                f"{_percent(each['wilson_alone'])} |"
                for each in margins["shares"]
            ),
            counts_least=_percent(margins["counts"]["least"]),
            counts_mean=_percent(margins["counts"]["mean"]),
            quantiles="\n".join(_quantile(each) for each in margins["quantiles"]),
            apart=_percent(margins["score"]["said_to_differ"]),
            covered=_percent(margins["score"]["covered"]),
            reach=margins["score"]["reach"],
            milliseconds=margins["milliseconds"],
            draws=DRAWS,
            score_seed=SEED,
            score_draws=SCORES,
            kpis="\n".join(_kpi(id) for id in kpis()),
        )
    )


def _quantile(each: dict[str, Any]) -> str:
    name = "median" if each["q"] == 0.5 else f"{each['q']:.0%} quantile"
    return f"| {name} of {each['n']} | {_percent(each['covered'])} |"


def _kpi(id: str) -> str:
    entry = kpis()[id]
    what, how = _WORDS.get(margin_kind(entry), ("usual variation", _USUAL[months_make_up(entry)]))
    return f"| {entry.name} (`{id}`) | {what} | {how} |"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


if __name__ == "__main__":
    sys.stdout.write(markdown())
