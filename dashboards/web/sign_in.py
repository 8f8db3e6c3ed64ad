"""Signing in and out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards import data
from dashboards.demo import DEMO_ACCOUNTS, KNOWN_TO_ALL
from dashboards.markup.text import safe
from dashboards.views.words import KIND
from dashboards.web import cookie
from dashboards.web.forms import FormRefused, read_form
from dashboards.web.gate import visitor
from dashboards.web.hashing import HASHING
from dashboards.web.page import answer, field, hidden, note, page, told
from dashboards.web.paths import SIGN_IN, own_path, to_openid
from dashboards.web.serving import serving
from kpi.access.accounts import has_accounts
from kpi.access.sessions import sign_out as end
from kpi.access.sign_in import by_passphrase
from kpi.errors import DatabaseError, NotPermitted


async def sign_in(request: Request) -> Response:
    """The form, and what is sent by it."""
    try:
        if request.method == "POST":
            return await _try(request)
        wanted = own_path(request.query_params.get("next", ""))
        if await visitor(request) is not None:
            return RedirectResponse(wanted, 303)
        return answer(await run_in_threadpool(form, wanted))
    except DatabaseError as error:
        return answer(told("Rolecard is not ready", str(error)), 503)


async def _try(request: Request) -> Response:
    try:
        sent = await read_form(request)
    except FormRefused as refused:
        return answer(told("Not signed in", str(refused)), refused.status)
    wanted, id = own_path(sent.get("next", "")), sent.get("id", "")
    address = request.client.host if request.client else ""
    before = cookie.secret_in(request.cookies)

    def work() -> str:
        engine = data.engine()
        secret = by_passphrase(engine, id, sent.get("passphrase", ""), address)
        end(engine, before)  # one browser, one session: an older one does not stay open behind
        return secret

    try:
        async with HASHING:
            secret = await run_in_threadpool(work)
    except NotPermitted as refusal:
        return answer(await run_in_threadpool(form, wanted, id, str(refusal)), 403)
    found = RedirectResponse(wanted, 303)
    cookie.give(found, secret)
    return found


async def sign_out(request: Request) -> Response:
    """Ends the browser's session, in all its tabs."""
    try:
        await read_form(request)
    except FormRefused as refused:
        return answer(told("Not signed out", str(refused)), refused.status)
    secret = cookie.secret_in(request.cookies)
    await run_in_threadpool(lambda: end(data.engine(), secret))
    found = RedirectResponse(SIGN_IN, 303)
    cookie.take_back(found)
    return found


def form(wanted: str = "/", id: str = "", wrong: str = "", said: str = "") -> str:
    """The page with the form; ``wrong``: why the last try was refused, ``said``: good news."""
    if not has_accounts(data.engine()):
        return page("Sign in", _NOBODY)
    above = note(wrong, "worse") if wrong else note(said, "better") if said else ""
    here = {"autofocus": ""}
    at, then = ({}, here) if id else ({} if serving().demo else here, {})
    fields = (
        f'{above}<form method="post" action="{SIGN_IN}">'
        + field("id", "Name of the account", value=id, wrong=bool(wrong), maxlength="200",
                autocomplete="username", autocapitalize="none", spellcheck="false", **at)
        + field("passphrase", "Passphrase", "password", wrong=bool(wrong), maxlength="200",
                autocomplete="current-password", **then)
        + hidden("next", wanted)
        + '<button>Sign in</button></form><p class="small after">No passphrase yet, or forgotten? '
        "Your administrator gives you a link that lets you choose one.</p>"
    )  # fmt: skip
    if serving().demo:
        return page("Sign in", _demo(wanted), f"<h2>By name</h2>{fields}", wrong=bool(wrong))
    if serving().openid is not None:
        first = f"<h1>Sign in</h1>{_organisation(to_openid(wanted))}"
        return page("Sign in", first, f"<h2>With a passphrase</h2>{fields}", wrong=bool(wrong))
    return page("Sign in", f"<h1>Sign in</h1>{fields}", wrong=bool(wrong))


def _organisation(away: str) -> str:
    return f'<p><a class="button" href="{safe(away)}">Sign in with your organisation</a></p>'


_NOBODY = (
    "<h1>No account yet</h1><p>Nobody can sign in before there is a first account. Make one on the "
    "machine that Rolecard runs on, in a terminal:</p><p><code>kpi init</code> asks for it, or "
    '<code>kpi account add</code> makes it.</p><p class="small">Then open this page again.</p>'
)


def _demo(wanted: str) -> str:
    """One press an account; the same form is sent as by hand."""
    presses = "".join(
        f'<form method="post" action="{SIGN_IN}">{hidden("id", each.id)}'
        f"{hidden('passphrase', KNOWN_TO_ALL)}{hidden('next', wanted)}"
        f'<button class="other">{safe(each.name)}<span>{safe(KIND[each.kind])}</span></button>'
        "</form>"
        for each in DEMO_ACCOUNTS
    )
    names = ", ".join(f"<code>{safe(each.id)}</code>" for each in DEMO_ACCOUNTS)
    return (
        "<h1>Sign in to the demo</h1><p>Two made-up practices. Look around as one of these "
        "people:</p>"
        f'{presses}<p class="small">Or type below one of the names {names}, each with the '
        f"passphrase <code>{safe(KNOWN_TO_ALL)}</code>.</p>"
    )
