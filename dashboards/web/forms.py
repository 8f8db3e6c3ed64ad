"""Forms that are posted to the routes: small, from our own pages, or not read at all."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from dashboards.web.serving import serving

LARGEST = 16 * 1024
_TYPE = "application/x-www-form-urlencoded"


class FormRefused(Exception):
    """A form that is not taken; ``status`` is HTTP's, the message a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form of ours. Raises FormRefused.

    Browsers say with each POST which origin it comes from, and no page can change that. One from
    elsewhere, or from nowhere, is refused: nobody is signed in or out by another site. The cookie's
    SameSite stands behind it.
    """
    if not from_our_pages(request):
        raise FormRefused(403, "This form was not sent from a page of Rolecard; open it again.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise FormRefused(415, "This is not a form of Rolecard's.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise FormRefused(413, "What was sent is too long to be a name or a passphrase.")
    try:
        fields = parse_qsl(body.decode(), True, errors="strict", max_num_fields=10)
    except ValueError:
        raise FormRefused(400, "What was sent cannot be read.") from None
    return dict(fields)


def from_our_pages(request: Request) -> bool:
    """Whether the browser says that a page of this server sends the request."""
    origin = urlsplit(request.headers.get("origin", ""))
    return (origin.scheme, origin.netloc) == (
        "https" if serving().tls else "http",
        request.headers.get("host", ""),
    )
