"""What would Azure API Management answer this client certificate under this policy, and why?

The same engine as the command line, for test suites, services and notebooks::

    certificates = certgate.load("client.pfx", password="…")
    store = certgate.TrustStore.load("trust/")
    policy = certgate.Policy.load("policy.xml")
    outcome = certgate.validate(certificates.leaf, policy, certgate.Gateway(trust=store))
    outcome.decision, outcome.status, outcome.reason
    certgate.evaluate("@(context.Request.Certificate.Subject)", client=certificates)

A certificate or a policy that says no is a value. What cannot be read raises :class:`InputError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.version import __version__

if TYPE_CHECKING:
    from certgate.api import load, validate, verify
    from certgate.api import value as evaluate
    from certgate.core.errors import CertgateError, InputError, PasswordError, UsageError
    from certgate.core.world import World
    from certgate.gateway.exchange import Request
    from certgate.gateway.expression import ExpressionError
    from certgate.gateway.policy_set import Policy
    from certgate.gateway.session import Session
    from certgate.gateway.settings import Gateway
    from certgate.pki.certificate import Certificate
    from certgate.pki.stores.rotation import Rotation
    from certgate.pki.stores.trust import TrustStore

__all__ = [
    "CertgateError",
    "Certificate",
    "ExpressionError",
    "Gateway",
    "InputError",
    "PasswordError",
    "Policy",
    "Request",
    "Rotation",
    "Session",
    "TrustStore",
    "UsageError",
    "World",
    "__version__",
    "evaluate",
    "load",
    "validate",
    "verify",
]

_HOMES = {
    "Certificate": "certgate.pki.certificate",
    "CertgateError": "certgate.core.errors",
    "ExpressionError": "certgate.gateway.expression",
    "Gateway": "certgate.gateway.settings",
    "InputError": "certgate.core.errors",
    "PasswordError": "certgate.core.errors",
    "Policy": "certgate.gateway.policy_set",
    "Request": "certgate.gateway.exchange",
    "Rotation": "certgate.pki.stores.rotation",
    "Session": "certgate.gateway.session",
    "TrustStore": "certgate.pki.stores.trust",
    "UsageError": "certgate.core.errors",
    "World": "certgate.core.world",
    "evaluate": "certgate.api:value",
    "load": "certgate.api",
    "validate": "certgate.api",
    "verify": "certgate.api",
}
"""Name -> its module, and the name that it has there where that is another one."""


def __getattr__(name: str) -> object:
    # Each name is loaded when it is first used, so that `import certgate` and the quick commands stay quick.
    if name not in _HOMES:
        raise AttributeError(f"module 'certgate' has no attribute '{name}'")
    from importlib import import_module

    home, _, own = _HOMES[name].partition(":")
    value = getattr(import_module(home), own or name)
    globals()[name] = value
    return value
