"""Signing in by the organisation's OpenID provider: there, back again, and in."""

from __future__ import annotations

import logging
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboards import data
from dashboards.markup.text import safe
from dashboards.web import cookie
from dashboards.web.forms import FormRefused, read_form
from dashboards.web.openid_client import (
    AnswerRefused,
    BegunElsewhere,
    Identity,
    ProviderUnfit,
    ProviderUnreachable,
    SignInBrokenOff,
    identity_in,
    lead_away,
)
from dashboards.web.openid_settings import Provider
from dashboards.web.page import answer, page, told
from dashboards.web.paths import OPENID_CALLBACK, OPENID_START, SIGN_IN, own_path
from dashboards.web.serving import Serving
from kpi.access.invitations import tie_identity
from kpi.access.sessions import sign_out as end
from kpi.access.sign_in import by_identity
from kpi.errors import DatabaseError, RolecardError
from kpi.store.event_log import note_event

_WHILE_AWAY_SECONDS = 600
_NEXT, _INVITATION, _INVITED = "next", "invitation", "invited"


def openid_routes(started: Serving) -> list[BaseRoute]:
    """The way to the provider and back; none where no provider is named.

    State, nonce and PKCE's verifier wait in a signed cookie, whose key lives as long as the server:
    who is away while it restarts begins again.
    """
    provider = started.openid
    if provider is None:
        return []
    kept = Middleware(
        SessionMiddleware,
        secret_key=secrets.token_urlsafe(32),
        session_cookie="__Host-rolecard-openid" if started.tls else "rolecard-openid",
        max_age=_WHILE_AWAY_SECONDS,
        same_site="lax",
        https_only=started.tls,
    )

    async def start(request: Request) -> Response:
        return await _start(request, provider)

    async def callback(request: Request) -> Response:
        return await _callback(request, provider)

    return [
        Route(OPENID_START, start, methods=["GET", "POST"], middleware=[kept]),
        Route(OPENID_CALLBACK, callback, methods=["GET"], middleware=[kept]),
    ]


async def _start(request: Request, provider: Provider) -> Response:
    """Leads to the provider: by a link, or with an invitation's code, which a form posts."""
    if request.method == "POST":
        return await _with_invitation(request)
    if _INVITED not in request.query_params:
        request.session.pop(_INVITATION, None)  # of a way that was begun and left
    request.session[_NEXT] = own_path(request.query_params.get("next", ""))
    # Its host is one of our names: the gate has seen to that. The provider takes the addresses
    # that it was told, and no others.
    back = f"{request.url.scheme}://{request.headers['host']}{OPENID_CALLBACK}"
    try:
        return await lead_away(request, provider, back)
    except (ProviderUnfit, ProviderUnreachable) as error:
        return _failed(error)


async def _with_invitation(request: Request) -> Response:
    """Keeps an invitation's code for the way back.

    The page that follows goes on by itself: our own content policy lets a form lead to no other
    site, not even by a redirection.
    """
    try:
        sent = await read_form(request)
    except FormRefused as refused:
        return answer(told("Nothing was changed", str(refused)), refused.status)
    request.session[_INVITATION] = sent.get("code", "").strip()[:200]
    on = f"{OPENID_START}?{_INVITED}"
    heading = "On to your organisation"
    found = answer(page(heading, f'<h1>{heading}</h1><p><a href="{on}">Sign in there</a></p>'))
    found.headers["Refresh"] = f"0; url={on}"
    return found


async def _callback(request: Request, provider: Provider) -> Response:
    """Takes what the provider says, and signs in whom it vouches for."""
    wanted = own_path(request.session.pop(_NEXT, "/"))
    invitation = request.session.pop(_INVITATION, None)
    try:
        identity = await identity_in(request, provider)
    except (
        AnswerRefused, BegunElsewhere, ProviderUnfit, ProviderUnreachable, SignInBrokenOff
    ) as error:  # fmt: skip
        return _failed(error)
    before = cookie.secret_in(request.cookies)
    try:
        secret = await run_in_threadpool(_let_in, identity, invitation, before)
    except DatabaseError as error:
        return answer(told("Rolecard is not ready", str(error)), 503)
    except RolecardError as error:
        return _not_in(str(error), 403)
    found = RedirectResponse(wanted, 303)
    cookie.give(found, secret)
    return found


def _let_in(identity: Identity, invitation: str | None, before: str | None) -> str:
    engine = data.engine()
    if invitation is not None:
        tie_identity(engine, invitation, identity.issuer, identity.subject)
    secret = by_identity(engine, identity.issuer, identity.subject, identity.email)
    end(engine, before)  # one browser, one session: an older one does not stay open behind
    return secret


def _failed(error: Exception) -> Response:
    """What the person reads, while the log has the reason. Nothing of what came is repeated."""
    kind = type(error).__name__
    note_event("openid", logging.WARNING, outcome=kind, reason=str(error))
    return _not_in(*_SAID[type(error)])


def _not_in(sentence: str, status: int) -> Response:
    again = f'<p><a href="{SIGN_IN}">Back to the sign-in</a></p>'
    shown = f'<h1>Not signed in</h1><p role="alert">{safe(sentence)}</p>{again}'
    return answer(page("Not signed in", shown, wrong=True), status)


_SAID: dict[type[Exception], tuple[str, int]] = {
    AnswerRefused: (
        "What came back from your organisation's sign-in cannot be trusted, so nobody was signed "
        "in. Begin again; if it happens again, tell whoever looks after Rolecard, whose log has "
        "the reason.",
        403,
    ),
    BegunElsewhere: (
        "This sign-in was not begun in this browser, or was begun too long ago or twice. Begin "
        "again.",
        403,
    ),
    SignInBrokenOff: (
        "Your organisation's sign-in did not let you in, or you turned back there. Begin again, or "
        "ask whoever looks after accounts there whether you may use Rolecard.",
        403,
    ),
    ProviderUnreachable: (
        "Your organisation's sign-in does not answer. Try again in a few minutes; a passphrase "
        "works meanwhile, if you have one.",
        503,
    ),
    ProviderUnfit: (
        "Your organisation's sign-in is not what Rolecard is set up for. Tell whoever looks after "
        "Rolecard: the log has which part, and docs/deploy.md what each provider needs.",
        503,
    ),
}
