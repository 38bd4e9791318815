"""``validate-jwt``: a token of the request against keys, lifetime, audience, issuer and claims.

The keys come from the policy, from uploaded certificates, or from recorded OpenID configurations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Order, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_FLAG = AttributeType.BOOL
_TEXT = Shape(text=TextKind.BOTH)
_ZUMO = Shape(attributes=(Attribute("id"),), text=TextKind.BOTH)
_KEY = Shape(
    attributes=(
        Attribute("id"),
        Attribute("certificate-id"),
        Attribute("n", expression=False),
        Attribute("e", expression=False),
    ),
    text=TextKind.BOTH,
)
_SIGNING = Shape(
    children=(Child("key", 0, None, _KEY), Child("zumo-master-key", 0, None, _ZUMO)),
    order=Order.CHOICE,
)
_OPENID = (Attribute("url", required=True), Attribute("host"), Attribute("validate-connectivity", _FLAG))
_CLAIM = Shape(
    attributes=(
        Attribute("name", required=True),
        Attribute("match", AttributeType.ENUM, default="all", expression=True, values=("all", "any")),
        Attribute("separator"),
    ),
    children=(Child("value", 0, None, _TEXT),),
)


@element(
    Declaration(
        "validate-jwt",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("header-name", expression=True),
                Attribute("query-parameter-name", expression=True),
                Attribute("token-value", expression=True),
                Attribute("failed-validation-httpcode", AttributeType.INT, default="401", expression=True),
                Attribute("failed-validation-error-message", expression=True),
                Attribute("require-expiration-time", _FLAG, default="true", expression=True),
                Attribute("require-scheme", expression=True),
                Attribute("require-signed-tokens", _FLAG, default="true", expression=True),
                Attribute("clock-skew", AttributeType.DURATION, default="0", expression=True),
                Attribute("output-token-variable-name", expression=False),
            ),
            children=(
                Child("openid-config", 0, None, Shape(attributes=_OPENID)),
                Child("issuer-signing-tokens", shape=Shape(children=(Child("token", 0, None, _TEXT),))),
                Child("issuer-signing-keys", shape=_SIGNING),
                Child("decryption-keys", shape=Shape(children=(Child("key", 1, None, _KEY),))),
                Child("audiences", shape=Shape(children=(Child("audience", 0, None, _TEXT),))),
                Child("issuers", shape=Shape(children=(Child("issuer", 0, None, _TEXT),))),
                Child("required-claims", shape=Shape(children=(Child("claim", 0, None, _CLAIM),))),
            ),
        ),
        page="validate-jwt-policy",
        does="refuses a request without a valid token",
        deviations=(
            "OpenID configurations come from recorded answers only, and are read anew for every request.",
            "Messages of the token library are shortened: they never hold the token or a key.",
            "Tokens encrypted with other algorithms than AES-CBC with HMAC are undecided.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.tokens.rules import jwt_rules
    from certgate.gateway.tokens.validation import validate

    return validate(element, run, lambda: jwt_rules(element, run))
