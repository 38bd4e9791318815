"""What to do next: one sentence for each thing in a run that usually has one cause. Never changes an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.gateway.arriving import arrival
from certgate.gateway.certificates.chain_hints import chain_hints, date_hints
from certgate.gateway.outcome import Decision
from certgate.gateway.sending.backend import BackendAnswers
from certgate.policy.declaration import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.core.source import Place
    from certgate.gateway.certificates.identity import Comparison
    from certgate.gateway.outcome import Outcome
    from certgate.gateway.run import Run
    from certgate.pki.certificate import Certificate

_PLACEHOLDERS = {
    "trusted-issuer": ("the issuer's full name", "issuer"),
    "expected-subject-name": ("the client's full subject", "subject"),
    "DESIRED-THUMBPRINT-IN-UPPER-CASE": ("the client's thumbprint", "thumbprint"),
}
"""What Microsoft's samples leave to fill in -> what belongs there, and the member of the certificate that holds it."""

_DATES = ("NotAfter", "NotBefore", "GetExpirationDateString", "GetEffectiveDateString")
"""The members of a certificate that have its dates."""

_STRING = r'"((?:[^"\\]|\\.)*)"'
_SEPARATORS = str.maketrans("", "", ":-\u200e\u200f\ufeff")
_MISSING_KEY = r"The given key '(.*)' was not present"
_HEX = r"[0-9A-Fa-f]+"


def hints(outcome: Outcome, run: Run) -> tuple[str, ...]:
    """All that apply, the most useful first, none twice."""
    return tuple(dict.fromkeys(hint for rule in _RULES for hint in rule(outcome, run)))


def _expressions(outcome: Outcome) -> Iterator[tuple[str, Place]]:
    for step in outcome.steps:
        for evaluated in step.expressions:
            yield evaluated.text, evaluated.place


def _arrival(outcome: Outcome, run: Run) -> Iterator[str]:
    """Why there is no certificate although the client has one, and what the protocol does."""
    if run.stopped:
        yield f"{run.stopped}: the request never reached the gateway"
    elif (
        run.situation.certificate is not None
        and run.certificate is None
        and run.arrival.why
        # What has come in a header was enough.
        and not (run.arrival.forwarded and outcome.decision is Decision.ACCEPTED)
    ):
        yield f"no certificate on the connection: {run.arrival.why}; {run.arrival.remedy}"
    yield from arrival.notes(run.situation, outcome.status is not None)


def _passed_over(_outcome: Outcome, run: Run) -> Iterator[str]:
    """A gate that is not there lets everybody in."""
    for element in run.passed_over:
        yield f"{element.place()}: a self-hosted gateway passes {element.name} over: what it should refuse goes through"


def _forgeable(outcome: Outcome, run: Run) -> Iterator[str]:
    """Nothing in a header proves who sent it (fact sheet §8.3)."""
    header = run.arrival.forwarded
    if header and outcome.decision is Decision.ACCEPTED and all(step.element != "ip-filter" for step in outcome.steps):
        yield (
            f"whoever reaches the gateway can send the header {header}, and it proves no private key: let only the "
            "proxy through, by the network or <ip-filter>"
        )


def _placeholder(outcome: Outcome, run: Run) -> Iterator[str]:
    if outcome.decision is Decision.ACCEPTED:
        return
    for text, place in _expressions(outcome):
        for literal in re.findall(_STRING, text):
            if literal in _PLACEHOLDERS:
                meaning, member = _PLACEHOLDERS[literal]
                value = f", here '{getattr(run.certificate, member)}'" if run.certificate else ""
                yield f"{place}: the placeholder '{literal}' is still in the policy; put {meaning} there{value}"


def _null(outcome: Outcome, run: Run) -> Iterator[str]:
    error = outcome.last_error
    if run.certificate is None and error and "Object reference not set" in error.message:
        for text, place in _expressions(outcome):
            if "context.Request.Certificate" in text and "Certificate == null" not in text:
                yield (
                    f"{place}: reads context.Request.Certificate without a test for null, so a client without "
                    "certificate gets 500; begin with context.Request.Certificate == null ||"
                )


def _thumbprint(outcome: Outcome, run: Run) -> Iterator[str]:
    for text, place in _expressions(outcome):
        if "humbprint" in text:
            for literal in re.findall(_STRING, text):
                if fault := _thumbprint_fault(literal, run.certificate):
                    yield f"{place}: {fault}"


def _bare(text: str) -> str:
    """`text` without blanks, separators and what cannot be seen."""
    return "".join(text.translate(_SEPARATORS).split())


