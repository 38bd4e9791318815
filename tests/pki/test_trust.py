"""A trust store is read from its folder, looked after, and judged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from certgate.core.errors import CertgateError, InputError, UsageError
from certgate.core.finding import Severity
from certgate.core.source import Source
from certgate.pki.certificate import Certificate
from certgate.pki.stores.soundness import problems
from certgate.pki.stores.store import Addition, entries, find, plan
from certgate.pki.stores.trust import Part, StoredCrl, TrustStore, read_crls
from tests.pki.authority import Authority, Dates, new_key
from tests.pki.minted import ENDS, ISSUING, LEAF, NOW, OTHER, ROOT, Minted, key, mint, revocation_list

CRL = revocation_list(ISSUING)
CRL_DER = CRL.public_bytes(Encoding.DER)


def certificate(one: Minted, source: str = "") -> Certificate:
    return Certificate(one.der, source=source)


def pfx(password: str) -> bytes:
    others = [ISSUING.certificate, ROOT.certificate]
    protection = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(None, key(LEAF.name), LEAF.certificate, others, protection)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one of everything."""
    for part in Part:
        (tmp_path / part.folder).mkdir()
    (tmp_path / "roots" / "root.cer").write_bytes(ROOT.der)
    (tmp_path / "intermediates" / "issuing.pem").write_text(ISSUING.pem)
    (tmp_path / "certificates" / "partner-a.cer").write_bytes(LEAF.der)
    (tmp_path / "crls" / "issuing.crl").write_bytes(CRL_DER)
    return tmp_path


def code(error: type[CertgateError], store: Path, **options: str) -> str:
    with pytest.raises(error) as caught:
        TrustStore.load(store, options or None)
    return caught.value.code


def test_a_folder(folder: Path) -> None:
    """Each part is read, and every entry knows its file."""
    store = TrustStore.load(folder)
    assert [one.source for one in store.roots] == [str(folder / "roots" / "root.cer")]
    assert [one.der for one in store.intermediates] == [ISSUING.der]
    assert store.certificates["partner-a"].der == LEAF.der
    assert store.crls == (StoredCrl(CRL_DER, str(folder / "crls" / "issuing.crl")),)
    assert store.notes == ()
    assert not problems(store, NOW)


