"""Fetched lists and OCSP answers against OpenSSL 3 itself, which judges them inside .NET, where the command exists.

The lists are written at random, with every part bent that OpenSSL looks at; the answers are those a responder may give.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certgate.core.fetch import Answer, Given
from certgate.pki.certificate import Certificate
from certgate.pki.chains.facts import facts
from certgate.pki.revocation import fetched
from certgate.pki.revocation.findings import Standing
from tests.pki.authority import NOW
from tests.pki.random_lists import Lists
from tests.pki.responder import ANSWERS, CHAIN, ROOTS

COMMAND = shutil.which("openssl")
ANSWER = Answer("http://ca.example/a.crl", Given.NETWORK)
ERROR = re.compile(r"error (\d+) at (\d+) depth lookup")
REVOKED = 23
IGNORED = {"11", "44"}
"""A list from the future, and one of another scope, which is followed by an error of its own."""


def openssl(*arguments: str) -> str:
    assert COMMAND is not None
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


pytestmark = pytest.mark.skipif(
    COMMAND is None or not openssl("version").startswith("OpenSSL 3."), reason="there is no OpenSSL 3"
)


def pem(path: Path, *certificates: Certificate) -> str:
    text = b"".join(x509.load_der_x509_certificate(one.der).public_bytes(Encoding.PEM) for one in certificates)
    path.write_bytes(text)
    return str(path)


def first_error(folder: Path, chain: list[Certificate], lists: list[bytes]) -> tuple[int, int] | None:
    """The first error of OpenSSL that .NET takes for one, and the depth it is about."""
    arguments = ["-attime", str(int(NOW.timestamp())), "-crl_check_all", "-check_ss_sig"]
    arguments += ["-CAfile", pem(folder / "root.pem", chain[-1])]
    arguments += ["-untrusted", pem(folder / "others.pem", *chain[1:])]
    for at, one in enumerate(lists):
        (folder / f"{at}.crl").write_bytes(one)
        arguments += ["-CRLfile", str(folder / f"{at}.crl")]
    said = openssl("verify", *arguments, pem(folder / "leaf.pem", chain[0]))
    found = [one for one in ERROR.findall(said) if one[0] not in IGNORED]
    assert found or "leaf.pem: OK" in said or "error 11 " in said or "error 44 " in said, said
    return (int(found[0][0]), int(found[0][1])) if found else None


@pytest.mark.parametrize("seed", range(40))
def test_lists_are_judged_alike(tmp_path: Path, seed: int) -> None:
    """Where OpenSSL has nothing against the chain, all of it is good; else what is below the first element that it has
    something against is good, and that one is not."""
    made = Lists(Random(seed))  # noqa: S311 - the same lists each time
    elements = tuple(map(facts, made.chain))
    for _ in range(6):
        lists = [made.list() for _ in range(made.random.choice([1, 2, 2, 3, 4, 6]))]
        error = first_error(tmp_path, made.chain, lists)
        read = [fetched.read(one) for one in lists]
        given = tuple(fetched.FetchedList(str(at), one, ANSWER) for at, one in enumerate(read) if one is not None)
        assert len(given) == len(lists)
        said = [fetched.judge(elements, depth, given, NOW).standing for depth in range(len(elements))]
        if error is not None:
            code, depth = error
            assert said[:depth] == [Standing.GOOD] * depth
            assert said[depth] is Standing.REVOKED if code == REVOKED else said[depth] is not Standing.GOOD


@pytest.mark.parametrize("kind", ANSWERS)
def test_answers_by_ocsp_are_believed_alike(tmp_path: Path, kind: str) -> None:
    """Whether the signature counts, and what is said of the certificate; nonce and dates are .NET's own affair."""
    body, expected = ANSWERS[kind]
    (tmp_path / "answer").write_bytes(body)
    certificates = {
        name: pem(tmp_path / name, one) for name, one in zip(("leaf", "issuer", "root"), CHAIN, strict=True)
    }
    arguments = ["-respin", str(tmp_path / "answer"), "-issuer", certificates["issuer"], "-cert", certificates["leaf"]]
    arguments += ["-CAfile", pem(tmp_path / "roots", *ROOTS), "-attime", str(int(NOW.timestamp())), "-trust_other"]
    arguments += ["-verify_other", pem(tmp_path / "above", *reversed(CHAIN[1:])), "-no_nonce"]
    said = openssl("ocsp", *arguments)
    status = re.search(r"(?:^|leaf: )(good|revoked|unknown)$", said, re.MULTILINE)
    believed = "Response verify OK" in said and status is not None
    assert believed or expected == "unknown", said
    if believed and status is not None and kind not in ("ran out", "ran out this second", "nonce"):
        assert status[1] == expected, said
