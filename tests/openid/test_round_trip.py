"""Signing in by a real OpenID provider that runs as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx2
import pytest
from sqlalchemy import Engine

from kpi.access.accounts import disable_account
from kpi.access.actor import operator
from kpi.access.audit import entries
from kpi.access.invitations import invite
from tests.dashboards.test_serve import free_port
from tests.openid.conftest import (
    CLIENT_ID,
    ISA,
    KIM,
    NOOR,
    Office,
    asked,
    name_shown,
    sent_away,
    sentence,
)

New = Callable[[], httpx2.Client]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider; gives its issuer."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if "Uvicorn running" in line:
                break
        else:
            raise AssertionError("the provider ended")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def known(provider: str, subject: str, **claims: object) -> None:
    """Has the provider know somebody."""
    answer = httpx2.put(f"{provider}/users/{subject}", json=claims, trust_env=False)
    assert answer.status_code == 204


def agree(browser: httpx2.Client, asks: str, subject: str) -> str:
    """Signs in at the provider; gives where it leads back to."""
    answer = browser.post(asks, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def come_back(
    browser: httpx2.Client, office: Office, subject: str, next: str = "/"
) -> httpx2.Response:
    """All the way there and back."""
    return browser.get(agree(browser, sent_away(browser, office, next), subject))


def test_a_verified_address_signs_in_and_lands_where_it_was_wanted(
    office: Office, provider: str, engine: Engine, browser: New
) -> None:
    known(provider, "s-isa", email=ISA.title(), email_verified=True)
    isa = browser()
    asks = sent_away(isa, office, "/kpi?kpi=no_show_rate")
    assert asks.startswith(f"{provider}/oauth2/authorize?")
    what = asked(asks)
    assert what["response_type"] == "code"
    assert what["code_challenge_method"] == "S256"
    assert what["client_id"] == CLIENT_ID
    assert what["scope"] == "openid email"
    assert what["redirect_uri"] == f"{office.address}/auth/openid/callback"
    assert len(what["state"]) >= 20
    assert len(what["nonce"]) >= 20
    assert len(what["code_challenge"]) == 43  # SHA-256, without padding
    assert not name_shown(isa, office)

    answer = isa.get(agree(isa, asks, "s-isa"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/kpi?kpi=no_show_rate")
    (cookie,) = (each for each in answer.headers.get_list("set-cookie") if "rolecard=" in each)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie
    assert name_shown(isa, office)
    entry = entries(engine, operator(), last=1)[0]
    assert (entry.action, entry.subject, entry.details["way"]) == ("sign_in", ISA, "openid")

    # The address changes hands; who came first is the same, and whoever has it now is not.
    known(provider, "s-isa", email="i.marr@maple.example", email_verified=True)
    again = browser()
    assert come_back(again, office, "s-isa").status_code == 303
    assert name_shown(again, office)
    known(provider, "s-other", email=ISA, email_verified=True)
    other = browser()
    assert "no open account" in sentence(come_back(other, office, "s-other"))
    assert not name_shown(other, office)


@pytest.mark.parametrize(
    ("subject", "claims"),
    [
        ("s-unverified", {"email": NOOR, "email_verified": False}),
        ("s-silent", {"email": NOOR}),  # as Entra does
        ("s-text", {"email": NOOR, "email_verified": "true"}),
        ("s-nobody", {"email": "nobody@maple.example", "email_verified": True}),
        ("s-none", {}),
        ("s-odd", {"email": ["noor"], "email_verified": True}),
        ("s-look-alike", {"email": "nооr@maple.example", "email_verified": True}),
    ],
)
def test_who_is_no_accounts_is_not_let_in(
    office: Office,
    provider: str,
    engine: Engine,
    browser: New,
    subject: str,
    claims: dict[str, object],
) -> None:
    known(provider, subject, **claims)
    found = browser()
    answer = come_back(found, office, subject)
    assert answer.status_code == 403
    assert "no open account" in sentence(answer)
    assert not name_shown(found, office)
    entry = entries(engine, operator(), last=1)[0]
    assert (entry.action, entry.outcome, entry.subject) == ("sign_in", "refused", f"by {provider}")


def test_an_invitation_ties_an_identity_that_has_no_verified_address(
    office: Office, provider: str, engine: Engine, browser: New
) -> None:
    known(provider, "s-noor", email="any@elsewhere.example")
    noor = browser()
    code = invite(engine, operator(), NOOR)
    start = f"{office.address}/auth/openid/start"
    refused = noor.post(start, data={"code": code}, headers={"origin": "https://evil.example"})
    assert refused.status_code == 403
    answer = noor.post(start, data={"code": code}, headers={"origin": office.address})
    assert answer.status_code == 200
    wait, _, on = answer.headers["refresh"].partition("; url=")
    assert wait == "0"
    asks = noor.get(office.address + on).headers["location"]
    assert code not in asks
    assert noor.get(agree(noor, asks, "s-noor")).status_code == 303
    assert name_shown(noor, office)
    # From now on without an invitation, which is used up.
    assert come_back(browser(), office, "s-noor").status_code == 303
    late = browser()
    late.post(start, data={"code": code}, headers={"origin": office.address})
    asks = late.get(office.address + on).headers["location"]
    assert "does not work any more" in sentence(late.get(agree(late, asks, "s-other")))


def test_a_shut_account_is_not_let_in_and_is_out_at_once(
    office: Office, provider: str, engine: Engine, browser: New
) -> None:
    known(provider, "s-kim", email=KIM, email_verified=True)
    kim = browser()
    assert come_back(kim, office, "s-kim").status_code == 303
    assert name_shown(kim, office)
    disable_account(engine, operator(), KIM)
    assert not name_shown(kim, office)
    assert "no open account" in sentence(come_back(kim, office, "s-kim"))


def test_another_nonce_is_refused(office: Office, provider: str, browser: New) -> None:
    known(provider, "s-nonce", email=ISA, email_verified=True)
    found = browser()
    asks = sent_away(found, office)
    other = asks.replace(asked(asks)["nonce"], "n" * 20)
    answer = found.get(agree(found, other, "s-nonce"))
    assert answer.status_code == 403
    assert "cannot be trusted" in sentence(answer)
    assert not name_shown(found, office)


def test_an_answer_is_for_the_browser_that_asked_and_for_one_time(
    office: Office, provider: str, browser: New
) -> None:
    known(provider, "s-state", email=ISA, email_verified=True)
    known(provider, "s-isa", email=ISA, email_verified=True)
    attacker, victim = browser(), browser()
    theirs = agree(attacker, sent_away(attacker, office), "s-state")
    for begun in (False, True):
        if begun:
            sent_away(victim, office)
        answer = victim.get(theirs)
        assert answer.status_code == 403
        assert "not begun in this browser" in sentence(answer)
    once = agree(attacker, sent_away(attacker, office), "s-isa")
    assert attacker.get(once).status_code == 303
    assert "not begun" in sentence(attacker.get(once))
    mine = agree(victim, sent_away(victim, office), "s-state")
    state = asked(mine)["state"]
    assert victim.get(mine.replace(state, state[::-1])).status_code == 403
    assert not name_shown(victim, office)
    assert "not begun" in sentence(victim.get(f"{office.address}/auth/openid/callback"))


def test_turning_back_at_the_provider_is_said(office: Office, browser: New) -> None:
    found = browser()
    answer = found.post(sent_away(found, office), data={"action": "deny"})
    back = found.get(answer.headers["location"])
    assert back.status_code == 403
    assert "turned back there" in sentence(back)
    hostile = f"{office.address}/auth/openid/callback?error=%3Cscript%3E&error_description=Pay+here"
    shown = found.get(hostile).text
    assert "script>" not in shown.replace("<script>var code", "")
    assert "Pay here" not in shown


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/auth/sign-out", ""]
)
def test_nobody_is_led_to_another_site(
    office: Office, provider: str, browser: New, next: str
) -> None:
    known(provider, "s-isa", email=ISA, email_verified=True)
    answer = come_back(browser(), office, "s-isa", next)
    assert answer.headers["location"] == "/"