def test_entries(folder: Path) -> None:
    """A listing names kind, id, file, subject, thumbprint and expiry."""
    rows = entries(TrustStore.load(folder))
    assert [(str(row.kind), row.id, row.subject, row.not_after) for row in rows] == [
        ("root", None, "CN=Contoso Root CA", ENDS),
        ("intermediate", None, "CN=Contoso Issuing CA", ENDS),
        ("certificate", "partner-a", "CN=client", ENDS),
        ("crl", None, "CN=Contoso Issuing CA", ENDS),
    ]
    assert rows[0].thumbprint == ROOT.thumbprint


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A missing folder and a file in its place are told apart; an empty folder is an empty store."""
    assert code(InputError, tmp_path / "no") == "store-missing"
    (tmp_path / "file").write_text("x")
    assert code(InputError, tmp_path / "file") == "store-is-file"
    (tmp_path / "empty").mkdir()
    assert TrustStore.load(tmp_path / "empty") == TrustStore()


def test_files_that_do_not_belong(folder: Path) -> None:
    """Files of other kinds are left out with a note, hidden ones silently."""
    (folder / "roots" / "README.txt").write_text("x")
    (folder / "roots" / ".hidden.cer").write_text("x")
    (folder / "roots" / "sub").mkdir()
    store = TrustStore.load(folder)
    assert len(store.roots) == 1
    assert len(store.notes) == 2
    assert "README.txt" in store.notes[0]


def test_broken_files_are_reported_together(folder: Path) -> None:
    """Every broken file is named, not only the first."""
    (folder / "roots" / "bad.cer").write_text("hello")
    (folder / "crls" / "bad.crl").write_bytes(LEAF.der)
    (folder / "certificates" / "bad.pem").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        TrustStore.load(folder)
    assert [problem.code for problem in caught.value.problems] == ["not-a-certificate", "not-a-crl", "file-empty"]
    assert all(problem.place and "bad" in problem.place.file for problem in caught.value.problems)


def test_an_uploaded_pfx(folder: Path) -> None:
    """A PFX among the uploaded certificates opens with a password by its id, and says where to give one."""
    (folder / "certificates" / "signing.pfx").write_bytes(pfx("s3cret"))
    with pytest.raises(InputError) as caught:
        TrustStore.load(folder)
    assert caught.value.code == "password-missing"
    assert "password-env" in str(caught.value.hint)
    assert code(InputError, folder, signing="wrong") == "password-wrong"
    for passwords, password in (({"signing": "s3cret"}, None), (None, "s3cret"), ({"other": "x"}, "s3cret")):
        store = TrustStore.load(folder, passwords, password=password)
        assert store.certificates["signing"].has_private_key


def test_two_files_of_one_id(folder: Path) -> None:
    """The same id in two files is an error, not a choice."""
    (folder / "certificates" / "partner-a.pem").write_text(OTHER.pem)
    assert code(InputError, folder) == "id-taken"


def test_values() -> None:
    """A store made of values takes lists, and revocation lists as DER or PEM; it is equal by content and hashable."""
    first = TrustStore([certificate(ROOT)], [certificate(ISSUING)], [CRL_DER], {"a": certificate(LEAF)})
    second = TrustStore(
        (certificate(ROOT),), (certificate(ISSUING),), (CRL.public_bytes(Encoding.PEM),), first.certificates
    )
    assert first == second
    assert hash(first) == hash(second)
    assert first != TrustStore([certificate(ROOT)])
    assert not first.system_roots


def test_merged() -> None:
    """Two stores become one; what both have counts once, and the later id wins."""
    first = TrustStore([certificate(ROOT)], certificates={"a": certificate(LEAF), "b": certificate(LEAF)})
    second = TrustStore(
        [certificate(ROOT), certificate(OTHER)], certificates={"a": certificate(OTHER)}, system_roots=True
    )
    both = first.merged(second)
    assert [one.der for one in both.roots] == [ROOT.der, OTHER.der]
    assert both.certificates["a"].der == OTHER.der
    assert both.certificates["b"].der == LEAF.der
    assert both.system_roots


def test_with_files() -> None:
    """Single files join a store; all that is wrong with them is reported together."""
    bundle = Source("cas.pem", (ROOT.pem + ISSUING.pem).encode())
    store = TrustStore().with_files(roots=[bundle], crls=[Source("a.crl", CRL_DER)])
    assert [one.source for one in store.roots] == ["cas.pem", "cas.pem"]
    assert len(store.crls) == 1
    with pytest.raises(InputError) as caught:
        TrustStore().with_files(
            roots=[Source("a", b"x")], intermediates=[Source("b", b"")], crls=[Source("c", LEAF.der)]
        )
    assert [problem.code for problem in caught.value.problems] == ["not-a-certificate", "file-empty", "not-a-crl"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "not-a-crl"),
        (LEAF.der, "not-a-crl"),
        (LEAF.pem.encode(), "not-a-crl"),
        (b"\xff\xfe\xfd", "not-a-crl"),
        (CRL_DER[:-5], "file-truncated"),
        (CRL.public_bytes(Encoding.PEM)[:-30], "file-truncated"),
    ],
)
def test_what_is_no_revocation_list(data: bytes, expected: str) -> None:
    """What is no revocation list is an error with its own code."""
    with pytest.raises(InputError) as caught:
        read_crls(Source("x.crl", data))
    assert caught.value.code == expected


def added(data: bytes, folder: Path, **options: object) -> list[Addition]:
    store = TrustStore.load(folder) if folder.exists() else TrustStore()
    return list(plan(Source("partner-a.cer", data), folder, store, **options).additions)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "kind", "name"),
    [
        (ROOT.der, Part.ROOT, "contoso-root-ca"),
        (ISSUING.pem.encode(), Part.INTERMEDIATE, "contoso-issuing-ca"),
        (CRL_DER, Part.CRL, "contoso-issuing-ca"),
        (CRL.public_bytes(Encoding.PEM), Part.CRL, "contoso-issuing-ca"),
    ],
)
def test_adding_is_told_by_the_content(tmp_path: Path, data: bytes, kind: Part, name: str) -> None:
    """Root, intermediate and revocation list go where they belong, under a name that reminds of them."""
    [one] = added(data, tmp_path / "trust")
    assert one.kind is kind
    assert one.path.parent == tmp_path / "trust" / kind.folder
    assert one.path.name.startswith(f"{name}-")
    assert one.present is None


def test_a_file_may_hold_certificates_and_lists(tmp_path: Path) -> None:
    """PEM, one after the other."""
    both = ISSUING.pem.encode() + CRL.public_bytes(Encoding.PEM)
    found = plan(Source("both.pem", both), tmp_path, TrustStore())
    assert [(one.kind, one.data) for one in found.additions] == [(Part.INTERMEDIATE, ISSUING.der), (Part.CRL, CRL_DER)]


def test_authorities_of_a_pfx_without_keys(tmp_path: Path) -> None:
    """Of a PFX the CA certificates are taken, as DER, and the leaf and its key left out."""
    found = plan(Source("c.pfx", pfx("s3cret")), tmp_path, TrustStore(), password="s3cret")
    assert [(one.kind, one.data) for one in found.additions] == [
        (Part.INTERMEDIATE, ISSUING.der),
        (Part.ROOT, ROOT.der),
    ]
    assert [one.der for one in found.left_out] == [LEAF.der]


def test_what_is_there_already(folder: Path) -> None:
    """What the store holds is reported with its file, whatever that is called."""
    [one] = added(ROOT.der, folder)
    assert one.present == str(folder / "roots" / "root.cer")
    [again] = added(LEAF.der, folder, kind=Part.CERTIFICATE)
    assert again.present == str(folder / "certificates" / "partner-a.cer")


@pytest.mark.parametrize("kind", [None, Part.ROOT, Part.INTERMEDIATE])
def test_a_leaf_is_no_authority(tmp_path: Path, kind: Part | None) -> None:
    """A certificate that is no CA is refused, with the way to add it as what it is."""
    for leaf in (LEAF, OTHER):
        with pytest.raises(InputError) as caught:
            added(leaf.der, tmp_path, kind=kind)
        assert caught.value.code == "not-a-ca"
        assert "--as certificate" in str(caught.value.hint)


def test_a_certificate_for_signing_lists_goes_among_the_intermediates(tmp_path: Path) -> None:
    """It is no authority, so never a root; it may have the name of the authority that issued it."""
    authority = Authority("CA")
    usage = x509.KeyUsage(False, False, False, False, False, False, True, False, False)
    signer = authority.sign(authority.name, new_key(), Dates(), [(usage, True)])
    for kind in (None, Part.INTERMEDIATE):
        [one] = added(signer.der, tmp_path, kind=kind)
        assert (one.kind, one.data) == (Part.INTERMEDIATE, signer.der)
    with pytest.raises(InputError) as caught:
        added(signer.der, tmp_path, kind=Part.ROOT)
    assert caught.value.code == "not-a-ca"


def test_a_renewed_authority_is_no_root(tmp_path: Path) -> None:
    """Its new key stands under the old one: it names itself as its issuer, but did not sign itself."""
    old = Authority("CA")
    renewed = Authority("CA", old).certificate
    assert [added(one.der, tmp_path)[0].kind for one in (old.certificate, renewed)] == [Part.ROOT, Part.INTERMEDIATE]
    assert problems(TrustStore([old.certificate], [renewed]), NOW) == []
    [finding] = problems(TrustStore([renewed]), NOW)
    assert (finding.code, "intermediates" in str(finding.hint)) == ("root-signature", True)


def test_an_uploaded_certificate(tmp_path: Path) -> None:
    """The id is that given, else the name of the file; an id in use is refused."""
    assert added(LEAF.der, tmp_path, kind=Part.CERTIFICATE)[0].path == tmp_path / "certificates" / "partner-a.cer"
    assert added(LEAF.der, tmp_path, identifier="b")[0].path == tmp_path / "certificates" / "b.cer"
    (tmp_path / "certificates").mkdir()
    (tmp_path / "certificates" / "partner-a.pem").write_text(OTHER.pem)
    with pytest.raises(InputError) as caught:
        added(LEAF.der, tmp_path, kind=Part.CERTIFICATE)
    assert caught.value.code == "id-taken"


@pytest.mark.parametrize("identifier", ["", "../x", "a/b", "a\\b", ".", "..", ".hidden", "a:b", "a\0", "x" * 81, "a."])
def test_ids_stay_in_the_folder(tmp_path: Path, identifier: str) -> None:
    """SECURITY: an id that leads out of the folder, or that no file can have, is refused."""
    with pytest.raises(UsageError) as caught:
        added(LEAF.der, tmp_path, identifier=identifier)
    assert caught.value.code == "id-invalid"


def test_an_id_is_for_certificates(tmp_path: Path) -> None:
    """A root has no id."""
    with pytest.raises(UsageError):
        added(ROOT.der, tmp_path, kind=Part.ROOT, identifier="a")


@pytest.mark.parametrize("name", ["../../etc/passwd", "Überprüfung", "世界", "a" * 64])
def test_names_of_files_are_plain(tmp_path: Path, name: str) -> None:
    """SECURITY: whatever a subject says, the file's name is plain and stays in its folder."""
    [one] = added(mint(name, authority=True).der, tmp_path)
    assert one.path.parent == tmp_path / "roots"
    assert one.path.name.isascii()
    assert len(one.path.name) <= 64


