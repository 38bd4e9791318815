"""``certgate.verify``: what it takes, and what it refuses."""

from __future__ import annotations

from threading import Thread

import pytest

import certgate
from certgate.core.world import World
from certgate.pki.files.load import Certificates
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority

STORE = authority.store()
WORLD = World(authority.NOW, responses={})


def test_a_file_of_certificates() -> None:
    """What stood beside the leaf in its file came with it, as in ``validate``."""
    store = TrustStore(roots=STORE.roots)
    sent = Certificates(authority.client(), (authority.issuing(),))
    found = certgate.verify(sent, store, world=WORLD, revocation="none")
    assert found.build is True
    assert [element.origin for element in found.elements] == ["leaf", "handshake", "roots"]
    assert certgate.verify(sent.leaf, store, world=WORLD, revocation="none").build is False


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("revocation", "maybe", "revocation: 'maybe' is none of online, offline"),
        ("revocation_scope", "all", "revocation_scope: 'all' is none of exclude-root"),
        ("purpose", "clientAuth", "purpose: 'clientAuth' is no OID"),
        ("purpose", "", "purpose: '' is no OID"),
    ],
)
def test_a_value_that_there_is_not(member: str, value: str, words: str) -> None:
    """An error of certgate's, that says which values there are."""
    with pytest.raises(certgate.CertgateError) as raised:
        certgate.verify(authority.client(), STORE, world=WORLD, **{member: value})  # type: ignore[arg-type]
    assert raised.value.message.startswith(words)
    assert raised.value.code == "value-unknown"


def test_worlds_of_several_threads() -> None:
    """Many worlds at a time get the answers of their own."""
    seen: list[bool | None] = []

    def ask() -> None:
        worlds = (World(authority.NOW, responses={}) for _ in range(20))
        seen.extend(certgate.verify(authority.client(), STORE, world=world).build for world in worlds)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 160
    assert len(set(seen)) == 1
