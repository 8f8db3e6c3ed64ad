"""Passphrases: judged, hashed with Argon2id, checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kpi.errors import InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 128
_HARD_ENOUGH = 3
"""Of zxcvbn's 0 to 4: more than a hundred million guesses."""


def hashed(passphrase: str, about: Sequence[str] = ()) -> str:
    """The Argon2id hash of a passphrase (RFC 9106's parameters for machines short of memory).

    ``about``: what others know of its owner. Raises InputError for one that is too short, too long,
    or among the first that somebody would try.
    """
    if len(passphrase) < SHORTEST:
        raise InputError(f"A passphrase has at least {SHORTEST} characters; four words do well.")
    if len(passphrase) > LONGEST:
        raise InputError(f"A passphrase has at most {LONGEST} characters.")
    from zxcvbn import zxcvbn

    judged = zxcvbn(passphrase, user_inputs=["rolecard", *about], max_length=LONGEST)
    if judged["score"] < _HARD_ENOUGH:
        raise InputError(
            "This passphrase is among the first that somebody would try; take four words that "
            "have nothing to do with each other or with you."
        )
    return _hasher().hash(passphrase)


def matches(passphrase: str, stored: str | None) -> bool:
    """Whether a passphrase is the stored one. Takes the same time where none is stored."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(stored or _nobodys(), passphrase[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """What is checked against for an account that is not there."""
    return _hasher().hash("nobody's")
