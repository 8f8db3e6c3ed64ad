"""Section 7 for people: pay, overtime and bonus."""

from __future__ import annotations

from kpi.numbers import show
from kpi.role.model import Role
from kpi.role.rendering.blocks import Block, Facts, Paragraph, Table
from kpi.role.rendering.words import FLSA, listed, one_line
from kpi.role.schema import Bonus, Compensation


def compensation(found: Compensation, role: Role) -> list[Block]:
    """Section 7, with what earns the bonus."""
    return [Facts(_facts(found)), *_schedule(found.bonus, role)]


def compensation_to_applicants(found: Compensation) -> list[Block]:
    """Section 7 without what a bonus takes, which is between the practice and the manager."""
    return [Facts(_facts(found))]


def pay_range(found: Compensation) -> str:
    """``$62,000 to $84,000 a year``; empty where the file does not say."""
    if found.range is None:
        return ""
    low, high = (show(amount, "dollars") for amount in found.range)
    per = f" {'a year' if found.per == 'year' else 'an hour'}" if found.per else ""
    return f"{low}{per}" if low == high else f"{low} to {high}{per}"


def _facts(found: Compensation) -> tuple[tuple[str, str], ...]:
    named = (
        ("Status", FLSA[found.flsa] if found.flsa else ""),
        ("Pay range", pay_range(found)),
        ("Overtime", one_line(found.overtime or "")),
        ("Bonus", _bonus(found.bonus)),
    )
    return tuple((label, text) for label, text in named if text)


def _bonus(bonus: Bonus | None) -> str:
    if bonus is None:
        return ""
    if bonus.target is None:
        return "A bonus by performance"
    return f"A bonus by performance; the full bonus is {show(bonus.target, 'percent')} of pay"


def _schedule(bonus: Bonus | None, role: Role) -> list[Block]:
    if bonus is None:
        return []
    blocks: list[Block] = []
    if bonus.requires:
        names = listed(one_line(role.kpi(each).name) for each in bonus.requires)
        blocks.append(Paragraph(f"No bonus is paid unless the target is met of: {names}."))
    if bonus.schedule:
        rows = tuple(
            (
                f"{show(step.score, 'points')} or more",
                show(step.share, "percent"),
                *(() if bonus.target is None else (show(step.share * bonus.target, "percent"),)),
            )
            for step in bonus.schedule
        )
        head = ("Score", "Part of the full bonus", "Part of pay")[: len(rows[0])]
        blocks.append(Table("Bonus schedule", head, rows, (34, 33, 33)[: len(head)], figures=True))
    return blocks
