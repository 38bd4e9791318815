"""The exceptions that .NET's own members throw, with .NET's texts. Each function makes one, for the caller to raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.runtime import ThrownException

if TYPE_CHECKING:
    from typing import Any


def thrown(type_name: str, message: str) -> ThrownException:
    return ThrownException(type_name, message)


def argument_null(parameter: str) -> ThrownException:
    return thrown("System.ArgumentNullException", f"Value cannot be null. (Parameter '{parameter}')")


def argument(message: str, parameter: str | None = None) -> ThrownException:
    return thrown("System.ArgumentException", message if parameter is None else f"{message} (Parameter '{parameter}')")


def out_of_range(message: str, parameter: str | None = None, actual: Any = None) -> ThrownException:
    """`actual`: the value that the message shows on a line of its own."""
    text = message if parameter is None else f"{message} (Parameter '{parameter}')"
    if actual is None:
        return thrown("System.ArgumentOutOfRangeException", text)
    from certgate.csharp.exceptions import ExceptionValue

    shown = f"{text}\nActual value was {actual}."
    return ExceptionValue("System.ArgumentOutOfRangeException", shown, ParamName=parameter, ActualValue=actual).thrown()


def not_valid(parameter: str) -> ThrownException:
    return out_of_range("Specified argument was out of the range of valid values.", parameter)


def negative(parameter: str, actual: int) -> ThrownException:
    return out_of_range(f"{parameter} ('{actual}') must be a non-negative value.", parameter, actual)


def not_positive(parameter: str, actual: int) -> ThrownException:
    return out_of_range(f"{parameter} ('{actual}') must be a non-negative and non-zero value.", parameter, actual)


def too_small(parameter: str, actual: int, limit: int) -> ThrownException:
    return out_of_range(f"{parameter} ('{actual}') must be greater than or equal to '{limit}'.", parameter, actual)


def too_large(parameter: str, actual: int, limit: int) -> ThrownException:
    return out_of_range(f"{parameter} ('{actual}') must be less than or equal to '{limit}'.", parameter, actual)


def index_less(parameter: str = "index") -> ThrownException:
    message = "Index was out of range. Must be non-negative and less than the size of the collection."
    return out_of_range(message, parameter)


def index_less_or_equal(parameter: str) -> ThrownException:
    message = "Index was out of range. Must be non-negative and less than or equal to the size of the collection."
    return out_of_range(message, parameter)


def count(parameter: str = "count") -> ThrownException:
    message = "Count must be positive and count must refer to a location within the string/array/collection."
    return out_of_range(message, parameter)


def bad_format_specifier() -> ThrownException:
    return format_error("Format specifier was invalid.")


def bad_format() -> ThrownException:
    return format_error("Input string was not in a correct format.")


def bad_input(text: str) -> ThrownException:
    return format_error(f"The input string '{text}' was not in a correct format.")


def format_error(message: str) -> ThrownException:
    return thrown("System.FormatException", message)


def overflow(message: str = "Arithmetic operation resulted in an overflow.") -> ThrownException:
    return thrown("System.OverflowException", message)


def invalid_operation(message: str) -> ThrownException:
    return thrown("System.InvalidOperationException", message)


def invalid_cast(message: str) -> ThrownException:
    return thrown("System.InvalidCastException", message)


def not_supported(message: str = "Specified method is not supported.") -> ThrownException:
    return thrown("System.NotSupportedException", message)


def null_reference() -> ThrownException:
    return thrown("System.NullReferenceException", "Object reference not set to an instance of an object.")


def index_outside_array() -> ThrownException:
    return thrown("System.IndexOutOfRangeException", "Index was outside the bounds of the array.")


def key_not_found(key: str) -> ThrownException:
    message = f"The given key '{key}' was not present in the dictionary."
    return thrown("System.Collections.Generic.KeyNotFoundException", message)


def cryptographic(message: str) -> ThrownException:
    return thrown("System.Security.Cryptography.CryptographicException", message)
