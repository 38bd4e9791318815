"""What would Azure API Management answer this client certificate under this policy, and why?

The same engine as the command line, for test suites, services and notebooks::

    certificates = certgate.load("client.pfx", password="…")
    store = certgate.TrustStore.load("trust/")
    policy = certgate.Policy.load("policy.xml")
    outcome = certgate.validate(certificates.leaf, policy, certgate.Gateway(trust=store))
    outcome.decision, outcome.status, outcome.reason

A certificate or a policy that says no is a value. What cannot be read raises :class:`InputError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.version import __version__

if TYPE_CHECKING:
    from certgate.api import load, validate, verify
    from certgate.core.errors import CertgateError, InputError, PasswordError, UsageError
    from certgate.core.world import World
    from certgate.gateway.exchange import Request
    from certgate.gateway.policy_set import Policy
    from certgate.gateway.settings import Gateway
    from certgate.pki.certificate import Certificate
    from certgate.pki.trust import TrustStore

__all__ = [
    "CertgateError",
    "Certificate",
    "Gateway",
    "InputError",
    "PasswordError",
    "Policy",
    "Request",
    "TrustStore",
    "UsageError",
    "World",
    "__version__",
    "load",
    "validate",
    "verify",
]

_HOMES = {
    "Certificate": "certgate.pki.certificate",
    "CertgateError": "certgate.core.errors",
    "Gateway": "certgate.gateway.settings",
    "InputError": "certgate.core.errors",
    "PasswordError": "certgate.core.errors",
    "Policy": "certgate.gateway.policy_set",
    "Request": "certgate.gateway.exchange",
    "TrustStore": "certgate.pki.trust",
    "UsageError": "certgate.core.errors",
    "World": "certgate.core.world",
    "load": "certgate.api",
    "validate": "certgate.api",
    "verify": "certgate.api",
}


def __getattr__(name: str) -> object:
    # Each name is loaded when it is first used, so that `import certgate` and the quick commands stay quick.
    if name not in _HOMES:
        raise AttributeError(f"module 'certgate' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
