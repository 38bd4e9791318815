"""Requests a second through a compiled policy, and reading and compiling a long policy.

Times are the processor's, the best of several rounds, beside one check of a signature (evaluations) and beside what
Python's own parser of XML takes for the same bytes (reading).
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tools.bench.timing import ROOT, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate import Policy

ROUNDS = 5
COUNT = 2_000
LINES = 300

SCENARIO = """<policies>
    <inbound>
        <base />
        <validate-client-certificate validate-revocation="false">
            <identities><identity issuer-subject="%issuer%" /></identities>
        </validate-client-certificate>
        <choose>
            <when condition="@(context.Request.Certificate.Thumbprint != &quot;%thumbprint%&quot;)">
                <return-response><set-status code="403" reason="Invalid client certificate" /></return-response>
            </when>
        </choose>
        <set-header name="X-Client" exists-action="override">
            <value>@(context.Request.Certificate.Subject)</value>
        </set-header>
    </inbound>
</policies>"""

_WHEN = """            <when condition={condition}>
                <return-response>
                    <set-status code="403" reason="Client {number} may not call this" />
                    <set-header name="X-Client" exists-action="override">
                        <value>@(context.Request.Certificate.GetNameInfo(X509NameType.SimpleName, false))</value>
                    </set-header>
                </return-response>
            </when>
"""


def gateway() -> None:
    verify = _signature_check()
    print("requests through compiled policies, verdicts remembered (processor time)")
    for label, ask in _scenarios():
        taken = _best(ask, COUNT)
        print(f"  {label:32} {1 / taken:8,.0f} a second   ({taken / verify:.2f} x a check of a signature)")
    text = _long_policy()
    own, other = _best(lambda: _read(text), 1), _best(lambda: ElementTree.fromstring(text), 1)  # noqa: S314 - own text
    print(f"reading and compiling a policy of {text.count(chr(10))} lines, {text.count('condition=') * 2} expressions")
    print(f"  {'beside reading its XML':32} {own / other:5.1f} x   ({own * 1000:.1f} ms)")


def _scenarios() -> list[tuple[str, Callable[[], object]]]:
    from certgate import Gateway, Policy, Request, TrustStore, World, api, load

    client = load(ROOT / SAMPLES / "partner-a.cer").leaf
    settings = Gateway(trust=TrustStore.load(ROOT / SAMPLES / "trust"))
    text = SCENARIO.replace("%issuer%", client.issuer).replace("%thumbprint%", client.thumbprint)
    policies = (
        ("Microsoft's thumbprint sample", _sample(client.thumbprint)),
        ("checks, identity, header", Policy.parse(text)),
    )
    world, request = World(), Request()

    def asking(policy: Policy) -> Callable[[], object]:
        def ask() -> object:
            return api.validate(client, policy, settings, request=request, world=world, trace=False)

        return ask

    return [(label, asking(policy)) for label, policy in policies]


def _sample(thumbprint: str) -> Policy:
    from certgate import Policy

    return Policy.load(ROOT / "sample-policies" / "thumbprint.xml", named_values={"allowed-thumbprint": thumbprint})


def _read(text: str) -> None:
    from certgate import Policy

    if not Policy.parse(text).documents:
        sys.exit("the policy is sound")


def _long_policy() -> str:
    branches = "".join(
        _WHEN.format(
            number=number,
            condition=quoteattr(
                f'@(context.Request.Certificate == null || context.Request.Certificate.Thumbprint == "{number:040X}"'
                f' || !context.Request.Headers.GetValueOrDefault("X-Tenant", "").StartsWith("t{number}"))'
            ),
        )
        for number in range((LINES - 10) // _WHEN.count("\n"))
    )
    head, tail = "<policies>\n    <inbound>\n        <base />\n        <choose>\n", "    </inbound>\n</policies>\n"
    return f"{head}{branches}        </choose>\n{tail}"


def _signature_check() -> float:
    key = ec.generate_private_key(ec.SECP256R1())
    signature = key.sign(b"certgate", ec.ECDSA(hashes.SHA256()))
    public = key.public_key()
    return _best(lambda: public.verify(signature, b"certgate", ec.ECDSA(hashes.SHA256())), COUNT)


def _best(function: Callable[[], object], count: int) -> float:
    """Seconds of the processor for one call."""
    rounds = []
    function()
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(count):
            function()
        rounds.append((time.process_time() - start) / count)
    return min(rounds)
