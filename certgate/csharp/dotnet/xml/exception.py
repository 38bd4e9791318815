"""``XmlException``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system.exception_types import EXCEPTION
from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.runtime import ThrownException
from certgate.csharp.types import define

NAME = "System.Xml.XmlException"
_DEFAULT = "An XML error has occurred."
_HRESULT = 0x80131940 - (1 << 32)
XML_EXCEPTION = define(
    NAME,
    bases=("System.SystemException",),
    known="Data Equals GetBaseException GetHashCode GetObjectData GetType HResult HelpLink InnerException "
    "LineNumber LinePosition Message ReferenceEquals Source SourceUri StackTrace TargetSite ToString",
)
BASE = EXCEPTION
"""The type whose members it has."""


def xml_fault(message: str, line: int = 0, position: int = 0) -> ThrownException:
    """An XmlException; its message ends in the place, where there is one."""
    whole = f"{message} Line {line}, position {position}." if line else message
    return ThrownException(NAME, whole, _value(whole, None, line, position, SourceUri=""))


def _value(message: str, inner: Any, line: int, position: int, **data: Any) -> ExceptionValue:
    return ExceptionValue(NAME, message, inner, LineNumber=line, LinePosition=position, HResult=_HRESULT, **data)


def _made(message: str | None, inner: Any = None, line: int = 0, position: int = 0) -> ExceptionValue:
    text = message or _DEFAULT
    whole = f"{text} Line {line}, position {position}." if line else text
    made = _value(whole, inner, line, position)
    made.was_thrown = False
    return made


@XML_EXCEPTION.constructor("XmlException()")
def make() -> ExceptionValue:
    return _made(None)


@XML_EXCEPTION.constructor("XmlException(string message)")
def make_message(message: str | None) -> ExceptionValue:
    return _made(message)


@XML_EXCEPTION.constructor("XmlException(string message, System.Exception innerException)")
def make_inner(message: str | None, inner: Any) -> ExceptionValue:
    return _made(message, inner)


@XML_EXCEPTION.constructor(
    "XmlException(string message, System.Exception innerException, int lineNumber, int linePosition)"
)
def make_all(message: str | None, inner: Any, line: int, position: int) -> ExceptionValue:
    return _made(message, inner, line, position)


@XML_EXCEPTION.property("string Message")
def get_message(self: ExceptionValue) -> str:
    return self.message


@XML_EXCEPTION.property("int LineNumber")
def get_line(self: ExceptionValue) -> int:
    return int(self.data.get("LineNumber") or 0)


@XML_EXCEPTION.property("int LinePosition")
def get_position(self: ExceptionValue) -> int:
    return int(self.data.get("LinePosition") or 0)


@XML_EXCEPTION.property("string SourceUri")
def get_source_uri(self: ExceptionValue) -> str | None:
    """What is read from a text has none."""
    return self.data.get("SourceUri")
