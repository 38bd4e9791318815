"""``System.Net.HttpStatusCode``, which the gateway refuses by name but which a cast can make."""

from __future__ import annotations

from certgate.csharp.types import define_enum

_NAMES = """\
100 Continue SwitchingProtocols Processing EarlyHints
200 OK Created Accepted NonAuthoritativeInformation NoContent
205 ResetContent PartialContent MultiStatus AlreadyReported
226 IMUsed
300 MultipleChoices MovedPermanently Found SeeOther NotModified UseProxy Unused TemporaryRedirect PermanentRedirect
400 BadRequest Unauthorized PaymentRequired Forbidden NotFound MethodNotAllowed NotAcceptable
407 ProxyAuthenticationRequired
408 RequestTimeout Conflict Gone LengthRequired PreconditionFailed RequestEntityTooLarge RequestUriTooLong
415 UnsupportedMediaType RequestedRangeNotSatisfiable ExpectationFailed
421 MisdirectedRequest UnprocessableEntity Locked FailedDependency
426 UpgradeRequired
428 PreconditionRequired TooManyRequests
431 RequestHeaderFieldsTooLarge
451 UnavailableForLegalReasons
500 InternalServerError NotImplemented BadGateway ServiceUnavailable GatewayTimeout HttpVersionNotSupported
506 VariantAlsoNegotiates InsufficientStorage LoopDetected
510 NotExtended NetworkAuthenticationRequired
"""


def _constants() -> dict[str, int]:
    """Each line counts on from its number."""
    found: dict[str, int] = {}
    for line in _NAMES.splitlines():
        first, *names = line.split()
        found.update({name: int(first) + index for index, name in enumerate(names)})
    found |= {"Ambiguous": 300, "Moved": 301, "Redirect": 302, "RedirectMethod": 303, "RedirectKeepVerb": 307}
    found["UnprocessableContent"] = 422
    return found


STATUS = define_enum("System.Net.HttpStatusCode", _constants())