def _thumbprint_fault(literal: str, certificate: Certificate | None) -> str | None:
    """Why a text that is meant for a thumbprint is never equal to one, or None."""
    digits = _bare(literal)
    if len(digits) not in (40, 64) or not re.fullmatch(_HEX, digits):
        return None
    if literal == digits.upper() and len(digits) == 40:
        return None
    same = certificate is not None and digits.upper() == certificate.thumbprint
    whose = "the client's thumbprint" if same else f"the thumbprint {literal[:80]!r}"
    if len(digits) == 64:
        return f"{whose} has 64 digits (SHA-256); Thumbprint is SHA-1 and has 40"
    faults = [
        word
        for word, wrong in (
            ("lower case", digits != digits.upper()),
            ("separators or hidden characters", digits != literal),
        )
        if wrong
    ]
    return f"{whose} has {' and '.join(faults)}, and is never equal to Thumbprint: write {digits.upper()}"


def _chain(outcome: Outcome, run: Run) -> Iterator[str]:
    if outcome.verdict is None:
        return
    yield from run.gateway.authorities.limit()
    if outcome.decision is not Decision.ACCEPTED:
        yield from run.gateway.authorities.hints(outcome.verdict)
        yield from chain_hints(outcome.verdict, run.situation.trust, own=run.gateway.authorities.own)


def _dates(outcome: Outcome, run: Run) -> Iterator[str]:
    if run.certificate is not None and outcome.decision is not Decision.ACCEPTED and _dates_count(outcome):
        yield from date_hints(run.certificate, run.now)


def _dates_count(outcome: Outcome) -> bool:
    """Has anything looked at the dates of the certificate?"""
    return (
        outcome.verdict is not None
        or any(step.element == "validate-client-certificate" for step in outcome.steps)
        or any(member in text for text, _ in _expressions(outcome) for member in _DATES)
    )


def _limit(outcome: Outcome, _run: Run) -> Iterator[str]:
    """When a limit of calls that is used up lets the next one pass."""
    for seconds in outcome.headers.get("Retry-After", ()):
        if outcome.decision is Decision.REJECTED and seconds.isdecimal():
            yield (
                f"the limit counts the requests of this run: one that comes {seconds} s later passes, in a file of "
                f'--request with "at": a moment, or relative to --at'
            )


def _identity(outcome: Outcome, run: Run) -> Iterator[str]:
    for comparison in run.comparisons:
        if comparison.relaxed:
            yield (
                f"{comparison.attribute} '{comparison.wanted}' matches '{comparison.actual}' only if the gateway "
                f"overlooks {comparison.relaxed}"
            )
        elif not comparison.matched and comparison.attribute in ("thumbprint", "issuer-thumbprint"):
            yield from _identity_thumbprint(comparison)
    if any(each.id == "identity-empty" for each in outcome.assumptions):
        yield "an identity without attributes lets every certificate through: name a thumbprint, a subject or an issuer"


def _identity_thumbprint(comparison: Comparison) -> Iterator[str]:
    digits = _bare(comparison.wanted)
    if digits != comparison.wanted and digits.upper() == comparison.actual:
        fault = "has separators or hidden characters, which are not stripped"
        yield f"{comparison.attribute} {fault}: write {comparison.actual}"


def _certificate_id(outcome: Outcome, run: Run) -> Iterator[str]:
    """Ids of uploaded certificates are compared with regard to case (fact sheet §3)."""
    found = re.search(_MISSING_KEY, outcome.last_error.message) if outcome.last_error else None
    for identifier in run.situation.uploaded if found else ():
        if found and found[1] != identifier and found[1].casefold() == identifier.casefold():
            yield f"an uploaded certificate has the id '{identifier}', not '{found[1]}': case counts"


def _ignored(outcome: Outcome, run: Run) -> Iterator[str]:
    if any(each.id == "ignore-error" for each in outcome.assumptions):
        yield 'ignore-error="true" let the request go on after a failed check: the policy protects nothing by itself'


def _status(outcome: Outcome, run: Run) -> Iterator[str]:
    for step in outcome.steps:
        if step.element == "set-status" and step.effect.startswith("no effect"):
            yield f"{step.place}: set-status changes nothing before there is a response; put it in <return-response>"


def _unknown_parts(outcome: Outcome, run: Run) -> Iterator[str]:
    if outcome.backend is not None:
        for part, element in run.exchange.unknown.items():
            if part == "context.Variables":
                continue
            yield f"the backend request is shown without what {element} puts into it ({part}), which is not known here"


def _backend_answer(outcome: Outcome, run: Run) -> Iterator[str]:
    """A policy of outbound could make nothing of the answer that stands in for the backend's."""
    if outcome.backend is None or run.gateway.backend_response != BackendAnswers():
        return
    failed = outcome.last_error is not None and outcome.last_error.section == Section.OUTBOUND
    stuck = outcome.decision is Decision.UNDECIDED and outcome.steps and outcome.steps[-1].section == Section.OUTBOUND
    if failed or stuck:
        yield "the backend's answer is not given, so it is 200 without headers and body: say --backend-response FILE"


_RULES: tuple[Callable[[Outcome, Run], Iterator[str]], ...] = (
    _passed_over,
    _placeholder,
    _arrival,
    _forgeable,
    _null,
    _thumbprint,
    _dates,
    _limit,
    _chain,
    _identity,
    _certificate_id,
    _ignored,
    _status,
    _unknown_parts,
    _backend_answer,
)
