"""``System.Random``: with a seed exactly .NET's numbers, by Knuth's subtractive generator, which .NET keeps for seeds.

Without a seed the generator starts from the random bytes that the evaluation is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.crypto.entropy import draw
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, Long, NetArray, NetObject, array, single

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import NetType
    from certgate.csharp.values import Single

RANDOM = define(
    "System.Random",
    allowed=True,
    known="Equals GetHashCode GetHexString GetItems GetString GetType Next NextBytes NextDouble NextInt64 NextSingle "
    "ReferenceEquals Shared Shuffle ToString",
)

_INT_MAX = 2**31 - 1
_LONG_MAX = 2**63 - 1
_SEED = 161_803_398
_START = 60
"""What it costs to make a generator, in turns of a loop."""


class RandomValue(NetObject):
    """The state of the generator: 55 numbers, and where two hands stand in them."""

    __slots__ = ("_first", "_numbers", "_second")

    net_type = RANDOM.type

    def __init__(self, seed: int) -> None:
        charge_steps(_START)
        numbers = [0] * 56
        last = _SEED - min(abs(seed), _INT_MAX)
        numbers[55], current, at = last, 1, 0
        for _ in range(1, 55):
            at = at + 21 if at < 34 else at - 34
            numbers[at] = current
            current = last - current
            current += _INT_MAX if current < 0 else 0
            last = numbers[at]
        for _ in range(4):
            for index in range(1, 56):
                other = index + 30 if index < 25 else index - 25
                numbers[index] = _wrapped(numbers[index] - numbers[1 + other])
                numbers[index] += _INT_MAX if numbers[index] < 0 else 0
        self._numbers, self._first, self._second = numbers, 0, 21

    def sample(self) -> int:
        """The next number from 0 up to but not including the largest int."""
        charge_steps(1)
        self._first = self._first + 1 if self._first < 55 else 1
        self._second = self._second + 1 if self._second < 55 else 1
        found = self._numbers[self._first] - self._numbers[self._second]
        if found == _INT_MAX:
            found -= 1
        if found < 0:
            found += _INT_MAX
        self._numbers[self._first] = found
        return found

    def fraction(self) -> float:
        return self.sample() * (1.0 / _INT_MAX)

    def below(self, limit: int) -> int:
        return int(self.fraction() * limit)

    def between(self, low: int, high: int) -> int:
        width = high - low
        return low + (self.below(width) if width <= _INT_MAX else int(self._wide() * width))

    def _wide(self) -> float:
        """A fraction with a sign bit more, for ranges that an int cannot count."""
        found = self.sample()
        if self.sample() % 2 == 0:
            found = -found
        return (found + (_INT_MAX - 1)) / (2 * _INT_MAX - 1)

    def bits(self) -> int:
        """64 bits, of 22, 22 and 20."""
        return self.below(1 << 22) | self.below(1 << 22) << 22 | self.below(1 << 20) << 44

    def long_between(self, low: int, high: int) -> int:
        width = high - low
        if width <= 1:
            return low
        count = (width - 1).bit_length()
        while True:
            found = self.bits() >> (64 - count)
            if found < width:
                return low + found


def _wrapped(number: int) -> int:
    """An int as it overflows."""
    return (number + 2**31) % 2**32 - 2**31


@RANDOM.constructor("Random(int Seed)")
def make_seeded(seed: int) -> RandomValue:
    return RandomValue(seed)


@RANDOM.constructor("Random()", ambient=True)
def make(run: Evaluation) -> RandomValue:
    return RandomValue(int.from_bytes(draw(run, 4), "big", signed=True))


@RANDOM.property("static Random Shared", ambient=True)
def shared(run: Evaluation) -> RandomValue:
    return make(run)


@RANDOM.method("int Next()")
def next_(self: RandomValue) -> int:
    return self.sample()


@RANDOM.method("int Next(int maxValue)")
def next_below(self: RandomValue, limit: int) -> int:
    if limit < 0:
        raise faults.negative("maxValue", limit)
    return self.below(limit)


@RANDOM.method("int Next(int minValue, int maxValue)")
def next_between(self: RandomValue, low: int, high: int) -> int:
    return self.between(*_ordered(low, high))


def _ordered(low: int, high: int) -> tuple[int, int]:
    if low > high:
        raise faults.out_of_range("'minValue' cannot be greater than maxValue.", "minValue")
    return low, high


@RANDOM.method("long NextInt64()")
def next_long(self: RandomValue) -> Long:
    while True:
        found = self.bits() >> 1
        if found != _LONG_MAX:
            return Long(found)


@RANDOM.method("long NextInt64(long maxValue)")
def next_long_below(self: RandomValue, limit: int) -> Long:
    if limit < 0:
        raise faults.negative("maxValue", limit)
    return Long(self.long_between(0, limit))


@RANDOM.method("long NextInt64(long minValue, long maxValue)")
def next_long_between(self: RandomValue, low: int, high: int) -> Long:
    return Long(self.long_between(*_ordered(low, high)))


@RANDOM.method("double NextDouble()")
def next_double(self: RandomValue) -> float:
    return self.fraction()


@RANDOM.method("float NextSingle()")
def next_single(self: RandomValue) -> Single:
    while True:
        found = single(self.fraction())
        if found < 1.0:
            return found


@RANDOM.method("void NextBytes(byte[] buffer)")
def next_bytes(self: RandomValue, buffer: ByteArray | None) -> None:
    if buffer is None:
        raise faults.argument_null("buffer")
    for at in range(len(buffer)):
        buffer.items[at] = self.sample() & 0xFF


@RANDOM.method("void Shuffle<T>(T[] values)")
def shuffle(self: RandomValue, values: NetArray | None) -> None:
    if values is None:
        raise faults.argument_null("values")
    items, count = values.items, len(values)
    for at in range(count - 1):
        other = self.between(at, count)
        items[at], items[other] = items[other], items[at]


@RANDOM.method("T[] GetItems<T>(T[] choices, int length)", generic=True)
def get_items(arguments: tuple[NetType, ...], self: RandomValue, choices: NetArray | None, length: int) -> NetArray:
    if choices is None:
        raise faults.argument_null("choices")
    if not len(choices):
        raise faults.argument("Span may not be empty.", "choices")
    if length < 0:
        raise faults.negative("length", length)
    charge_size(length)
    count = len(choices)
    if count <= 256 and count & (count - 1) == 0:
        places = [self.sample() & 0xFF & (count - 1) for _ in range(length)]
    else:
        places = [self.below(count) for _ in range(length)]
    return array(arguments[0], [choices.items[at] for at in places])
