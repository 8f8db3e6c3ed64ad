"""Review: one review as it would be frozen or was, what is said of it, and its next step."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboards import frame
from dashboards.address import Address
from dashboards.forms import acts, check, comments, exclude
from dashboards.forms.results import said
from dashboards.forms.scorecard_files import files_of
from dashboards.forms.take_away import Export, drawn, listed, take_away
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.cards import cards
from dashboards.markup.review import (
    kpi_block,
    kpis_block,
    path_block,
    pay_block,
    questions_block,
    review_head_block,
    said_block,
    whole_block,
)
from dashboards.markup.text import block, empty, footer, note, on_page, safe, small, title
from dashboards.markup.words import words_line
from dashboards.reviewed import see, verified
from dashboards.session import Session
from dashboards.views.cards import plain_cards
from dashboards.views.files import JUDGED, judged_charts, judged_rows
from dashboards.views.periods import in_address
from dashboards.views.review import (
    contest,
    judged,
    left_out,
    pay_lines,
    questions,
    review_head,
    stops,
    writing_part,
)
from dashboards.views.review import said as said_of
from dashboards.views.reviews import review_words
from dashboards.views.verified import since_words
from kpi.access.actor import may, require
from kpi.errors import NotFound
from kpi.months import period_words
from kpi.report import record
from kpi.report.theme import LIGHT, palette
from kpi.review.cycle.listing import ReviewSeen, list_reviews, review_numbered
from kpi.review.cycle.reviews import Part
from kpi.review.cycle.table import State
from kpi.review.frozen.canonical import hash_of

_NONE = "The address names no review, and there is none of the assignment that it names."
_ABOUT: dict[Part, str] = {
    "manager": "Your comment",
    "supervisor": "Your comment",
    "answer": "Your answer",
}


def draw() -> None:
    """The review that the address names, else the newest of the assignment that it names."""
    who, where = frame.signed_in(), frame.address()
    require(who.actor, "read_scores")
    number = where.review or _newest(who, where)
    if number is None:
        _none(where, "No review is chosen", _NONE)
        return
    try:
        review = review_numbered(who.engine, who.actor, number)
    except NotFound:
        _none(where, "No such review", f"There is no review {number} that you may see.")
        return
    found = see(who.engine, who.actor, review)
    assignment = found.review.assignment
    address = replace(where, assignment=assignment.number, review=number)
    if address != where:  # what surrounds the page is told whose review it is
        frame.go(address)
        st.rerun()
    _show(Here(address, who, assignment, palette(st.context.theme.type)), found)


def _none(where: Address, what: str, why: str) -> None:
    st.html(title("Review"))
    st.html(empty(what, why, on_page("Choose one", where.to_reviews(), "Reviews")))


def _newest(who: Session, where: Address) -> int | None:
    """The newest review of the assignment that was chosen, if there is one."""
    found = [
        each.review
        for each in list_reviews(who.engine, who.actor, judged=False)
        if each.review.assignment.number == where.assignment
    ]
    return found[0].number if found else None


def _show(here: Here, seen: ReviewSeen) -> None:
    review, document = seen.review, seen.document
    whose = review.assignment.manager.name, review.assignment.practice.name
    st.html(title(period_words(review.first, review.last), review_words(review), *whose))
    st.html(block(f'<a href="{safe(here.address.to_reviews())}">All reviews</a>'))
    # Each part that is not always there has a box of its own, so that its coming moves no other.
    with st.container():
        said()
        comments.left(review.number)
    st.html(path_block(stops(seen, here.palette)))
    with st.container():
        _since(here, seen)
    in_the_way = [each.sentence for each in seen.blockers]
    st.html(review_head_block(review_head(seen, here.palette), in_the_way))
    part = writing_part(seen)
    with st.container():
        if contested := contest(document):
            st.html(whole_block("Contest", contested, ""))
        if part is None:
            with guarded():
                acts.draw(here, seen)
    with st.container():
        _kpis(here, seen, part)
    with st.container():
        _whole(seen, part)
        if part is not None:
            with guarded():
                acts.draw(here, seen)
    with st.container(), guarded():
        if paid := pay_lines(seen.pay):
            st.html(pay_block(paid))
        _left_out(here, seen)
    if asked := questions(document):
        st.html(questions_block(asked))
    _plan(here, seen)
    _table(record.steps(document))
    with guarded():
        files_of(here, review.assignment, (review.first, review.last))
    _take_away(here, seen)
    with guarded():
        check.draw(here, seen)
    _foot(seen)


def _since(here: Here, seen: ReviewSeen) -> None:
    if seen.review.state is not State.FINAL:
        return
    since = since_words(verified(here.engine, here.actor, seen.review))
    if since:
        st.html(note(f"{since} What is shown here is what was frozen."))


def _kpis(here: Here, seen: ReviewSeen, part: Part | None) -> None:
    document = seen.document
    period = in_address(seen.review.first, seen.review.last)
    link = Address(assignment=here.assignment.number, period=period).to_kpi
    st.html(block("<h2>KPIs</h2>", small(_lead(part))))
    st.html(words_line("kpis", "attainment", "points", "weight", "signal", "assurance"))
    found = judged(document, here.palette, part)
    if part is None:
        st.html(kpis_block(found, link))
        return
    for each in found:
        with st.container(border=True):
            left, right = st.columns([5, 4], gap="medium")
            left.html(kpi_block(each, link))
            with right, guarded():
                if each.said:
                    st.html(said_block(each.said))
                comments.field(seen, part, each.row.id, f"{_ABOUT[part]} on {each.row.name}")


def _lead(part: Part | None) -> str:
    if part is None:
        return ""
    until = "hand it in" if part == "manager" else "sign"
    return (
        f"What you write is saved as you leave each field, and is seen by nobody until you {until}."
    )


def _whole(seen: ReviewSeen, part: Part | None) -> None:
    texts = said_of(seen.document["texts"]["whole"], part)
    none = "" if part else "Nobody has commented on the whole."
    st.html(whole_block("On the period as a whole", texts, none))
    if part is not None:
        with guarded():
            comments.field(seen, part, "", f"{_ABOUT[part]} on the period as a whole", 5)


def _left_out(here: Here, seen: ReviewSeen) -> None:
    """What does not score, and for HR the way to change that while nothing is final."""
    found, away = left_out(seen.document)
    review, assignment = seen.review, seen.review.assignment
    decides = may(here.actor, "exclude", assignment.practice.id)
    decides = decides and review.state is not State.FINAL
    if found.rows or away or decides:
        _table(found)
    if away:
        st.html(block("".join(f"<p>{safe(each)}</p>" for each in away)))
    if decides:
        names = {each["id"]: each["name"] for each in seen.document["kpis"]}
        months = assignment.spanned(review.first, review.last)
        exclude.draw(here, names, months, (months[0], months[-1]))
        where = safe(here.address.to_people(assignment.number))
        st.html(block(f'<p>Leave, and what to put back: <a href="{where}">People</a>.</p>'))


def _plan(here: Here, seen: ReviewSeen) -> None:
    """The development plan as it stands on the scorecard, and the way to it."""
    found = record.plan(seen.document)
    link = safe(here.address.to_plan(seen.review.assignment.number))
    listed = _rows(found) or small("No action yet.")
    st.html(block(f'<h2>Development plan</h2>{listed}<p><a href="{link}">To the plan</a></p>'))


def _table(found: record.Table) -> None:
    under = small(found.note) if found.note else ""
    st.html(block(f"<h2>{safe(found.title)}</h2>", _rows(found) or small(found.empty), under))


def _rows(found: record.Table) -> str:
    if not found.rows:
        return ""
    return cards(found.title, found.headings, plain_cards(found.rows))


def _take_away(here: Here, seen: ReviewSeen) -> None:
    """What stands on the page, as the reader sees it; a scorecard's files are the whole of it."""
    review, document = seen.review, seen.document
    tables = (record.exclusions(document), record.plan(document), record.steps(document))
    files = [
        listed("KPIs", "kpis", JUDGED, judged_rows(judged(document, LIGHT))),
        *(
            listed(each.title, each.title.lower().replace(" ", "_"), each.headings, each.rows)
            for each in tables
            if each.rows
        ),
        drawn(lambda: judged_charts(judged(document, LIGHT), review_head(seen, LIGHT).scale)),
    ]
    manager, practice = review.assignment.manager.id, review.assignment.practice.id
    about = f"figures of review {review.number}"
    period = (review.first, review.last)
    take_away(here.session, files, Export(about, "read_scores", practice, manager, period))


def _foot(seen: ReviewSeen) -> None:
    document = seen.document
    texts = [f"Revision {document['data_version']} of the practice's data"]
    texts += [f"Role version {each['version']}" for each in document["versions"]]
    texts.append(f"SHA-256 {hash_of(document)[:12]}")
    st.html(footer(texts))


draw()
