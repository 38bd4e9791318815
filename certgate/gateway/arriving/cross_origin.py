"""Cross-origin requests: what ``cors`` answers to a preflight, and what it adds to the answer of an actual request.

Knows fact sheet §5.7.2. Which policies are asked in a preflight is decided before the first policy of inbound runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from certgate.gateway.ending import Answered
from certgate.gateway.exchange import Headers, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

ANY = "*"
DEFAULT_METHODS = ("GET", "POST")
_APPLIED = "cors"


def preflight(inbound: Sequence[Element], run: Run) -> End | None:
    """The answer to a preflight: of the ``cors`` that stand directly in inbound, and of no other policy. None: this is
    no preflight, or there is no such policy."""
    asked = tuple(_direct(inbound))
    if not asked or not is_preflight(run):
        return None
    run.assume("cors-preflight")
    return run.elements(asked) or Answered(asked[-1], Response())


def _direct(elements: Iterable[Element]) -> Iterator[Element]:
    for element in elements:
        if element.name == "cors":
            yield element
        elif element.name == "include-fragment":
            yield from _direct(element.children)


def is_preflight(run: Run) -> bool:
    """Whether a browser asks what it may send, and no ``OPTIONS`` operation of the API answers it."""
    request = run.exchange.request
    if request.method != "OPTIONS" or not _origin(run) or not request.headers.get("Access-Control-Request-Method"):
        return False
    return str((run.context.operation or {}).get("method") or "").upper() != "OPTIONS"


def cors(element: Element, run: Run) -> End | None:
    """What one ``cors`` does to a request."""
    origin = _origin(run)
    if origin is None:
        run.says("no effect: the request has no Origin")
        return None
    if _APPLIED in run.once:
        run.says("no effect: a cors before it applied")
        return None
    allowed = _allowed(element, run, origin)
    if allowed is None:
        return _unmatched(element, run, origin)
    run.once.add(_APPLIED)
    credentials = run.flag(element, "allow-credentials")
    headers = Headers({"Access-Control-Allow-Origin": origin if credentials else allowed})
    if credentials:
        headers.set("Access-Control-Allow-Credentials", ["true"])
    if is_preflight(run):
        _preflight_headers(element, run, headers)
        run.says(f"answers the preflight of {origin}")
        return Answered(element, Response(headers=headers))
    if exposed := _texts(element, run, "expose-headers", "header"):
        headers.set("Access-Control-Expose-Headers", [", ".join(exposed)])
    run.at_end(element, lambda response: _add(response, headers))
    run.says(f"{origin} is allowed: the answer will say so")
    return None


def _add(response: Response | None, headers: Headers) -> None:
    if response is not None:
        for name, values in headers:
            response.headers.set(name, values)


def _unmatched(element: Element, run: Run, origin: str) -> End | None:
    asked_first = is_preflight(run)
    if not asked_first and run.exchange.request.method not in ("GET", "HEAD"):
        run.says(f"{origin} is not allowed: the request goes on, and the answer will not allow it")
        return None
    if element.value("terminate-unmatched-request") is None:
        run.assume("cors-terminate-unmatched")
    elif not run.flag(element, "terminate-unmatched-request"):
        run.says(f"{origin} is not allowed, and terminate-unmatched-request is off: not answered here")
        return None
    run.says(f"{origin} is not allowed: answered with an empty 200")
    return Answered(element, Response())


def _origin(run: Run) -> str | None:
    found = run.exchange.request.headers.get("Origin")
    return found[0].strip() if found and found[0].strip() else None


def _texts(element: Element, run: Run, group: str, name: str) -> list[str]:
    """The texts of a list in the policy; an empty one says nothing."""
    holders = [child for each in element.named(group) for child in each.named(name)]
    return [text for holder in holders if (text := run.content(element, holder))]


def _allowed(element: Element, run: Run, origin: str) -> str | None:
    """What the answer says of an origin that the policy allows: ``*`` or the origin; None for another one."""
    found = _texts(element, run, "allowed-origins", "origin")
    if ANY in found:
        return ANY
    return origin if site(origin) in map(site, found) else None


def site(text: str) -> tuple[str, str, int | None] | str:
    """Scheme, host and port of an address, a port that is left out filled in; other text as it is."""
    try:
        parts = urlsplit(text)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return text
    return (parts.scheme, parts.hostname, port) if parts.hostname else text


def _preflight_headers(element: Element, run: Run, headers: Headers) -> None:
    request = run.exchange.request.headers
    methods = _texts(element, run, "allowed-methods", "method") or list(DEFAULT_METHODS)
    names = _texts(element, run, "allowed-headers", "header")
    asked = request.get("Access-Control-Request-Headers")
    headers.set("Access-Control-Allow-Methods", [_told(methods, request.get("Access-Control-Request-Method"))])
    if told := _told(names, asked):
        headers.set("Access-Control-Allow-Headers", [told])
    age = [run.value(element, "preflight-result-max-age", holder) for holder in element.named("allowed-methods")]
    headers.set("Access-Control-Max-Age", [str(age[0]) if age and age[0] is not None else "0"])


def _told(allowed: list[str], asked: list[str] | None) -> str:
    """A list as the answer has it; where anything is allowed, what was asked for."""
    return ", ".join(asked or () if ANY in allowed else allowed)
