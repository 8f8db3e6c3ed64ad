"""The rules that a role file is held against: one class each, grouped by what they look at."""

from __future__ import annotations

from typing import Final

from kpi.role.rules.answers import AnswersError, AnswersNothing
from kpi.role.rules.balance import PunishesReporting, SameThing, VolumeWithoutCounterweight
from kpi.role.rules.compensation import (
    BonusRequires,
    NoBonusStatement,
    NoFlsaStatus,
    NoOvertimeStatement,
    NoPayPeriod,
    NoPayRange,
    OffTheClock,
)
from kpi.role.rules.compliance import (
    NoAccommodation,
    NoBenefits,
    NoContractLine,
    NoEqualOpportunity,
    NoPatientsRights,
    StandardMissing,
)
from kpi.role.rules.dates import (
    EffectiveBeforeReview,
    NeverReviewed,
    NoSummary,
    PublishedVersionChanged,
    ReviewOverdue,
)
from kpi.role.rules.duties import DutyWithoutKpi, KpiWithoutDuty
from kpi.role.rules.language import OpenEnded, Placeholder, VagueDuty, VaguePhrase
from kpi.role.rules.qualifications import (
    CertificationNeither,
    ExperienceWithoutYears,
    NoCertifications,
    NoEducation,
)
from kpi.role.rules.reach import BonusOrder, BonusOutOfReach, RatingOutOfReach
from kpi.role.rules.reporting import (
    DecisionOnBothSides,
    NoAuthorityLimits,
    NoChannels,
    NoSupervisedRoles,
    NoSupervisor,
)
from kpi.role.rules.rule import Rule
from kpi.role.rules.skills import EmptyPraise, SkillWithoutExample
from kpi.role.rules.targets import (
    BaselineIncomplete,
    Cliff,
    FamilyAbsent,
    HeavyKpi,
    KpiWithoutData,
    TooManyKpis,
)
from kpi.role.rules.words import Discriminating, NoJobNeeds

RULES: Final[tuple[Rule, ...]] = (
    NoSummary(), NeverReviewed(), ReviewOverdue(), EffectiveBeforeReview(),
    PublishedVersionChanged(),
    VagueDuty(), OpenEnded(), VaguePhrase(), Placeholder(),
    Discriminating(), NoJobNeeds(),
    NoEducation(), NoCertifications(), ExperienceWithoutYears(), CertificationNeither(),
    SkillWithoutExample(), EmptyPraise(),
    NoSupervisor(), NoSupervisedRoles(), NoChannels(), NoAuthorityLimits(), DecisionOnBothSides(),
    Cliff(), TooManyKpis(), HeavyKpi(), FamilyAbsent(), SameThing(), VolumeWithoutCounterweight(),
    PunishesReporting(), RatingOutOfReach(), KpiWithoutData(), BaselineIncomplete(),
    DutyWithoutKpi(), KpiWithoutDuty(),
    NoPayRange(), NoPayPeriod(), NoFlsaStatus(), NoOvertimeStatement(), NoBonusStatement(),
    BonusOrder(), BonusOutOfReach(), BonusRequires(), OffTheClock(),
    NoBenefits(), StandardMissing(), NoPatientsRights(),
    NoEqualOpportunity(), NoAccommodation(), NoContractLine(),
)  # fmt: skip
"""Every rule, in the order of the page on them."""

ANSWERS: Final[tuple[Rule, ...]] = (AnswersNothing(RULES), AnswersError())
"""What is held against the findings of all others."""
