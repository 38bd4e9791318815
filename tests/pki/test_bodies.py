"""What an address answered, as the bytes of one value: never more than OpenSSL reads."""

from __future__ import annotations

import base64

import pytest

from certgate.pki.chains import bodies

VALUE = bytes.fromhex("3003020105") * 20
PACKED = base64.b64encode(VALUE).decode()
BEGIN, END = "-----BEGIN X509 CRL-----\n", "-----END X509 CRL-----\n"
LINES = "".join(f"{PACKED[at : at + 64]}\n" for at in range(0, len(PACKED), 64))
OTHER = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"

READ = {
    "plain": BEGIN + LINES + END,
    "without the last line end": BEGIN + LINES + END[:-1],
    "text around it": "a list\n\n" + BEGIN + LINES + END + "and more\n",
    "another block behind it": BEGIN + LINES + END + OTHER,
    "CR LF": (BEGIN + LINES + END).replace("\n", "\r\n"),
    "spaces behind the lines": (BEGIN + LINES + END).replace("\n", " \t\n"),
    "one line": BEGIN + PACKED + "\n" + END,
}
NOT_READ = {
    "another label": (BEGIN + LINES + END).replace("X509 CRL", "CRL"),
    "another block before it": OTHER + BEGIN + LINES + END,
    "two labels": BEGIN + LINES + END.replace("X509 ", ""),
    "no end": BEGIN + LINES,
    "an empty line": BEGIN + "\n" + LINES + END,
    "a header": BEGIN + "Proc-Type: 4,CLEAR\n\n" + LINES + END,
    "nothing in it": BEGIN + END,
    "not base64": BEGIN + LINES.replace("A", "-", 1) + END,
    "padding inside": BEGIN + LINES.replace("\n", "=\n", 1) + END,
    "too much padding": BEGIN + LINES[:-1] + "====\n" + END,
    "a part of a line": "x" + BEGIN + LINES + END,
    "begun twice": BEGIN + BEGIN + LINES + END,
    "end and more": BEGIN + LINES + END[:-1] + "-----BEGIN CRL-----\n",
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_a_block_that_is_read(text: str) -> None:
    """The first in the text."""
    assert bodies.block(text.encode(), bodies.CRL_LABELS) == VALUE


@pytest.mark.parametrize("text", NOT_READ.values(), ids=NOT_READ)
def test_a_block_that_is_not_read(text: str) -> None:
    """SECURITY: OpenSSL refuses most of these, or reads something else."""
    assert bodies.block(text.encode(), bodies.CRL_LABELS) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (NOT_READ["an empty line"].encode(), True),
        (NOT_READ["no end"].encode(), False),
        (OTHER.encode(), False),
        (bytes.fromhex("30803003020105"), True),
        (bytes.fromhex("308400000005 3003020105"), True),
        (bytes.fromhex("3006 3003020105"), False),
        (bytes.fromhex("3003 020105"), False),
        (b"0 is a digit", False),
        (b"", False),
    ],
)
def test_what_openssl_may_read_all_the_same(body: bytes, expected: bool) -> None:
    """A block that is whole, and what begins as certificates and lists do, in whatever lengths."""
    assert bodies.unread(body, bodies.CRL_LABELS) is expected
