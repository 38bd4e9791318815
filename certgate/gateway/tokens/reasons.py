"""Why a token is refused: the gateway's reasons (fact sheet §6.3) and the words of .NET's token library.

The library's texts hold the token and the keys that were tried. SECURITY: here they do not.
"""

from __future__ import annotations

from certgate.core.value import frozen

NOT_PRESENT = "TokenNotPresent"
SIGNATURE = "TokenSignatureInvalid"
KEY_NOT_FOUND = "TokenSignatureKeyNotFound"
EXPIRED = "TokenExpired"
AUDIENCE = "TokenAudienceNotAllowed"
ISSUER = "TokenIssuerNotAllowed"
CLAIM_NOT_FOUND = "TokenClaimNotFound"
CLAIM_VALUE = "TokenClaimValueNotAllowed"
OTHER = "JwtInvalid"

ABSENT_BODY = "JWT not present."
INVALID_BODY = "Invalid JWT."
"""What the built-in answer says of a token that is there, as observed."""


@frozen
class Invalid:
    """The token is refused. `library`: the message is one of the token library, whose words may differ by version."""

    reason: str
    message: str
    from_library: bool = False

    @property
    def body(self) -> str:
        return ABSENT_BODY if self.reason == NOT_PRESENT else INVALID_BODY


@frozen
class Unknown:
    """What certgate does not know about the token's check, and which options would settle it."""

    message: str
    wanted: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()


def library(reason: str, text: str) -> Invalid:
    """A failure in the words of the token library."""
    return Invalid(reason, text if reason == OTHER else f"{text.rstrip('.')}. Access denied.", from_library=True)


ABSENT = Invalid(NOT_PRESENT, ABSENT_BODY)


def missing_claims(names: list[str]) -> Invalid:
    return Invalid(CLAIM_NOT_FOUND, f"JWT token is missing the following claims: {', '.join(names)}. Access denied.")


def claim_value(name: str, values: list[str]) -> Invalid:
    return Invalid(CLAIM_VALUE, f"Claim {name} value of {','.join(values)} is not allowed. Access denied.")
