"""Which passphrases are taken, and what it takes to match one."""

import pytest

from kpi.access.passphrases import hashed, matches
from kpi.errors import InputError
from tests.access.people import PASSPHRASE


def test_a_passphrase_matches_its_own_hash_only() -> None:
    stored = hashed(PASSPHRASE)
    assert stored.startswith("$argon2id$")
    assert hashed(PASSPHRASE) != stored
    assert matches(PASSPHRASE, stored)
    assert not matches(PASSPHRASE + " ", stored)
    assert not matches(PASSPHRASE.upper(), stored)


def test_nothing_matches_where_nothing_is_stored() -> None:
    assert not matches("nobody's", None)
    assert not matches("", None)
    assert not matches(PASSPHRASE, "not a hash")


@pytest.mark.parametrize(
    ("passphrase", "sentence"),
    [
        ("", "at least 12"),
        ("kX9#mQ2vL4p", "at least 12"),
        ("x" * 129, "at most 128"),
        ("password1234", "first that somebody would try"),
        ("qwertyuiop12", "first that somebody would try"),
        ("aaaaaaaaaaaaaa", "first that somebody would try"),
        ("Hana Example 1", "first that somebody would try"),
        ("rolecard2026", "first that somebody would try"),
    ],
)
def test_passphrases_that_are_refused(passphrase: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        hashed(passphrase, ("hana@lakeside.example", "Hana Example"))


@pytest.mark.parametrize("passphrase", [PASSPHRASE, "kX9#mQ2vL4pz", "pâte brisée au citron vert"])
def test_passphrases_that_are_taken(passphrase: str) -> None:
    assert matches(passphrase, hashed(passphrase))
