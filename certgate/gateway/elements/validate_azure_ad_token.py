"""``validate-azure-ad-token``: a token of Microsoft Entra against tenant, calling application, audience, claims.

The tenant's keys come from recorded OpenID configurations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Declaration,
    Order,
    Section,
    Shape,
    TextKind,
)

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_FLAG = AttributeType.BOOL
_TEXT = Shape(text=TextKind.BOTH)
_APPLICATIONS = Shape(children=(Child("application-id", 1, None, Shape(text=TextKind.LITERAL)),))
_CLAIM = Shape(
    attributes=(
        Attribute("name", required=True, expression=True),
        Attribute("match", AttributeType.ENUM, default="all", expression=True, values=("all", "any")),
        Attribute("separator", expression=True),
    ),
    children=(Child("value", 0, None, _TEXT),),
)
_KEY = Shape(attributes=(Attribute("id"), Attribute("certificate-id")))


@element(
    Declaration(
        "validate-azure-ad-token",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("tenant-id", required=True, expression=True),
                Attribute("header-name", default="Authorization", expression=True),
                Attribute("query-parameter-name", expression=True),
                Attribute("token-value", expression=True),
                Attribute("authentication-endpoint"),
                Attribute("failed-validation-httpcode", AttributeType.INT, default="401", expression=True),
                Attribute("failed-validation-error-message", expression=True),
                Attribute("output-token-variable-name", expression=False),
                Attribute("require-scheme"),
                Attribute("allow-protected-forwarded-tokens", _FLAG, expression=True),
                Attribute("allow-proof-of-possession-tokens", _FLAG, expression=True),
            ),
            children=(
                Child("backend-application-ids", shape=_APPLICATIONS),
                Child("client-application-ids", shape=_APPLICATIONS),
                Child("audiences", shape=Shape(children=(Child("audience", 1, None, _TEXT),))),
                Child("required-claims", shape=Shape(children=(Child("claim", 1, None, _CLAIM),))),
                Child("decryption-keys", shape=Shape(children=(Child("key", 1, None, _KEY),))),
            ),
            order=Order.ALL,
        ),
        page="validate-azure-ad-token-policy",
        does="refuses a request without a valid token",
        deviations=(
            "The tenant's OpenID configuration comes from recorded answers only, by the address of version 2.0 or 1.0.",
            "Reasons and messages are those of validate-jwt: the page names none.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.tokens.entra import entra_rules
    from certgate.gateway.tokens.validation import validate

    return validate(element, run, lambda: entra_rules(element, run))