def test_find(folder: Path) -> None:
    """An entry is found by id, file or thumbprint; several or none are errors."""
    store = TrustStore.load(folder)
    assert find(store, "partner-a").file.endswith("partner-a.cer")
    assert find(store, "root.cer").kind is Part.ROOT
    assert find(store, str(folder / "crls" / "issuing.crl")).kind is Part.CRL
    assert find(store, ROOT.thumbprint[:8].lower()).kind is Part.ROOT
    for wanted, expected in (("nothing", "entry-unknown"), ("AB", "entry-unknown")):
        with pytest.raises(InputError) as caught:
            find(store, wanted)
        assert caught.value.code == expected
    (folder / "intermediates" / "root.cer").write_bytes(ROOT.der)
    with pytest.raises(InputError) as caught:
        find(TrustStore.load(folder), "root.cer")
    assert caught.value.code == "entry-ambiguous"


def test_one_of_several_in_a_file(folder: Path) -> None:
    """A file with several certificates is removed by its name, not by one of its thumbprints."""
    (folder / "roots" / "root.cer").write_text(ROOT.pem + OTHER.pem)
    store = TrustStore.load(folder)
    with pytest.raises(InputError) as caught:
        find(store, ROOT.thumbprint)
    assert caught.value.code == "file-shared"
    assert find(store, "root.cer").kind is Part.ROOT


