"""Certificate authorities and tiers: what of the trust store counts, and what has to be said where some of it does not.

The rules of fact sheet §2.2 and §2.6. Knows neither requests nor policies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.value import frozen, replace
from certgate.gateway.tiers import CLASSIC, OWN_AUTHORITIES, SELF_HOSTED
from certgate.pki.verdict import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.pki.certificate import Certificate
    from certgate.pki.stores.trust import TrustStore
    from certgate.pki.verdict import Verdict

LIMIT = 10
"""CA certificates that a service takes."""

_THUMBPRINT_DIGITS = 40


@frozen
class Authorities:
    """Whom a gateway of a tier trusts. `uploaded` is the trust store as it was given; `untrusted` are thumbprints of
    the authorities of a self-hosted gateway whose ``isTrusted`` is false."""

    uploaded: TrustStore
    tier: str = "premium"
    untrusted: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Whether CA certificates of its own count for client certificates."""
        return self.tier in OWN_AUTHORITIES

    @property
    def store(self) -> TrustStore:
        """The trust store as this gateway uses it: chains are built with this one."""
        not_anchors = self.untrusted if self.tier == SELF_HOSTED else ()
        return self.uploaded if self.own and not not_anchors else _used(self.uploaded, self.own, not_anchors)

    def assumptions(self, verdict: Verdict) -> Iterator[str]:
        """The assumptions that a chain built by this gateway rests on."""
        if not self.own:
            if self.uploaded.roots or self.uploaded.intermediates:
                yield "own-authorities"
        elif self.tier in CLASSIC:
            if self._count > LIMIT and any(each.origin in _FROM_STORE for each in verdict.elements):
                yield "authority-limit"
        elif self._demoted:
            yield "authority-untrusted"

    def hints(self, verdict: Verdict) -> Iterator[str]:
        """What to do where a chain is not good and a CA certificate of the trust store does not count."""
        count = self._count
        if not self.own and verdict.build is not True and count:
            several = "CA certificate" if count == 1 else f"{count} CA certificates"
            yield (
                f"{self.tier} ignores the {several} of the trust store: it takes none of its own for clients; use a "
                'classic tier, or validate-trust="false" with a check of thumbprint or issuer'
            )
        elif not self.own and verdict.build is not True and not self.uploaded.system_roots:
            yield f"{self.tier} trusts public roots only: --system-roots"
        for certificate in self._demoted:
            yield f"the authority '{certificate.subject}' is no anchor: its isTrusted is false on this gateway"

    def limit(self) -> Iterator[str]:
        """That the service would not take the whole trust store; it is used whole all the same, since one store may
        well serve several services."""
        if self.tier in CLASSIC and (count := self._count) > LIMIT:
            yield f"the trust store has {count} CA certificates; the service takes at most {LIMIT}: upload those used"

    @property
    def _count(self) -> int:
        several = (*self.uploaded.roots, *self.uploaded.intermediates)
        return len(set(several)) if len(several) > LIMIT else len(several)

    @property
    def _demoted(self) -> tuple[Certificate, ...]:
        if self.tier != SELF_HOSTED or not self.untrusted:
            return ()
        return tuple(each for each in self.uploaded.roots if each.thumbprint in self.untrusted)


_FROM_STORE = (Origin.ROOTS, Origin.INTERMEDIATES)


# A chain is built faster with a store that was used before, so the same store gives the same one.
@lru_cache(maxsize=16)
def _used(store: TrustStore, own: bool, not_anchors: tuple[str, ...]) -> TrustStore:
    if not own:
        return replace(store, roots=(), intermediates=())
    demoted = tuple(each for each in store.roots if each.thumbprint in not_anchors)
    roots = tuple(each for each in store.roots if each not in demoted)
    return replace(store, roots=roots, intermediates=(*store.intermediates, *demoted))


def thumbprint(text: str) -> str:
    """The thumbprint that names an authority, without separators. Raises UsageError ``value-unknown``."""
    digits = text.replace(":", "").replace(" ", "").upper()
    if len(digits) != _THUMBPRINT_DIGITS or set(digits) - set("0123456789ABCDEF"):
        raise UsageError(
            f"untrusted: '{text[:60]}' is no thumbprint",
            code="value-unknown",
            hint="a thumbprint is SHA-1, 40 hex digits: certgate thumbprint FILE",
        )
    return digits
