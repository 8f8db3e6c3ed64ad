"""Characteristics that the law protects, and the words of a job description that touch them.

Each pattern takes the words together with what makes them speak of a person: 'young team' and not
'young patients', 'in good health' and not 'health administration'.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Characteristic(NamedTuple):
    """What a condition would be about, the words, and what to write instead."""

    about: str
    words: re.Pattern[str]
    instead: str

    def found(self, text: str) -> str:
        """The words that touch it in a text; empty where there are none, where they speak of
        patients, and in a sentence that says that it must not count."""
        for sentence in re.split(r"(?<=[.;!?]) ", text):
            match = self.words.search(sentence)
            if match is None or _MUST_NOT_COUNT.search(sentence):
                continue
            if not _OF_PATIENTS.search(sentence[: match.start()]):
                return match.group()
        return ""


def phrases(*patterns: str) -> re.Pattern[str]:
    """Whole words and phrases, whatever their case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


_MUST_NOT_COUNT = re.compile(
    r"\b(?:regardless|irrespective|without regard|discriminat\w*|equal opportunity|accommodat\w*|"
    r"nothing about|(?:not|never|nor) asks?|protected)\b",
    re.IGNORECASE,
)
_OF_PATIENTS = re.compile(r"\b(?:patients?|children|adults|enrollees)\b[^.;]{0,25}$", re.I)
_PERSON = (
    r"(?:person|individual|man|men|woman|women|lady|ladies|girl|guy|candidate|applicant|"
    r"employee|manager|worker|professional|team|staff)s?"
)
_YEARS = r"(?:twenty|thirty|forty|fifty|sixty|[2-6]\d)(?:-(?:one|two|five|six|nine))?"
_SPAN = rf"{_YEARS} ?(?:to|and|-|–) ?{_YEARS}"
_NO = r"(?:no|without(?: any)?|free (?:of|from)|(?:have|has|having) no|not have(?: any| an?)?)"
_SEX = r"(?:females?|males?|wom[ae]n|m[ae]n|lady|ladies|girls?)"

CHARACTERISTICS: Final = (
    Characteristic(
        "age",
        phrases(
            rf"(?:young|youthful|mature),? (?:(?:and )?[\w-]+,? )?{_PERSON}",
            rf"young,? (?:and )?(?:energetic|dynamic)(?: {_PERSON})?|youthful|digital natives?",
            r"recent (?:college |university |high[- ]school |nursing )?grad(?:uate)?s?",
            rf"(?:under|over|below|above|not? older than|younger than|older than|up to|at most|"
            rf"maximum|between|aged?)(?: the age of| age)? (?:{_SPAN}|{_YEARS})(?: years)? "
            r"(?:old|of age)",
            rf"aged? (?:of |between |under |over )?{_SPAN}|{_SPAN} years old",
            rf"(?:under|over|below|younger than|older than) (?:the )?age (?:of )?{_YEARS}",
            r"(?:no more than|at most|maximum(?: of)?|not over) [\w-]+ years['’]?(?: of)? "
            r"(?:work )?experience",
            r"over-?qualified",
        ),
        "Write the experience and the abilities that the work needs, whatever the age.",
    ),
    Characteristic(
        "health",
        phrases(
            r"able[- ]bodied|physically (?:fit|healthy|strong)|must be healthy|handicapped",
            r"(?:good|excellent|perfect|robust) (?:physical |mental |general )?"
            r"(?:and (?:mental|physical) )?health",
            rf"healthy (?:[\w-]+ )?{_PERSON}",
            rf"{_NO} (?:(?:known|physical|mental|chronic|medical) ){{0,3}}(?:disabilit(?:y|ies)|"
            r"handicaps?|illness(?:es)?|health (?:problems|issues|conditions)|"
            r"medical (?:conditions|problems|history)|mental health (?:problems|issues|history))",
            r"(?:no|without) (?:history of|previous|past) (?:\w+ )?(?:injur\w+|illness\w*|"
            r"workers['’]? comp\w*|depression|addiction|sick leave)",
            r"(?:never|rarely|seldom) (?:sick|ill)|no sick (?:days|leave)|non-?smokers? only",
            r"(?:perfect|normal) (?:vision|hearing|eyesight)",
        ),
        "Write what the work asks for, as in 'lifts boxes of up to 20 pounds', with or without "
        "accommodation.",
    ),
    Characteristic(
        "family or sex",
        phrases(
            r"(?:un)?married (?:persons?|people|candidates?|applicants?|wom[ae]n|m[ae]n|preferred|"
            r"only)|(?:be|is|prefer(?:red|ably)?|ideally) (?:un)?married",
            r"(?:marital|family|parental) status",
            r"single (?:man|men|woman|women|female|male|mother|father|parent|candidate|applicant|"
            r"and without)s?",
            rf"{_NO} (?:small |young |own )?(?:children|kids|dependents|child-?care (?:duties|"
            r"needs|obligations|responsibilities)|family (?:obligations?|commitments?|"
            r"responsibilit(?:y|ies)|ties|duties))",
            r"child(?:less|-free)|not (?:be )?(?:pregnant|planning (?:a (?:family|pregnancy)|"
            r"to have children|to become pregnant))",
            r"no (?:plans|intention) (?:of|to|for) (?:\w+ )?(?:a family|children|pregnan\w+|"
            r"becom\w+ pregnant|starting a family|maternity leave)",
            rf"{_SEX} (?:only|preferred|wanted)",
            rf"(?:prefer|preferably|ideally)(?: an?)? {_SEX}",
            r"(?:office|front[- ]desk) (?:girl|lady|gal)s?|right-hand man|homemakers?",
        ),
        "Write the hours and the travel that the work needs; who is at home is nobody's business.",
    ),
    Characteristic(
        "nationality, origin or faith",
        phrases(
            r"native(?:[- ](?:level|like))?(?:[- ](?:english|american|spanish|language))?[- ]"
            r"(?:speakers?|speaking|tongue|born)|mother[- ]tongue",
            r"(?:american|u\.?s\.?)[- ]born|born in (?:the )?(?:usa?|united states|america)",
            r"(?:u\.?s\.?|american|united states) citizens?(?:hip)?",
            r"citizens? only|must be a citizen|no (?:foreigners|immigrants)",
            r"(?:no|without(?: an?y?)?|neutral)(?: (?:foreign|strong|heavy))? accents?",
            r"accent-free|unaccented",
            rf"(?:christian|church-?going|jewish|muslim|catholic) (?:values|background|faith|"
            rf"beliefs|{_PERSON})",
            r"(?:white|caucasian|black|hispanic|asian) (?:candidate|applicant|person|people)s?",
        ),
        "Write the language and the level that the work needs, as in 'speaks and writes English "
        "well enough to answer a complaint', or that the person may work in the United States.",
    ),
)
