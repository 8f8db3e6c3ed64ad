"""Choosing a passphrase by an invitation."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboards import data
from dashboards.web import cookie
from dashboards.web.forms import FormRefused, read_form
from dashboards.web.hashing import HASHING
from dashboards.web.page import answer, code_script, field, note, page, told
from dashboards.web.paths import INVITATION, OPENID_START
from dashboards.web.serving import serving
from dashboards.web.sign_in import form as sign_in_form
from kpi.access.invitations import choose_passphrase
from kpi.access.passphrases import LONGEST, SHORTEST
from kpi.errors import DatabaseError, InputError


async def invitation(request: Request) -> Response:
    """The form, and what is sent by it.

    The invitation's code is in no address that a server sees: a link has it behind the '#', the
    form sends it in its body. It works once.
    """
    if request.method != "POST":
        return answer(form())
    try:
        sent = await read_form(request)
    except FormRefused as refused:
        return answer(told("Nothing was changed", str(refused)), refused.status)
    code, chosen = sent.get("code", "").strip(), sent.get("passphrase", "")
    if chosen != sent.get("again", ""):
        return answer(form(code, "The two passphrases differ; write the same one twice."), 400)
    try:
        async with HASHING:
            account = await run_in_threadpool(
                lambda: choose_passphrase(data.engine(), code, chosen)
            )
        shown = await run_in_threadpool(
            sign_in_form, "/", account.id, "", "Your passphrase is set. Sign in with it now."
        )
    except DatabaseError as error:
        return answer(told("Rolecard is not ready", str(error)), 503)
    except InputError as error:
        return answer(form(code, str(error)), 400)
    found = answer(shown)
    cookie.take_back(found)  # whoever was signed in here before is not who chose
    return found


def form(code: str = "", wrong: str = "") -> str:
    """The page with the form; ``wrong``: why the last try was refused."""
    above = note(wrong, "worse") if wrong else ""
    length = {"minlength": str(SHORTEST), "maxlength": str(LONGEST), "autocomplete": "new-password"}
    # The same form, sent elsewhere: the code is in it, and no passphrase is asked for.
    organisation = (
        f'<button class="other after" formaction="{OPENID_START}" formnovalidate>'
        "Sign in with your organisation instead</button>"
        if serving().openid is not None
        else ""
    )
    return page(
        "Choose a passphrase",
        f'<h1>Choose a passphrase</h1>{above}<form method="post" action="{INVITATION}">'
        + field("code", "Code of the invitation", value=code, wrong=bool(wrong), maxlength="200",
                autocomplete="off", autocapitalize="none", spellcheck="false")
        + field("passphrase", "Passphrase", "password", wrong=bool(wrong), **length)
        + field("again", "The same again", "password", wrong=bool(wrong), **length)
        + f"<button>Set the passphrase</button>{organisation}</form>" + code_script(),
        f'<p class="small">At least {SHORTEST} characters. Four words that have nothing to do with '
        "each other or with you are good and easy to keep in mind; digits and signs are not asked "
        "for.</p>",
        wrong=bool(wrong),
    )  # fmt: skip
