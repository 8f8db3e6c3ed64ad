"""The shape of a role file: which keys stand where, and what each may hold.

One model a part of the file. What needs the catalogue (units, floors, references) is checked in
``targets`` and ``references``; what a key is for is its description.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kpi.catalogue.model import Better, Unit
from kpi.role.fields import (
    BonusShare,
    BonusTarget,
    Coverage,
    CustomId,
    DayText,
    Identifier,
    KpiIds,
    Listed,
    MonthText,
    PayRange,
    Points,
    Text,
    Version,
    refuse,
)


class Part(BaseModel):
    """A part of the file: unknown keys are errors, and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class Responsibility(Part):
    """Section 1: something the manager answers for."""

    id: Identifier = Field(description="a short name that stays the same from version to version")
    text: Text = Field(description="what is to be done, with an object and a measure")
    essential: bool = Field(False, description="an essential function of the job")
    kpis: KpiIds = Field([], description="the KPIs that measure it")


class Qualifications(Part):
    """Section 2."""

    education: Listed | None = Field(None, description="degrees or equivalents")
    certifications: Listed | None = Field(None, description="each required or preferred")
    experience: Text | None = Field(None, description="years, and in what")


class Skill(Part):
    """Section 3."""

    id: Identifier = Field(description="a short name that stays the same from version to version")
    text: Text = Field(description="what the manager is able to do")
    examples: Listed | None = Field(None, description="what shows the skill at work")
    kpis: KpiIds = Field([], description="the KPIs that rest on it")


class Duty(Part):
    """Section 4: one daily duty; a text alone is short for this with only its text."""

    text: Text = Field(description="what is done each day")
    essential: bool = Field(False, description="an essential function of the job")
    kpis: KpiIds = Field([], description="the KPIs that measure it")


class Authority(Part):
    """Within section 5: what the manager may settle alone."""

    decides: Listed | None = Field(None, description="decided without asking")
    needs_approval: Listed | None = Field(None, description="put to the supervisor first")


class Reporting(Part):
    """Section 5."""

    reports_to: Text | None = Field(None, description="the direct supervisor")
    supervises: list[Text] | None = Field(None, description="the roles supervised")
    channels: Listed | None = Field(None, description="which meetings and reports, how often")
    authority: Authority | None = Field(None, description="limits of authority")


class Ratings(Part):
    """The lowest score of each rating; below the lowest that is given the rating is 'below'."""

    outstanding: Points | None = Field(None, description="lowest score for outstanding")
    exceeds: Points | None = Field(None, description="lowest score for exceeds")
    meets: Points | None = Field(None, description="lowest score for meets")
    developing: Points | None = Field(None, description="lowest score for developing")

    @model_validator(mode="after")
    def _best_first(self) -> Ratings:
        given = [(name, score) for name, score in self if score is not None]
        if not given:
            raise refuse("empty", "No rating is given.", "Write one, or remove 'ratings'.")
        for (better, high), (worse, low) in pairwise(given):
            if low >= high:
                raise refuse(
                    "ratings",
                    f"'{worse}' begins at {low:g}, which is not below {high:g}, where '{better}' "
                    "begins.",
                    "Let each rating begin at a lower score than the one before it, as in "
                    "{outstanding: 112, exceeds: 103, meets: 90, developing: 70}.",
                )
        return self


class BaselineMonths(Part):
    """The months whose value floor, target and stretch are changes from."""

    first: MonthText = Field(alias="from", description="first month")
    last: MonthText = Field(alias="to", description="last month, included")


class Target(Part):
    """One KPI of the role and what is asked of it."""

    kpi: Text = Field(description="its id in the catalogue")
    weight: Annotated[float, Field(gt=0, le=100)] = Field(
        description="its part of the score; all weights add up to 100"
    )
    target: Any = Field(description="a value that earns 100; a list of two for a band")
    floor: Any = Field(None, description="the value that earns 0")
    stretch: Any = Field(None, description="the value that earns 120")
    baseline: BaselineMonths | None = Field(None, description="makes the three changes from it")
    gate: Points | None = Field(None, description="the most the score can be if it is missed")
    minimum: Annotated[float, Field(ge=0)] | None = Field(
        None, description="replaces the catalogue's least number to score"
    )


class CustomKpi(Part):
    """A KPI that the role defines itself."""

    id: CustomId
    name: Text
    unit: Annotated[Unit, Field(strict=False)]
    better: Annotated[Better, Field(strict=False)]
    formula: Text = Field(description="over measures or records, as the page on formulas says")
    definition: Text | None = Field(None, description="in one sentence, for who reads the score")


class PerformanceMetrics(Part):
    """Section 6."""

    review_period: Literal["month", "quarter", "half", "year"] = Field(
        description="how long a review looks back, in the practice's fiscal year"
    )
    minimum_coverage: Coverage | None = Field(
        None, description="of the weight, the part that must be scored"
    )
    ratings: Ratings | None = Field(None, description="the lowest score of each rating")
    kpis: Annotated[list[Target], Field(min_length=1)] = Field(description="the KPIs")
    custom_kpis: list[CustomKpi] | None = Field(
        None, description="KPIs that this role defines itself"
    )


