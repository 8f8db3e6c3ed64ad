"""What a provider, or somebody in its place, may send that must not be believed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.invitations import invite, tie_identity
from tests.openid.conftest import (
    CLIENT_ID,
    ISA,
    SECRET,
    Office,
    asked,
    name_shown,
    sent_away,
    sentence,
)
from tests.openid.forger import (
    OTHERS,
    Forger,
    challenge_of,
    forging,
    signed,
    signed_with_text,
    unsigned,
)

New = Callable[[], httpx2.Client]
Claims = dict[str, Any]


@pytest.fixture(scope="module")
def forger() -> Iterator[Forger]:
    with forging() as found:
        yield found


@pytest.fixture(scope="module")
def provider(forger: Forger) -> str:
    return forger.issuer


@pytest.fixture(autouse=True)
def isa(office: Office, engine: Engine, forger: Forger) -> None:
    """Isa's identity at the provider is tied to her account."""
    tie_identity(engine, invite(engine, operator(), ISA), forger.issuer, "s-isa")


def answered(
    office: Office, forger: Forger, found: httpx2.Client, token: Callable[[Claims], str]
) -> httpx2.Response:
    """There and back, with an ID token made from what an honest one would say."""
    what = asked(sent_away(found, office))
    made = token(forger.claims(CLIENT_ID, what["nonce"]))
    code = what["state"]
    forger.tokens[code] = {"access_token": "a", "token_type": "Bearer", "id_token": made}
    return found.get(
        f"{office.address}/auth/openid/callback", params={"code": code, "state": what["state"]}
    )


def test_an_honest_answer_is_believed_and_the_code_is_redeemed_with_its_verifier(
    office: Office, forger: Forger, browser: New
) -> None:
    found = browser()
    asks = asked(sent_away(found, office))
    assert answered(office, forger, found, signed).status_code == 303
    assert name_shown(found, office)
    sent = forger.seen[-1]
    assert sent["as"] == f"{CLIENT_ID}:{SECRET}"
    assert sent["redirect_uri"] == asks["redirect_uri"]
    what = asked(sent_away(found, office))
    forger.tokens["c"] = {"error": "invalid_grant"}
    back = f"{office.address}/auth/openid/callback?code=c&state={what['state']}"
    assert "cannot be trusted" in sentence(found.get(back))
    assert challenge_of(forger.seen[-1]["code_verifier"]) == what["code_challenge"]


def changed(**claims: object) -> Callable[[Claims], str]:
    """An ID token that says something else; None: does not say it."""

    def token(honest: Claims) -> str:
        found = {**honest, **claims}
        return signed({name: value for name, value in found.items() if value is not None})

    return token


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(changed(iss="https://login.evil.example"), id="another issuer"),
        pytest.param(changed(iss=None), id="no issuer"),
        pytest.param(changed(aud="another program"), id="another audience"),
        pytest.param(
            changed(aud="another program", azp=CLIENT_ID), id="another audience by our party"
        ),
        pytest.param(changed(aud=["a", "b"], azp=CLIENT_ID), id="audiences without us"),
        pytest.param(changed(aud=[CLIENT_ID, "b"], azp="b"), id="another party"),
        pytest.param(changed(aud=None), id="no audience"),
        pytest.param(changed(exp=int(time.time()) - 3600), id="over"),
        pytest.param(changed(exp=None), id="without an end"),
        pytest.param(changed(nbf=int(time.time()) + 3600), id="not yet"),
        pytest.param(changed(nonce="n" * 20), id="another nonce"),
        pytest.param(changed(nonce=None), id="no nonce"),
        pytest.param(changed(sub=None), id="no subject"),
        pytest.param(changed(sub=""), id="an empty subject"),
        pytest.param(changed(sub="s" * 256), id="a subject too long"),
        pytest.param(changed(sub=["s-isa"]), id="a list of subjects"),
        pytest.param(lambda claims: signed(claims, OTHERS), id="another key under the same name"),
        pytest.param(lambda claims: signed_with_text(claims, SECRET), id="signed with the secret"),
        pytest.param(unsigned, id="not signed"),
        pytest.param(lambda claims: signed(claims)[:-8] + "AAAAAAAA", id="a damaged signature"),
        pytest.param(lambda _: "not a token", id="no token"),
        pytest.param(lambda _: "", id="nothing"),
    ],
)
def test_a_forged_token_lets_nobody_in(
    office: Office, forger: Forger, browser: New, token: Callable[[Claims], str]
) -> None:
    found = browser()
    answer = answered(office, forger, found, token)
    assert answer.status_code == 403
    assert "cannot be trusted" in sentence(answer)
    assert not name_shown(found, office)
    assert not [each for each in answer.headers.get_list("set-cookie") if "rolecard=" in each]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"access_token": "a", "token_type": "Bearer"},
        {"error": "invalid_client", "error_description": f"{SECRET} is wrong"},
        {"id_token": 7, "access_token": "a", "token_type": "Bearer"},
        {"id_token": "a", "access_token": 7, "token_type": ["Bearer"]},
    ],
)
def test_whatever_the_token_endpoint_says_is_a_sentence(
    office: Office, forger: Forger, browser: New, said: dict[str, Any]
) -> None:
    found = browser()
    what = asked(sent_away(found, office))
    forger.tokens["code"] = said
    answer = found.get(
        f"{office.address}/auth/openid/callback", params={"code": "code", "state": what["state"]}
    )
    assert answer.status_code == 403
    assert "cannot be trusted" in sentence(answer)
    assert SECRET not in answer.text
