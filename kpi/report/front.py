"""What stands at the head of a scorecard: who, when, whether it is final, and the score."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.months import Month
from kpi.numbers import DASH, show, show_score
from kpi.report.document import Document, is_final, moment_words, named, period, ratings
from kpi.report.margins import score_margin, score_margin_words
from kpi.report.words import gate_said, rating_name

DRAFT = "DRAFT – not final"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the head: what it is, the figure, and what qualifies it."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate: whose it is, its state's id for the sign, and what it does in words."""

    name: str
    state: str
    words: str


def title(document: Document) -> str:
    """``Scorecard: Dana Whitfield, January to March 2026``."""
    return f"Scorecard: {document['manager_name']}, {period(document)}"


def whose(document: Document) -> str:
    """The role and the place: ``Medical Office Manager, Lakeside Family Medicine, East``."""
    places = document.get("locations") or []
    return ", ".join([document["title"], document["practice_name"], *places])


def standing(document: Document) -> str:
    """Whether it is final, and of which review it is."""
    review = document.get("review")
    if not review:
        return DRAFT
    which = f"Review {review['number']}, version {review['version']}"
    return f"Final. {which}" if is_final(document) else f"{DRAFT}. {which}"


def standing_words(document: Document) -> str:
    """What that means for a reader, in a sentence."""
    review = document.get("review")
    if review and is_final(document):
        steps = [each for each in review["steps"] if each["action"].startswith("final")]
        when = f" on {moment_words(document, steps[-1]['at'])}" if steps else ""
        by = f" by {steps[-1]['by']}" if steps else ""
        return f"Made final{by}{when}. Later uploads change nothing on it."
    if review:
        state = review["state"].replace("_", " ").replace("-", " ")
        return f"The review stands at “{state}”. Figures, texts and rating may still change."
    return "No review is open for this period: a preview, of which nobody has been heard."


def facts(document: Document) -> list[Fact]:
    """The score and what must be read beside it."""
    limits = ratings(document)
    found = [
        Fact("Score", show_score(document["score"], limits), document.get("reason") or ""),
        Fact("Margin", score_margin(document), score_margin_words(document)),
    ]
    uncapped = document.get("uncapped_score")
    if uncapped is not None and uncapped != document["score"]:
        found.append(Fact("Before gates", show_score(uncapped, limits)))
    ends = document.get("score_range")
    if ends is not None and document["coverage"] < 1:
        low, high = (show_score(end, limits) for end in ends)
        found.append(Fact("Once all data is in", f"{low} to {high}"))
    found.append(Fact("Coverage", show(document["coverage"], "percent"), _coverage(document)))
    through = document.get("data_through")
    found.append(Fact("Data through", Month.parse(through).words if through else DASH))
    return found


def _coverage(document: Document) -> str:
    versions = document.get("versions") or []
    least = versions[-1].get("minimum_coverage") if versions else None
    return "" if least is None else f"at least {show(least, 'percent')} needed"


def rating(document: Document) -> list[Fact]:
    """The rating that the score indicates, and the one that people decided, with the reason."""
    review = document.get("review") or {}
    indicated = document.get("indicated_rating")
    none = "none yet" if document.get("provisional") else "none"
    found = [Fact("Indicated by the score", rating_name(indicated) if indicated else none)]
    decided = review.get("decided_rating")
    if not review:
        return found
    confirmed = review.get("confirmed_by")
    beside = [review["rating_reason"]] if review.get("rating_reason") else []
    if confirmed:
        beside.append(f"Confirmed by {confirmed['by']}, {moment_words(document, confirmed['at'])}.")
    if decided and not beside:
        beside = ["As indicated."] if decided == indicated else []
    shown = rating_name(decided) if decided else "not yet"
    return [*found, Fact("Decided", shown, " ".join(beside))]


def rating_scale(document: Document) -> str:
    """The lowest score of each rating in one line; empty where the role has none."""
    scale = "; ".join(
        f"{rating_name(name)} from {show(least, 'points')}"
        for name, least in sorted(ratings(document).items(), key=lambda each: -each[1])
    )
    return f"The score indicates a rating; people decide it. {scale}." if scale else ""


def gates(document: Document) -> list[GateLine]:
    """Every gate of the role, with what it does to the score."""
    excluded = {row["id"] for row in document["kpis"] if row["status"] == "excluded"}
    return [
        GateLine(
            named(document, each["kpi"]),
            each["state"],
            "left out by HR, and so holds nothing"
            if each["kpi"] in excluded
            else gate_said(each["state"], each["cap"]),
        )
        for each in document["gates"]
    ]


def notes(document: Document) -> list[str]:
    """What a reader must know of the whole before reading on."""
    said = []
    if document.get("provisional"):
        said.append("The period is not over: this is where it stands so far.")
    for version, reason in (document.get("retroactive") or {}).items():
        said.append(f"Role version {version} was published after it took effect: {reason}")
    for each in document.get("versions") or []:
        if not each.get("acknowledged"):
            said.append(f"Role version {each['version']} has not been acknowledged.")
        if each.get("errors"):
            found = " ".join(each["errors"])
            said.append(f"The check of role version {each['version']} finds errors: {found}")
    review = document.get("review") or {}
    said += [
        f"{words}: {review[key]}"
        for key, words in (
            ("self_part_missing_reason", "Without a self-assessment"),
            ("acknowledgement_missing_reason", "Without the manager's acknowledgement"),
            ("final_all_the_same_reason", "Made final all the same"),
        )
        if review.get(key)
    ]
    return said