EXPIRED = mint("Old CA", authority=True, ends=NOW - timedelta(days=1))
OLD_CRL = revocation_list(ISSUING, next_update=NOW - timedelta(days=1)).public_bytes(Encoding.DER)
FORGED_CRL = revocation_list(ISSUING, signer="somebody").public_bytes(Encoding.DER)
UNSOUND = {
    "not-a-ca": TrustStore([certificate(OTHER)]),
    "root-not-self-signed": TrustStore([certificate(ISSUING), certificate(ROOT)]),
    "intermediate-self-signed": TrustStore([], [certificate(ROOT)]),
    "issuer-missing": TrustStore([], [certificate(ISSUING)]),
    "expired": TrustStore([certificate(EXPIRED)]),
    "crl-expired": TrustStore([certificate(ROOT)], [certificate(ISSUING)], [OLD_CRL]),
    "crl-signature": TrustStore([certificate(ROOT)], [certificate(ISSUING)], [FORGED_CRL]),
    "crl-issuer-missing": TrustStore([certificate(ROOT)], [], [CRL_DER]),
    "duplicate": TrustStore([certificate(ROOT, "a"), certificate(ROOT, "b")]),
    "too-many-cas": TrustStore([certificate(mint(f"CA {number}", authority=True)) for number in range(11)]),
}


@pytest.mark.parametrize(("expected", "store"), UNSOUND.items(), ids=UNSOUND.keys())
def test_problems(expected: str, store: TrustStore) -> None:
    """Each fault of a store is found, and only that."""
    assert [finding.code for finding in problems(store, NOW)] == [expected]


def test_an_expired_upload() -> None:
    """Uploaded certificates are judged by their dates only."""
    store = TrustStore(certificates={"a": certificate(LEAF), "old": certificate(EXPIRED)})
    assert [finding.code for finding in problems(store, NOW)] == ["expired"]
    assert [finding.code for finding in problems(store, datetime(2025, 1, 1, tzinfo=UTC))] == ["not-yet-valid"] * 2


def test_warnings_leave_a_store_sound() -> None:
    """A missing issuer may be a public root: a warning."""
    [finding] = problems(UNSOUND["issuer-missing"], NOW)
    assert finding.severity is Severity.WARNING
