"""Uploaded certificates that Key Vault renewed: for four hours the gateway may have either version (fact sheet §3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import certgate
from certgate import api
from certgate.core.errors import InputError
from certgate.core.world import World
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from certgate.pki.certificate import Certificate
from certgate.pki.stores.rotation import Rotation, moment_of
from certgate.pki.stores.store import entries
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
OLD, NEW = authority.client("Old Version"), authority.client("New Version")
INSIDE = AT + timedelta(hours=2)
LISTED = """<choose>
  <when condition="@(context.Deployment.Certificates.Any(
      c => c.Value.Thumbprint == context.Request.Certificate.Thumbprint))">
    <return-response><set-status code="200" /></return-response>
  </when>
  <otherwise><return-response><set-status code="403" reason="Not listed" /></return-response></otherwise>
</choose>"""


def store(*names: str) -> TrustStore:
    return TrustStore(certificates={name: Rotation(OLD, NEW, AT) for name in names or ("partner-a",)})


def at(now: datetime, client: Certificate, policy: str = LISTED, trust: TrustStore | None = None) -> Outcome:
    return api.validate(client, Policy.parse(policy), Gateway(trust=trust or store()), world=World(now))


@pytest.mark.parametrize(
    ("now", "old", "new"),
    [
        (AT - timedelta(seconds=1), 200, 403),
        (AT, None, None),
        (AT + timedelta(hours=4) - timedelta(seconds=1), None, None),
        (AT + timedelta(hours=4), 403, 200),
        (AT + timedelta(days=9), 403, 200),
    ],
)
def test_before_within_and_after(now: datetime, old: int | None, new: int | None) -> None:
    """The old version before the rotation, the new one four hours later; between them nobody knows."""
    assert (at(now, OLD).status, at(now, NEW).status) == (old, new)
    assert at(now, authority.client("Stranger")).status == 403


def test_both_answers_are_shown() -> None:
    """Undecided, with what either version would answer, the place that asks, and moments that would settle it."""
    outcome = at(INSIDE, OLD)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open is not None
    assert [(way.given, way.status) for way in outcome.open.ways] == [("after refresh", 403), ("before refresh", 200)]
    assert "partner-a at 2026-03-01 10:00 UTC" in outcome.open.message
    assert outcome.open.settle == ("--at 2026-03-01T09:59:59Z", "--at 2026-03-01T14:00:00Z")
    assert outcome.decided_by is not None and outcome.decided_by.element == "choose"
    assert outcome.open.place is not None and outcome.open.place.line == 2


def test_equal_answers_decide() -> None:
    """Where both versions give the same answer, or no policy looks, the case is decided."""
    assert at(INSIDE, authority.client("Stranger")).status == 403
    assert at(INSIDE, OLD, "<policies />").status == 200
    known = (
        "<return-response><set-body>@(context.Deployment.Certificates.Count.ToString())</set-body></return-response>"
    )
    assert at(INSIDE, OLD, known).body == "1"


def test_together_with_an_open_verdict() -> None:
    """Both kinds of open questions at once: every combination is tried and named."""
    policy = LISTED.replace("</choose>", "", 1).replace(
        "<otherwise>",
        """<when condition="@(context.Request.Certificate.Verify())"><return-response><set-status code="202" />
        </return-response></when><otherwise>""",
    )
    client = authority.client("Old Version", crl=authority.CRL_URL)
    rotation = Rotation(client, NEW, authority.NOW - timedelta(hours=1))
    roots = TrustStore(crls=[authority.revocation_list(authority.ROOT)], certificates={"a": rotation})
    outcome = at(authority.NOW, client, policy + "</choose>", authority.store().merged(roots))
    assert outcome.open is not None
    ways = {(way.given, way.status) for way in outcome.open.ways}
    assert ways == {
        ("after refresh, good", 202),
        ("after refresh, revoked or unknown", 403),
        ("before refresh", 200),
    }


def test_several_at_once() -> None:
    """Each may be refreshed or not by itself; more than four are not tried."""
    outcome = at(INSIDE, OLD, trust=store("a", "b"))
    assert outcome.open is not None
    assert [way.given for way in outcome.open.ways] == [
        "a after refresh, b after refresh",
        "a after refresh, b before refresh",
        "a before refresh, b after refresh",
        "a before refresh, b before refresh",
    ]
    many = at(INSIDE, authority.client("Stranger"), trust=store(*"abcde"))
    assert many.decision is Decision.UNDECIDED
    assert many.open is not None and "more than 4 uploaded certificates" in many.open.message


def test_an_issuer_by_its_id() -> None:
    """`issuer-certificate-id` looks into the same list."""
    issuer = authority.issuing()
    trust = TrustStore(certificates={"ca": Rotation(issuer, authority.root(), AT)})
    policy = """<validate-client-certificate validate-trust="false" validate-revocation="false">
      <identities><identity issuer-certificate-id="ca" /></identities></validate-client-certificate>"""
    answers = [
        at(now, authority.client(), policy, trust).status for now in (AT - timedelta(1), INSIDE, AT + timedelta(1))
    ]
    assert answers == [200, None, 401]


def test_an_expression_alone() -> None:
    """`eval` is undecided too where the versions give different values."""
    gateway = Gateway(trust=store())
    subject = '@(context.Deployment.Certificates["partner-a"].Subject)'
    assert api.evaluate(subject, gateway, world=World(AT - timedelta(1))).value == OLD.subject
    assert api.evaluate(subject, gateway, world=World(AT + timedelta(1))).value == NEW.subject
    answer = api.evaluate(subject, gateway, world=World(INSIDE))
    assert answer.undecided is not None and "four hours" in answer.undecided
    issuer = '@(context.Deployment.Certificates["partner-a"].Issuer)'
    assert api.evaluate(issuer, gateway, world=World(INSIDE)).value == OLD.issuer
    assert api.evaluate("@(1)", gateway, world=World(INSIDE)).value == 1


def write(folder: Path, **files: Certificate) -> Path:
    """A trust store whose folder of versions holds these files."""
    versions = folder / "certificates" / "partner-a"
    versions.mkdir(parents=True)
    for name, certificate in files.items():
        (versions / f"{name}.cer").write_bytes(certificate.der)
    return folder


def test_a_folder_of_versions(tmp_path: Path) -> None:
    """The new version is named after the moment of the rotation; the old one is called as it likes."""
    write(tmp_path, **{"2026-03-01T1000Z": NEW, "first": OLD})
    found = TrustStore.load(tmp_path)
    assert found.certificates["partner-a"] == NEW
    rotation = found.rotations["partner-a"]
    assert (rotation.old, rotation.new, rotation.at) == (OLD, NEW, AT)
    assert [(row.id, row.subject) for row in entries(found)] == [
        ("partner-a", OLD.subject),
        ("partner-a", NEW.subject),
    ]
    assert found.notes == ()


def test_two_dated_versions(tmp_path: Path) -> None:
    """Of two moments the later one is that of the rotation."""
    write(tmp_path, **{"20260301T100000Z": NEW, "2025-03-01T1000Z": OLD})
    assert TrustStore.load(tmp_path).rotations["partner-a"] == Rotation(OLD, NEW, AT)


def test_one_version(tmp_path: Path) -> None:
    """A folder of one file is a certificate like any other, and an empty one is passed over with a note."""
    write(tmp_path, **{"2026-03-01T1000Z": NEW})
    (tmp_path / "certificates" / "partner-b").mkdir()
    found = TrustStore.load(tmp_path)
    assert dict(found.certificates) == {"partner-a": NEW}
    assert dict(found.rotations) == {}
    assert len(found.notes) == 1 and "partner-b" in found.notes[0]


@pytest.mark.parametrize("names", [("old", "new"), ("a", "b", "2026-03-01T1000Z")])
def test_a_folder_that_is_no_pair(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Two files, one of them named after a moment; anything else is refused, with what is needed."""
    write(tmp_path, **dict.fromkeys(names, OLD))
    with pytest.raises(InputError) as error:
        TrustStore.load(tmp_path)
    assert error.value.code == "rotation-invalid"
    assert "2026-03-01T1000Z.cer" in str(error.value.hint)


