"""Value classes behave as frozen, slotted dataclasses do."""

from __future__ import annotations

import pytest

from certgate.core.value import field, field_names, frozen, is_value, replace, slotted


@frozen
class Point:
    """A value with every kind of field."""

    x: int
    y: int = 0
    names: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)
    note: str = field(default="", compare=False)
    total: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.x + self.y)


@slotted
class Counter:
    """A class whose fields change."""

    count: int = 0
    seen: list[int] = field(default_factory=list)


def test_fields_are_filled_by_place_by_name_and_by_default() -> None:
    """As a constructor of a dataclass does, __post_init__ included."""
    assert (Point(1).y, Point(1, 2).y, Point(x=1, y=3).y) == (0, 2, 3)
    assert Point(1, 2).total == 3
    assert Counter().seen is not Counter().seen


@pytest.mark.parametrize(("args", "named"), [((), {}), ((1, 2, (), "", "", 5), {}), ((1,), {"z": 1}), ((1,), {"x": 2})])
def test_wrong_arguments_are_refused(args: tuple[object, ...], named: dict[str, object]) -> None:
    """Too few, too many, unknown, twice."""
    with pytest.raises(TypeError):
        Point(*args, **named)  # type: ignore[arg-type]


def test_a_frozen_value_cannot_change() -> None:
    """Neither its fields nor new ones."""
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.x
    with pytest.raises(AttributeError):
        point.other = 2  # type: ignore[attr-defined]


def test_equality_and_hash_follow_the_compared_fields() -> None:
    """A field with compare=False takes no part; another class is never equal."""
    assert Point(1, note="a") == Point(1, note="b")
    assert hash(Point(1, note="a")) == hash(Point(1, note="b"))
    assert Point(1) != Point(2)
    assert Point(1) != (1, 0, (), "")


def test_a_repr_leaves_secrets_out() -> None:
    """A field with repr=False is not shown."""
    assert repr(Point(1, secret="hunter2")) == "Point(x=1, y=0, names=(), note='', total=1)"


def test_replace_makes_a_changed_copy() -> None:
    """The rest stays, and __post_init__ runs again."""
    changed = replace(Point(1, 2, ("a",)), y=5)
    assert (changed.y, changed.names, changed.total) == (5, ("a",), 6)


def test_patterns_and_reflection() -> None:
    """Positional patterns follow the fields; values are told from other things."""
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
    assert field_names(Point(1)) == ("x", "y", "names", "secret", "note", "total")
    assert is_value(Point(1))
    assert not is_value((1,))


def test_a_slotted_class_changes_and_has_no_hash() -> None:
    """And takes no field that it does not declare."""
    counter = Counter()
    counter.count += 1
    assert counter == Counter(1)
    with pytest.raises(TypeError):
        hash(counter)
    with pytest.raises(AttributeError):
        counter.other = 1  # type: ignore[attr-defined]
