"""``System.Random`` with .NET's own numbers for seeds, and what random values are drawn from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from certgate.csharp import UnsupportedReached
from certgate.csharp.values import display
from certgate.gateway.entropy import Entropy
from tests.csharp.dotnet.evaluation import run, thrown


def source(seed: str = "seed") -> Callable[[int], bytes]:
    return Entropy(lambda: seed, lambda: None).draw


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("new Random(42).Next()", "1434747710"),
        ("{ var r = new Random(42); r.Next(); return r.Next(); }", "302596119"),
        ("new Random(0).Next()", "1559595546"),
        ("new Random(1).Next()", "534011718"),
        ("new Random(-1).Next()", "534011718"),
        ("new Random(42).Next(100)", "66"),
        ("new Random(42).Next(1, 7)", "5"),
        ("new Random(42).Next(0)", "0"),
        ("new Random(42).Next(5, 5)", "5"),
        ("new Random(42).NextDouble()", "0.6681064659115423"),
        ("new Random(0).NextDouble()", "0.7262432699679598"),
        ("{ var b = new byte[4]; new Random(42).NextBytes(b); return BitConverter.ToString(b); }", '"3E-17-BA-96"'),
        ("new Random(42).NextInt64(10) < 10", "true"),
        ("new Random(42).NextInt64(7, 8)", "7"),
        ("{ var a = new[] { 1, 2, 3 }; new Random(42).Shuffle(a); return a.Sum(); }", "6"),
        ("new Random(42).GetItems(new[] { 1, 2, 3 }, 2).Length", "2"),
    ],
)
def test_seeded(text: str, value: str) -> None:
    """A seed gives the numbers that .NET gives for it."""
    assert display(run(text)) == value


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (
            "new Random(1).Next(-1)",
            "System.ArgumentOutOfRangeException",
            "maxValue ('-1') must be a non-negative value. (Parameter 'maxValue')\nActual value was -1.",
        ),
        (
            "new Random(1).Next(2, 1)",
            "System.ArgumentOutOfRangeException",
            "'minValue' cannot be greater than maxValue. (Parameter 'minValue')",
        ),
        (
            "{ new Random(1).NextBytes((byte[])null); return 1; }",
            "System.ArgumentNullException",
            "Value cannot be null. (Parameter 'buffer')",
        ),
        (
            "RandomNumberGenerator.GetInt32(3, 3)",
            "System.ArgumentException",
            "Range of random number does not contain at least one possibility.",
        ),
        (
            "RandomNumberGenerator.GetInt32(0)",
            "System.ArgumentOutOfRangeException",
            "toExclusive ('0') must be a non-negative and non-zero value. (Parameter 'toExclusive')\n"
            "Actual value was 0.",
        ),
        (
            "{ new RNGCryptoServiceProvider().GetBytes((byte[])null); return 1; }",
            "System.ArgumentNullException",
            "Value cannot be null. (Parameter 'data')",
        ),
    ],
)
def test_arguments(text: str, kind: str, message: str) -> None:
    """Arguments that .NET refuses, in its words."""
    assert thrown(text, entropy=source()) == (kind, message)


DRAWN = (
    "new Random().Next()",
    "Random.Shared.NextDouble()",
    "Guid.NewGuid()",
    "Guid.CreateVersion7()",
    "RandomNumberGenerator.GetInt32(1000000)",
    "RandomNumberGenerator.GetHexString(9)",
    "{ var b = new byte[4]; RandomNumberGenerator.Create().GetBytes(b); return BitConverter.ToString(b); }",
    "{ var b = new byte[4]; new RNGCryptoServiceProvider().GetNonZeroBytes(b); return BitConverter.ToString(b); }",
    "Convert.ToBase64String(Aes.Create().Key)",
    "Convert.ToBase64String(new HMACSHA256().Key)",
)


@pytest.mark.parametrize("text", DRAWN)
def test_drawn_values_follow_the_source(text: str) -> None:
    """The same source gives the same value, another one another, and none of them leaves the value unknown."""
    first, again, other = (display(run(text, entropy=source(seed))) for seed in ("a", "a", "b"))
    assert first == again != other
    with pytest.raises(UnsupportedReached, match="random value"):
        run(text)


def test_guids_are_of_their_version() -> None:
    """Version and variant stand where RFC 9562 puts them; a version 7 begins with the moment."""
    four, seven = (run(f"Guid.{name}().ToString()", entropy=source()) for name in ("NewGuid", "CreateVersion7"))
    assert four[14] == "4" and four[19] in "89ab"
    assert seven[14] == "7" and seven[:13] == "019ca8e9-f1b0"


def test_stream_can_be_read_again() -> None:
    """The bytes do not depend on how they are asked for, and setting the position back repeats them."""
    drawn: list[int] = []
    stream = Entropy(lambda: "x", lambda: drawn.append(1))
    head = stream.draw(100) + stream.draw(1) + stream.draw(63)
    assert stream.position == 164 and len(drawn) == 3
    stream.position = 0
    assert stream.draw(164) == head
    assert head[:64] == hashlib.sha512(bytes(8) + b"x").digest()


def test_no_zero_bytes() -> None:
    """``GetNonZeroBytes`` draws again for each zero."""

    def zeros(count: int) -> bytes:
        state["left"] -= 1
        return bytes(count) if state["left"] >= 0 else b"\1" * count

    state: dict[str, Any] = {"left": 3}
    text = "{ var b = new byte[3]; new RNGCryptoServiceProvider().GetNonZeroBytes(b); return b; }"
    assert bytes(run(text, entropy=zeros)) == b"\1\1\1"
