"""Findings, errors of several problems, and declarations that are made once."""

from __future__ import annotations

import pytest

from certgate.core.errors import InputError
from certgate.core.finding import Finding
from certgate.core.registry import Registry, did_you_mean


def test_an_error_of_several_problems_keeps_them_all() -> None:
    """The first speaks for the error; none is lost."""
    error = InputError.of([Finding("a", "one"), Finding("b", "two")])
    assert (error.code, error.message) == ("a", "one")
    assert [problem.code for problem in error.problems] == ["a", "b"]


def test_a_registry_refuses_duplicates() -> None:
    """Declaring a name twice is a bug that shows at once."""
    registry: Registry[int] = Registry("thing")
    registry.add("one", 1)
    with pytest.raises(ValueError, match="'one' is declared twice"):
        registry.add("one", 2)


def test_the_nearest_known_word_is_offered() -> None:
    """Case does not matter; nothing near is nothing said."""
    assert did_you_mean("Reson", ["reason", "code"]) == "did you mean reason?"
    assert did_you_mean("zzz", ["reason", "code"]) is None
