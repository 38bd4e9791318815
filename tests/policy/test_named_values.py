"""Named values: filled in as text, before anything else, and never shown when they are secret."""

from __future__ import annotations

import pytest

from certgate.core.finding import Severity
from certgate.policy.declaration import Section
from certgate.policy.document import Element, Expression
from certgate.policy.named_values import NamedValue, NamedValues
from certgate.policy.parse import Examined
from tests.policy.policy_vocabulary import look


def first(examined: Examined) -> Element:
    assert examined.problems == ()
    assert examined.document is not None
    return examined.document.sections[Section.INBOUND][0]


FILLED = [
    ('<set-variable name="a" value="{{v}}"/>', {"v": "x"}, "x"),
    ('<set-variable name="a" value="a{{v}}{{v}}b"/>', {"v": "x"}, "axxb"),
    ('<set-variable name="a" value="@("{{v}}")"/>', {"v": "x"}, '@("x")'),
    ('<set-variable name="a" value="@({{v}})"/>', {"v": "1"}, "@(1)"),
    ('<set-variable name="a" value="{{v}}"/>', {"v": '@("x")'}, '@("x")'),
    ('<set-variable name="a" value="{{v}}"/>', {"v": "&lt;"}, "<"),
    ('<set-variable name="a" value="{{v}}"/>', {"v": "{{w}}", "w": "x"}, "{{w}}"),
    ('<set-variable name="a" value="{{a.b-c_1}}"/>', {"a.b-c_1": "x"}, "x"),
    ('<set-variable name="a" value="{{ v }}"/>', {"v": "x"}, "{{ v }}"),
    ('<set-variable name="a" {{rest}}/>', {"rest": 'value="x"'}, "x"),
]


@pytest.mark.parametrize(("text", "values", "expected"), FILLED, ids=[expected for _, _, expected in FILLED])
def test_a_named_value_is_text_in_the_place_of_its_name(text: str, values: dict[str, str], expected: str) -> None:
    """Whole or part of a value, in strings or as C#; what comes out of a value is not looked at again."""
    value = first(look(text, named_values=values)).value("value")
    assert value is not None
    assert value.text == expected


FAULTS = [
    ("{{alowed}}", {"allowed": "x"}, "named-value-unknown", "did you mean allowed?"),
    ("{{x}}", {}, "named-value-unknown", "give it: --named-value x=VALUE"),
    ("{{x}}", {"x": " \n"}, "named-value-blank", None),
    ("{{x}}", {"x": "y" * 4097}, "named-value-too-long", None),
]


@pytest.mark.parametrize(("reference", "values", "code", "hint"), FAULTS, ids=[f"{code}" for _, _, code, _ in FAULTS])
def test_a_reference_that_cannot_be_filled_in(
    reference: str, values: dict[str, str], code: str, hint: str | None
) -> None:
    """One problem, at the reference, and nothing besides about what holds it."""
    (problem,) = look(f'<set-status code="{reference}"/>', named_values=values).problems
    assert (problem.code, problem.hint) == (code, hint)
    assert problem.place is not None
    assert problem.place.column == 19


def test_an_unknown_name_may_be_tolerated() -> None:
    """It is a note then; an expression that holds it as C# is not compiled, one that holds it in a string is."""
    examined = look('<set-variable name="a" value="@("{{x}}" + {{y}})"/>', tolerate_unknown=True)
    assert [(each.code, each.severity) for each in examined.notes] == [("named-value-unknown", Severity.WARNING)] * 2
    value = first(examined).value("value")
    assert isinstance(value, Expression)
    assert value.compiled is None
    value = first(look('<set-variable name="a" value="@("{{x}}")"/>', tolerate_unknown=True)).value("value")
    assert isinstance(value, Expression)
    assert value.compiled is not None


def test_names_do_not_count_in_comments_and_liquid_bodies() -> None:
    """Liquid uses the same braces for its own output."""
    text = '<!-- {{x}} --><set-body template="liquid">{{body.x}}<!-- {{x}} --></set-body>'
    assert look(text).problems == ()


def test_places_behind_a_filled_in_value_are_those_of_the_file() -> None:
    """Inside a value the reference itself is the place."""
    examined = look('<set-variable name="{{n}}" value="{{v}}" valeu="x"/>', named_values={"n": "n" * 50, "v": "<"})
    places = [each.place for each in examined.problems]
    assert [(each.column, each.end_column) for each in places if each] == [(35, 40), (42, 47)]


def test_offsets_of_an_expression_lead_back_to_the_file() -> None:
    """Through entities, line ends and named values."""
    text = '<set-variable name="a"\r\n value="@(&quot;é&quot; +\r\n  &quot;{{v}}&quot; + 1)"/>'
    value = first(look(text, named_values={"v": "long value"})).value("value")
    assert isinstance(value, Expression)
    assert value.text == '@("é" +\n  "long value" + 1)'
    one = value.place(value.text.index("1"), value.text.index("1") + 1)
    assert (one.line, one.column, one.end_column) == (3, 23, 24)
    inside = value.place(value.text.index("value"), value.text.index("value") + 3)
    assert (inside.line, inside.column, inside.end_column) == (3, 9, 14)
    accent = value.place(3, 4)
    assert (accent.line, accent.column) == (2, 17)


