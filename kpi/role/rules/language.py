"""Vague language: words after which two people still expect two different things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kpi.role.findings import shown
from kpi.role.rules.draft import Draft
from kpi.role.rules.measures import has_measure
from kpi.role.rules.rule import Found, Rule

_DUTIES = ("responsibilities", "daily_duties", "compliance")
_WORK = (*_DUTIES, "skills", "qualifications", "reporting")


class OpenEnded(Rule):
    """Words that leave a list or a duty open."""

    id = "open-ended"
    section = "Language"
    finds = "A text is left open: 'etc.', 'as needed', 'other duties as assigned'."
    instead = "Name what is meant, and leave out the rest."
    reason = (
        "What is not written cannot be expected, reviewed or defended later. A list that ends in "
        "'etc.' is read one way when the work is asked for and another way when it is judged."
    )

    _words: Final = re.compile(
        r"(?<![\w/])etc\b\.?"
        r"|\b(?:and|or) (?:so on|so forth|the like|others?(?= *(?:$|[.;,)])))"
        r"|\b(?:as|when|where|if|whenever|wherever)(?: and (?:when|where|as))?"
        r"(?: it is)? (?:needed|necessary|required|requested|appropriate|assigned|applicable)\b"
        r"(?! (?:by|under|in|at|from|on|after|before)\b)"
        r"|\bas[- ]needed\b"
        r"|\b(?:other|any other|additional|miscellaneous|various) "
        r"(?:related )?(?:duties|tasks|projects|responsibilities|functions|assignments)\b"
        r"(?: as (?:assigned|needed|required|requested|directed))?",
        re.IGNORECASE,
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for path, text in draft.prose(*_WORK):
            for phrase in _matches(self._words, text):
                yield Found(path, f"{shown(phrase)} leaves open what is meant.", phrase=phrase)


class VaguePhrase(Rule):
    """Phrases that sound like a standard and name none."""

    id = "vague-phrase"
    section = "Language"
    finds = (
        "A phrase sounds like a standard and names none: 'in a timely manner', 'best practices'."
    )
    instead = "Write the standard itself: how much, how often, by when, or by whose rule."
    reason = (
        "'Timely' is two days to one reader and two weeks to another, and a review in which they "
        "meet is an argument about words. With a number there is nothing to argue about."
    )

    _times: Final = re.compile(
        r"\bin a (?:timely|prompt|professional|courteous|efficient|effective) "
        r"(?:manner|fashion|way)\b"
        r"|\bon a (?:regular|timely|periodic|frequent|continuous|ongoing) basis\b"
        r"|\b(?:office|practice|clinic|company|departmental|operational|administrative|internal) "
        r"policies(?: and procedures)?\b"
        r"|\bserv(?:es?|ing) as (?:a|the) (?:\w+ )?(?:liaison|resource|point of contact)\b"
        r"|\bacts? as (?:a|the) (?:\w+ )?(?:liaison|resource|point of contact)\b"
        r"|\b(?:regularly|periodically|promptly|occasionally|frequently|from time to time"
        r"|as soon as possible|asap|at all times)\b",
        re.IGNORECASE,
    )
    _standards: Final = re.compile(
        r"\b(?:industry |current )?best practices?\b"
        r"|\b(?:(?:all|any|other) ){0,2}(?:applicable|relevant|appropriate|pertinent) "
        r"(?:laws?|regulations?|rules|standards?|policies|guidelines|requirements)\b"
        r"|\b(?:smooth|seamless|efficient|effective|overall|day[- ]to[- ]day|daily|general|office|"
        r"clinic|practice|business) (?:and (?:smooth|efficient|effective|orderly) )?"
        r"(?:running|operations?|functioning|workings?|activities|functions)\b"
        r"(?! (?:reports?|managers?|meetings?|manuals?|directors?|committees?|teams?)\b)"
        r"|\b(?:runs?|running|operates?|functions?|flows?) (?:smoothly|efficiently|effectively)\b"
        r"|\b(?:excellent|outstanding|exceptional|superior|great|quality|high[- ]quality|"
        r"top[- ]notch|world[- ]class|first[- ]class|optimal) "
        r"(?:customer|patient|client|guest)[- ](?:service|care|experience|satisfaction|relations)\b"
        r"|\b(?:positive|pleasant|productive|harmonious|professional|welcoming|healthy) "
        r"(?:work |working |team |office )?(?:environment|atmosphere|culture|morale)\b",
        re.IGNORECASE,
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for path, text in draft.prose(*_DUTIES):
            for sentence in re.split(r"(?<=[.;:])\s", text):
                phrases = list(_matches(self._standards, sentence))
                if not has_measure(self._times.sub("", sentence)):
                    phrases += _matches(self._times, sentence)
                for phrase in phrases:
                    yield Found(
                        path, f"{shown(phrase)} sounds like a standard and names none.",
                        phrase=phrase,
                    )  # fmt: skip


class VagueDuty(Rule):
    """A general verb, a general object and nothing else: 'Handle billing.'"""

    id = "vague-duty"
    section = "Language"
    finds = (
        "A duty is a general verb with a general object: 'Manage office operations', 'Handle "
        "billing'."
    )
    instead = (
        "Say what is done to what, and how much, how often or by when, as in 'Posts charges "
        "within five working days of the visit.'"
    )
    reason = (
        "A duty that names neither an object nor a measure can be neither done nor missed. It is "
        "the first thing that is disputed in a review, and gives a new manager nothing to do on "
        "Monday morning."
    )

    _longest: Final = 4
    _verb: Final = re.compile(
        r"\s*(?:(?:will|must|shall|should|to|is|be|being)\s+)*"
        r"(?P<verb>manag(?:es?|ing)|handl(?:es?|ing)|oversee(?:s|ing)?|supervis(?:es?|ing)"
        r"|coordinat(?:es?|ing)|ensur(?:es?|ing)|assist(?:s|ing)?|help(?:s|ing)?|support(?:s|ing)?"
        r"|facilitat(?:es?|ing)|responsible for|in charge of|deal(?:s|ing)? with|tak(?:es?|ing) "
        r"care of|look(?:s|ing)? after|work(?:s|ing)? (?:with|on)|participat(?:es?|ing) in"
        r"|contribut(?:es?|ing) to|liais(?:es?|ing) with|leads?"
        r"|maintain(?:s|ing)?(?= (?:[\w-]+ ){0,4}(?:compliance|office|relations(?:hips)?|standards|"
        r"confidentiality|quality|systems|order|professionalism)\b))\b",
        re.IGNORECASE,
    )
    _small: Final = frozenset(
        {
            "a",
            "an",
            "the",
            "all",
            "any",
            "and",
            "or",
            "of",
            "for",
            "to",
            "in",
            "on",
            "at",
            "with",
            "by",
            "from",
            "into",
            "as",
            "its",
            "their",
            "our",
            "your",
            "this",
            "that",
            "these",
            "those",
            "including",
            "is",
            "are",
            "be",
        }
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for path, text in draft.prose(*_DUTIES):
            verb = self._verb.match(text)
            if verb is None or has_measure(text[verb.end() :]):
                continue
            words = [each.casefold() for each in re.findall(r"[\w'’/-]+", text[verb.end() :])]
            if len([each for each in words if each not in self._small]) <= self._longest:
                yield Found(path, f"{shown(text)} names neither a specific object nor a measure.")


class Placeholder(Rule):
    """What a template left behind."""

    id = "placeholder"
    section = "Language"
    finds = "A text was left from a template: 'TBD', 'insert name here', '[practice name]'."
    instead = "Write what belongs here, or remove it."
    reason = "A job description that is not filled in is no agreement about anything."

    _words: Final = re.compile(
        r"\bT\.?B\.?[DCA]\b\.?|\bTO ?DO\b|\bFIXME\b|\bX{3,}\b|\bto be (?:determined|decided|"
        r"confirmed|defined|added|completed|announced)\b|\blorem ipsum\b|_{3,}|\?{2,}"
        r"|[\[<{](?:your|insert|enter|add|fill|name|practice|company|clinic|title|amount|date|"
        r"number|employer|city|state)\b[^\]>}]{0,40}[\]>}]|\binsert .{1,30} here\b",
        re.IGNORECASE,
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        parts = (
            "title", "summary", *_WORK, "compensation", "benefits", "conditions", "statements",
        )  # fmt: skip
        for path, text in draft.prose(*parts):
            for phrase in _matches(self._words, text):
                # 'todo' and 'tba' in small letters may be a word of another language or a name.
                if len(phrase) > 5 or not phrase[0].isalpha() or phrase[0].isupper():
                    yield Found(path, f"{shown(phrase)} was left from a template.", phrase=phrase)


def _matches(words: re.Pattern[str], text: str) -> Iterator[str]:
    """Each phrase once, as it is written."""
    yield from dict.fromkeys(found.group().strip() for found in words.finditer(text))
