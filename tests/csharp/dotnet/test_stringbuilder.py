"""StringBuilder: editing, places that do not exist, and its charge to the budget."""

from __future__ import annotations

import pytest

from certgate.csharp.dotnet.text import stringbuilder as members
from certgate.csharp.dotnet.text.stringbuilder_append import append_line_end
from certgate.csharp.dotnet.text.stringbuilder_value import BuilderValue
from certgate.csharp.runtime import ThrownException


def test_text_is_appended_inserted_replaced_and_removed() -> None:
    """Every change works on the text as it is by then."""
    builder = BuilderValue("abc")
    builder.append("1").append("x")
    append_line_end(builder)
    members.replace(builder, "b", "B")
    members.remove(builder, 0, 1)
    members.insert_repeated(builder, 0, "<", 2)
    assert members.to_string(builder) == "<<Bc1x\n"
    assert builder.length == 7


def test_the_length_can_be_set() -> None:
    """Shorter cuts off, longer fills with NUL."""
    builder = BuilderValue("abc,")
    members.set_length(builder, 3)
    assert builder.text == "abc"
    members.set_length(builder, 4)
    assert builder.text == "abc\0"


@pytest.mark.parametrize(
    ("call", "type_name"),
    [
        (lambda builder: members.put(builder, -1, "x"), "System.ArgumentOutOfRangeException"),
        (lambda builder: members.put(builder, 3, "x"), "System.ArgumentOutOfRangeException"),
        (lambda builder: members.remove(builder, 1, 3), "System.ArgumentOutOfRangeException"),
        (lambda builder: members.insert_repeated(builder, 9, "x", 1), "System.ArgumentOutOfRangeException"),
        (lambda builder: members.replace(builder, "", "x"), "System.ArgumentException"),
        (lambda builder: members.set_length(builder, -1), "System.ArgumentOutOfRangeException"),
    ],
)
def test_places_that_do_not_exist_throw(call: object, type_name: str) -> None:
    """As .NET throws, member by member."""
    with pytest.raises(ThrownException) as thrown:
        call(BuilderValue("abc"))  # type: ignore[operator]
    assert thrown.value.type_name == type_name