class BonusStep(Part):
    """One step of the bonus schedule."""

    score: Points = Field(description="from this score on")
    share: BonusShare = Field(description="part of the bonus")


class Bonus(Part):
    """Within section 7."""

    target: BonusTarget | None = Field(None, description="the full bonus as a part of pay")
    schedule: Annotated[list[BonusStep], Field(min_length=1)] | None = Field(
        None, description="which score earns which part of it"
    )
    requires: KpiIds | None = Field(None, description="KPIs whose target must be met")


class Compensation(Part):
    """Section 7."""

    flsa: Literal["exempt", "nonexempt"] | None = Field(
        None, description="status under the Fair Labor Standards Act"
    )
    range: PayRange | None = Field(None, description="lowest and highest pay")
    per: Literal["year", "hour"] | None = Field(None, description="what the range is for")
    overtime: Text | None = Field(None, description="how overtime is handled")
    bonus: Bonus | None = Field(None, description="the bonus and what earns it")


class Benefits(Part):
    """Section 8."""

    health: Text | None = Field(None, description="health insurance")
    pto: Text | None = Field(None, description="paid time off")
    retirement: Text | None = Field(None, description="retirement plan")
    professional_development: Text | None = Field(None, description="courses, dues, conferences")


class ComplianceDuty(Part):
    """Section 9: a duty under one standard."""

    standard: Literal["hipaa", "osha", "billing", "ethics", "other"] = Field(
        description="the standard it comes from"
    )
    duty: Text = Field(description="what is to be done")
    kpis: KpiIds = Field([], description="the KPIs that measure it")


class Conditions(Part):
    """Optional: the conditions of work."""

    physical: Text | None = Field(None, description="what the work asks of the body")
    schedule: Text | None = Field(None, description="days and hours")
    place: Text | None = Field(None, description="where the work is done")


class Statements(Part):
    """Optional: statements that stand at the end of a job description."""

    equal_opportunity: Text | None = Field(None, description="equal opportunity")
    accommodation: Text | None = Field(None, description="reasonable accommodation")
    not_a_contract: Text | None = Field(None, description="that it is no contract")


class AcceptedWarning(Part):
    """Optional: a warning of the check that stands, and why."""

    rule: Text = Field(description="the id of the rule that warns")
    reason: Text = Field(description="why it stands; printed on the scorecard")


def _duty(written: object) -> object:
    return {"text": written} if isinstance(written, str) else written


class RoleFile(Part):
    """The whole file."""

    role: Identifier = Field(description="the role's id")
    title: Text = Field(description="the job title")
    version: Version = Field(description="this version, quoted")
    effective: MonthText = Field(description="the first month that it scores")
    reviewed: DayText | None = Field(None, description="the day on which it was last reviewed")
    summary: Text | None = Field(None, description="the job in two or three sentences")
    responsibilities: list[Responsibility] = Field(description="section 1")
    qualifications: Qualifications = Field(description="section 2")
    skills: list[Skill] = Field(description="section 3")
    daily_duties: list[
        Annotated[Duty, BeforeValidator(_duty, json_schema_input_type=Text | Duty)]
    ] = Field(description="section 4")
    reporting: Reporting = Field(description="section 5")
    performance_metrics: PerformanceMetrics = Field(description="section 6")
    compensation: Compensation = Field(description="section 7")
    benefits: Benefits = Field(description="section 8")
    compliance: list[ComplianceDuty] = Field(description="section 9")
    conditions: Conditions | None = Field(None, description="conditions of work")
    statements: Statements | None = Field(None, description="closing statements")
    accepted: Annotated[list[AcceptedWarning], Field(min_length=1)] | None = Field(
        None, description="warnings of the check that stand, with the reason"
    )


SECTIONS: Final = (
    "responsibilities", "qualifications", "skills", "daily_duties", "reporting",
    "performance_metrics", "compensation", "benefits", "compliance",
)  # fmt: skip
"""The nine sections that every role file has, in order."""


def fields_of(path: tuple[str | int, ...]) -> dict[str, str]:
    """The keys that the mapping at a path may have, each with what it is for."""
    part: type[BaseModel] = RoleFile
    for step in path:
        if isinstance(step, str):
            named = {field.alias or name: field for name, field in part.model_fields.items()}
            inner = _part_in(named[step].annotation) if step in named else None
            if inner is None:
                return {}
            part = inner
    return {
        field.alias or name: field.description or "" for name, field in part.model_fields.items()
    }


def _part_in(annotation: Any) -> type[BaseModel] | None:
    """The model within an annotation such as ``list[Skill] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _part_in(inner)
        if found is not None:
            return found
    return None