def test_a_value_may_break_the_document() -> None:
    """It is text: a quote in it ends the attribute that holds the name, and the place is the name's."""
    examined = look('<set-variable name="a" value="{{v}}"/>', named_values={"v": 'x" y'})
    assert [each.code for each in examined.problems] == ["xml-attribute"]
    assert examined.problems[0].place is not None
    assert examined.problems[0].place.column == 31


def test_secret_values_are_masked_everywhere() -> None:
    """Longest first, and as XML and C# strings write them."""
    values = NamedValues(
        {
            "a": NamedValue("s3cret", True),
            "b": NamedValue("s3cret-long", True),
            "c": NamedValue('q"t&amp;', True),
            "d": "open",
        }
    )
    assert values.redact("s3cret s3cret-long open") == "*** *** open"
    assert values.redact('q"t&amp; q"t& q\\"t&') == "*** *** ***"
    assert values.redact("S3CRET s3Cret-LONG OPEN") == "*** *** OPEN"
    assert NamedValues().redact("anything") == "anything"


def test_more_texts_can_be_masked_with_the_secrets() -> None:
    """Such as those that an expression made of one; the named values themselves do not change."""
    values = NamedValues({"a": NamedValue("s3cret", True)})
    masked = values.redacting(["TERC3S"])
    assert masked("s3cret Terc3s open") == "*** *** open"
    assert values.redact("terc3s") == "terc3s"


def test_problems_do_not_tell_a_secret() -> None:
    """A message that quotes a value quotes its mask."""
    examined = look('<set-status code="{{x}}"/>', named_values={"x": NamedValue("hunter2", True)})
    assert "hunter2" not in examined.problems[0].message
    assert "***" in examined.problems[0].message


@pytest.mark.parametrize(
    "expression", ['"a" == {{x}} + nothing', "{{x}}", '"{{x}}" + nothing', "@{ return context.{{x}}; }", "1 +"]
)
def test_compile_errors_do_not_tell_a_secret(expression: str) -> None:
    """A secret as bare C# is quoted in pieces, as names: code and place stay, the message is withheld."""
    text = expression if expression.startswith("@") else f"@({expression})"
    value = NamedValue("TOP-s3cret-Value", True)
    problems = look(f"<set-variable name=\"a\" value='{text}'/>", named_values={"x": value}).problems
    assert problems
    for problem in problems:
        told = f"{problem.message} {problem.hint}".casefold()
        assert not any(piece in told for piece in ("top", "s3cret", "value'"))
        assert ("withheld" in told) is ("{{x}}" in expression)
        assert problem.code.startswith("CS")
        assert problem.place is not None and problem.place.column is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{x}}", "<hunter2 />"),
        ('<set-status code="{{x}}" />', 'hunter2" hunter3="'),
        ('<set-status code="1" {{x}}="1" />', 'hunter2="" hunter3'),
        ("<choose>{{x}}</choose>", "<hunter2 /> hunter3"),
    ],
)
def test_a_secret_that_breaks_the_document_is_not_told_in_pieces(text: str, value: str) -> None:
    """Names and values that come out of a secret are not quoted."""
    problems = look(text, named_values={"x": NamedValue(value, True)}).problems
    assert problems
    assert not any("hunter" in f"{each.message} {each.hint}" for each in problems)


def test_expressions_and_elements_know_that_they_hold_a_secret() -> None:
    """Told by where the value was filled in, not by how it looks there."""
    text = '<set-variable name="a" value="@(1 + {{x}})"/><set-variable name="b" value="@(1 + {{y}})"/>'
    document = look(text, named_values={"x": NamedValue("1", True), "y": "1"}).document
    assert document is not None
    first, second = (each for each in document.walk() if each.name == "set-variable")
    assert (first.secret, second.secret) == (True, False)
    held = [each.value("value") for each in (first, second)]
    assert [isinstance(value, Expression) and value.secret for value in held] == [True, False]


def test_a_secret_is_masked_before_a_message_is_cut() -> None:
    """A piece of a long secret is a secret too."""
    secret = "hunter2" * 100
    (problem,) = look('<set-status code="{{x}}"/>', named_values={"x": NamedValue(secret, True)}).problems
    assert "hunter2" not in problem.message


def test_values_cannot_make_a_document_grow_without_end() -> None:
    """Many references to a long value."""
    text = f'<set-variable name="a" value="{"{{x}}" * 50_000}"/>'
    assert "document-too-large" in {each.code for each in look(text, named_values={"x": "y" * 4096}).problems}