def test_one_id_twice(tmp_path: Path) -> None:
    """A file and a folder of one id are refused."""
    write(tmp_path, **{"2026-03-01T1000Z": NEW, "first": OLD})
    (tmp_path / "certificates" / "partner-a.cer").write_bytes(OLD.der)
    with pytest.raises(InputError) as error:
        TrustStore.load(tmp_path)
    assert error.value.code == "id-taken"


def test_stores_together() -> None:
    """A later store's certificate replaces both versions, and its versions replace a certificate."""
    plain, renewed = TrustStore(certificates={"partner-a": OLD}), store()
    assert dict(renewed.merged(plain).rotations) == {}
    assert renewed.merged(plain).certificates["partner-a"] == OLD
    assert plain.merged(renewed).rotations["partner-a"].new == NEW
    assert renewed.merged(TrustStore()) == renewed
    assert store() != TrustStore(certificates={"partner-a": NEW})


def test_in_python() -> None:
    """The value stands in the public module; a moment without offset is UTC."""
    assert certgate.Rotation is Rotation
    assert Rotation(OLD, NEW, datetime(2026, 3, 1, 10)).at == AT  # noqa: DTZ001 - that is the case


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2026-03-01T1000Z.cer", AT),
        ("2026-03-01T10-00Z.cer", AT),
        ("20260301T100000Z.pem", AT),
        ("2026-03-01t1000z.pfx", AT),
        ("2026-13-01T1000Z.cer", None),
        ("2026-03-01T1000.cer", None),
        ("first.cer", None),
    ],
)
def test_names_of_moments(name: str, moment: datetime | None) -> None:
    """Moments in UTC, in forms that every file system takes."""
    assert moment_of(name) == moment
