"""What a policy asks of a token, evaluated: the rules that both policies share, and the keys of ``validate-jwt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.gateway.amounts import amount, switch, texts
from certgate.gateway.tokens import keys
from certgate.gateway.tokens.claims import Lifetime, Required
from certgate.gateway.tokens.keys import Key
from certgate.gateway.tokens.openid import Provider, providers
from certgate.gateway.tokens.reasons import Invalid, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@frozen
class Rules:
    """`issuers` may hold ``{tenantid}``: the token's own tenant."""

    lifetime: Lifetime
    keys: tuple[Key, ...]
    decryption: tuple[Key, ...] = ()
    audiences: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    claims: tuple[Required, ...] = ()
    clients: tuple[str, ...] = ()
    """The applications that may call, by ``appid`` or ``azp``; none given: any may."""
    signed: bool = True


def jwt_rules(element: Element, run: Run) -> Rules | Invalid | Unknown:
    """The rules of a ``validate-jwt``."""
    for name in ("issuer-signing-tokens", "zumo-master-key"):
        if any(child.name == name for child in element.walk()):
            return Unknown(f"certgate does not simulate {name}, which no page describes")
    own = key_list(element, run, "issuer-signing-keys")
    if isinstance(own, Unknown):
        return own
    decryption = key_list(element, run, "decryption-keys")
    if isinstance(decryption, Unknown):
        return decryption
    urls = [_text(run, element, child, "url") for child in element.named("openid-config")]
    found: tuple[Provider, ...] | Invalid | Unknown = providers(run, urls) if urls else ()
    if not isinstance(found, tuple):
        return found
    issuers = texts(run, element, "issuers", "issuer")
    return Rules(
        Lifetime(
            run.now,
            amount(run, element, "clock-skew") or 0,
            switch(run, element, "require-expiration-time", default=True),
        ),
        keys=own + tuple(key for each in found for key in each.keys),
        decryption=decryption,
        audiences=texts(run, element, "audiences", "audience"),
        issuers=issuers + tuple(each.issuer for each in found),
        claims=tuple(required_claims(element, run)),
        signed=switch(run, element, "require-signed-tokens", default=True),
    )


def required_claims(element: Element, run: Run) -> Iterator[Required]:
    from certgate.csharp.values import to_utf16

    for group in element.named("required-claims"):
        for claim in group.named("claim"):
            allowed = [run.content(element, value) for value in claim.named("value")]
            yield Required(
                _text(run, element, claim, "name"),
                # SECURITY: a value that is null or empty is one that a token has to have, not none at all.
                tuple(to_utf16(text or "") for text in allowed),
                every=_text(run, element, claim, "match").lower() != "any",
                separator=_text(run, element, claim, "separator"),
            )


def _text(run: Run, element: Element, holder: Element, name: str) -> str:
    value = run.value(element, name, holder)
    return value if isinstance(value, str) else ""


def key_list(element: Element, run: Run, group: str) -> tuple[Key, ...] | Unknown:
    """The keys of a list of the policy. SECURITY: one that certgate cannot read makes the check unknown: it could be
    the one that fits."""
    found = []
    for holder in element.named(group):
        for child in holder.named("key"):
            key = _key(element, run, child, private=group == "decryption-keys")
            if isinstance(key, Unknown):
                return key
            found.append(key)
    return tuple(found)


def _key(element: Element, run: Run, child: Element, *, private: bool) -> Key | Unknown:
    identifier = child.literal("id")
    if child.value("certificate-id") is not None:
        name = _text(run, element, child, "certificate-id")
        certificate = run.uploaded.get(name)
        if certificate is None:
            return Unknown(f"the uploaded certificate '{name}' is not given", (), (f"--certificate {name}=FILE",))
        found = keys.private(certificate, identifier) if private else keys.of_certificate(certificate, identifier)
        return found or Unknown(f"the uploaded certificate '{name}' has no key that certgate can use here")
    if child.value("n") is not None:
        found = keys.numbers(_text(run, element, child, "n"), _text(run, element, child, "e"), identifier)
        return found or Unknown("the numbers n and e of a key make no RSA key")
    found = keys.secret(run.content(element, child) or "", identifier)
    return found or Unknown("a key is no text in base64: what the gateway makes of it is not known")
