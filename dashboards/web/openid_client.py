"""Talking to an OpenID provider, by Authlib: code flow with PKCE, state and nonce.

What Authlib leaves to its caller is done here: which issuer and which audience an ID token has to
name, which signatures count, and when an address is taken for verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from dashboards.web.openid_settings import Provider

if TYPE_CHECKING:
    from authlib.integrations.starlette_client import StarletteOAuth2App

# Made with a key that only the provider has; a secret that Rolecard holds as well signs nothing.
_SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_PATIENCE_SECONDS = 10
_CLOCKS_APART_SECONDS = 60


class ProviderUnreachable(Exception):
    """The provider does not answer, or not as a provider does."""


class ProviderUnfit(Exception):
    """What the provider says of itself is not what was configured; the message says which part."""


class AnswerRefused(Exception):
    """What came back is not a sign-in that may be believed; the message is a short reason."""


class SignInBrokenOff(Exception):
    """The provider let the person not in, or the person turned back."""


class BegunElsewhere(Exception):
    """The answer belongs to no sign-in that this browser has begun."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a provider vouches for; ``email`` only where it says that the address is verified."""

    issuer: str
    subject: str
    email: str | None


async def lead_away(request: Request, provider: Provider, back: str) -> Response:
    """Leads the browser to the provider. ``back``: where it comes back to. What the answer is held
    against is kept in the request's session. Raises ProviderUnreachable and ProviderUnfit."""
    client = await _ready(provider)
    found: Response = await client.authorize_redirect(request, back)
    return found


async def identity_in(request: Request, provider: Provider) -> Identity:
    """Whom the answer that a browser brings back vouches for. An answer is good for one time.

    Raises what stands above.
    """
    import httpx2
    from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
    from joserfc.errors import JoseError

    client = await _ready(provider)
    try:
        token = await client.authorize_access_token(
            request, claims_options=_expected(provider), leeway=_CLOCKS_APART_SECONDS
        )
    except MismatchingStateError:
        raise BegunElsewhere from None
    except OAuthError as error:
        if "error" in request.query_params:
            raise SignInBrokenOff from None
        raise AnswerRefused(f"token endpoint: {error.error}") from None
    except JoseError as error:
        raise AnswerRefused(f"ID token: {error.error}") from None
    except httpx2.HTTPError as error:
        raise ProviderUnreachable(type(error).__name__) from None
    except ValueError:  # no JSON, no token
        raise AnswerRefused("not readable") from None
    claims = token.get("userinfo")
    if not claims:
        raise AnswerRefused("no ID token")
    return _identity(provider, claims)


def _identity(provider: Provider, claims: dict[str, Any]) -> Identity:
    subject, email = claims["sub"], claims.get("email")
    if not subject or len(subject) > 255:  # OpenID Connect Core, section 2
        raise AnswerRefused("ID token: subject")
    # Nothing but a plain true: an address that somebody only claims would be a way into the
    # account of whoever it belongs to.
    verified = claims.get("email_verified") is True and isinstance(email, str)
    return Identity(provider.issuer, subject, email if verified else None)


def _expected(provider: Provider) -> dict[str, Any]:
    """What an ID token has to say. Without the audience Authlib would take one that the provider
    has signed for another program."""
    return {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "iat": {"essential": True},
        "nonce": {"essential": True},
    }


async def _ready(provider: Provider) -> StarletteOAuth2App:
    """The client, once the provider has said where its parts are, and that it is the one meant."""
    import httpx2

    client = _client(provider)
    try:
        said = await client.load_server_metadata()
    except (httpx2.HTTPError, ValueError) as error:
        raise ProviderUnreachable(type(error).__name__) from None
    if said.get("issuer") != provider.issuer:
        raise ProviderUnfit("issuer")
    for part in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        address = said.get(part)
        if not isinstance(address, str) or not _as_safe(address, provider.issuer):
            raise ProviderUnfit(part)
    offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    said["id_token_signing_alg_values_supported"] = [
        each for each in offered if each in _SIGNATURES
    ]
    if not said["id_token_signing_alg_values_supported"]:
        raise ProviderUnfit("id_token_signing_alg_values_supported")
    return client


def _as_safe(address: str, issuer: str) -> bool:
    """Whether a part of the provider is reached by HTTPS if the provider is."""
    return address.startswith("https://" if issuer.startswith("https://") else "http")


@cache
def _client(provider: Provider) -> StarletteOAuth2App:
    from authlib.integrations.starlette_client import OAuth

    found: StarletteOAuth2App = OAuth().register(
        "openid",
        client_id=provider.client_id,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "timeout": _PATIENCE_SECONDS,
        },
    )
    return found
