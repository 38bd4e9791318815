"""One certificate of ``certgate verify``: the verdicts on it, what a policy makes of them, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from certgate.core.world import World
    from certgate.gateway.certificates.authorities import Authorities
    from certgate.pki.certificate import Certificate
    from certgate.pki.chains.candidates import Alternatives
    from certgate.pki.files.load import Certificates
    from certgate.pki.stores.trust import TrustStore
    from certgate.pki.verdict import Revocation, Verdict
    from certgate.result import PolicyWay, VerifiedCertificate

_SCOPE = "exclude-root"
"""What ``Verify()`` asks: .NET's default."""


@frozen
class Question:
    """What is asked of every certificate of a run."""

    authorities: Authorities
    world: World
    mode: Revocation
    scope: str = _SCOPE
    purpose: str | None = None
    all_paths: bool = False

    @property
    def store(self) -> TrustStore:
        """The trust store as a gateway of that tier uses it."""
        return self.authorities.store

    @property
    def plain(self) -> bool:
        """Whether it is what ``Verify()`` asks in a policy: no purpose, and revocation of all but the root."""
        return self.purpose is None and (self.scope == _SCOPE or self.mode == "none")

    @property
    def title(self) -> str:
        """What the verdict answers."""
        if self.plain:
            return "VerifyNoRevocation()" if self.mode == "none" else "Verify()"
        parts = [f"purpose {self.purpose}"] if self.purpose is not None else []
        parts += [f"revocation {self.scope if self.mode != 'none' else 'none'}"]
        return f"X509Chain.Build() with {', '.join(parts)}"


def verified(item: Certificates, question: Question) -> VerifiedCertificate:
    from certgate.gateway.certificates.chain_hints import chain_hints, date_hints, settle
    from certgate.pki.verdict import Revocation
    from certgate.result import Client, VerifiedCertificate

    leaf, revocation = item.leaf, question.mode is not Revocation.NONE
    verdict = _ask(item, question, question.mode, question.scope, question.purpose)
    without = _ask(item, question, Revocation.NONE)
    full = (verdict if question.plain else _ask(item, question, question.mode)) if revocation else None
    authorities = question.authorities
    own = authorities.own
    hints = [*authorities.limit(), *authorities.hints(verdict)]
    hints += [*chain_hints(verdict, question.store, own=own)]
    hints += date_hints(leaf, question.world.now) if verdict.build is False else ()
    return VerifiedCertificate(
        client=Client(item.source, leaf.thumbprint, leaf.subject),
        question=question.title,
        verdict=verdict,
        verify=full,
        without_revocation=without,
        policy=_policy(leaf, question.world, without, full),
        settle=settle(verdict, own=own) if verdict.build is None else (),
        hints=tuple(dict.fromkeys(hints)),
        paths=_paths(item, question, verdict) if question.all_paths else None,
    )


def _ask(
    item: Certificates, question: Question, mode: Revocation, scope: str = _SCOPE, purpose: str | None = None
) -> Verdict:
    from certgate import api

    return api.verify(
        item.leaf,
        question.store,
        world=question.world,
        extra=item.others,
        revocation=mode,
        revocation_scope=scope,
        purpose=purpose,
    )


def _policy(leaf: Certificate, world: World, without: Verdict, full: Verdict | None) -> tuple[PolicyWay, ...]:
    from certgate.gateway.certificates.client_certificate import standard
    from certgate.result import PolicyWay

    return tuple(
        PolicyWay(given, failure.reason, failure.text, failure.confirmed) if failure else PolicyWay(given)
        for given, failure in standard(leaf, world.now, without, full)
    )


def _paths(item: Certificates, question: Question, verdict: Verdict) -> Alternatives:
    from certgate.pki.chains import alternatives

    return alternatives.find(item.leaf, question.store, now=question.world.now, extra=item.others, taken=verdict)
