"""Every exception type that is declared: its base, its HResult and the message of ``new X()``.

A base's HResult holds where a type has none of its own; without a message .NET says that one of the type was thrown.
"""

from __future__ import annotations

from certgate.core.value import frozen

_TABLE = """\
System.Exception|-|80131500|
System.SystemException|System.Exception|80131501|System error.
System.ApplicationException|System.Exception|80131600|Error in the application.
System.ArgumentException|System.SystemException|80070057|Value does not fall within the expected range.
System.ArgumentNullException|System.ArgumentException|80004003|Value cannot be null.
System.ArgumentOutOfRangeException|System.ArgumentException|80131502|\
Specified argument was out of the range of valid values.
System.DuplicateWaitObjectException|System.ArgumentException|80131529|Duplicate objects in argument.
System.Globalization.CultureNotFoundException|System.ArgumentException||Culture is not supported.
System.Text.DecoderFallbackException|System.ArgumentException||Value does not fall within the expected range.
System.Text.EncoderFallbackException|System.ArgumentException||Value does not fall within the expected range.
System.ArithmeticException|System.SystemException|80070216|Overflow or underflow in the arithmetic operation.
System.DivideByZeroException|System.ArithmeticException|80020012|Attempted to divide by zero.
System.OverflowException|System.ArithmeticException|80131516|Arithmetic operation resulted in an overflow.
System.NotFiniteNumberException|System.ArithmeticException|80131528|Number encountered was not a finite quantity.
System.ArrayTypeMismatchException|System.SystemException|80131503|\
Attempted to access an element as a type incompatible with the array.
System.BadImageFormatException|System.SystemException|8007000B|\
Format of the executable (.exe) or library (.dll) is invalid.
System.CannotUnloadAppDomainException|System.SystemException|80131015|Attempt to unload the AppDomain failed.
System.FormatException|System.SystemException|80131537|One of the identified items was in an invalid format.
System.UriFormatException|System.FormatException||One of the identified items was in an invalid format.
System.IndexOutOfRangeException|System.SystemException|80131508|Index was outside the bounds of the array.
System.InvalidCastException|System.SystemException|80004002|Specified cast is not valid.
System.InvalidOperationException|System.SystemException|80131509|\
Operation is not valid due to the current state of the object.
System.ObjectDisposedException|System.InvalidOperationException|80131622|Cannot access a disposed object.
System.InvalidProgramException|System.SystemException|8013153A|Common Language Runtime detected an invalid program.
System.InvalidTimeZoneException|System.Exception||
System.TimeZoneNotFoundException|System.Exception||
System.MemberAccessException|System.SystemException|8013151A|Cannot access member.
System.FieldAccessException|System.MemberAccessException|80131507|\
Attempted to access a field that is not accessible by the caller.
System.MethodAccessException|System.MemberAccessException|80131510|Attempt to access the method failed.
System.MissingMemberException|System.MemberAccessException|80131512|Attempted to access a missing member.
System.MissingFieldException|System.MissingMemberException|80131511|Attempted to access a non-existing field.
System.MissingMethodException|System.MissingMemberException|80131513|Attempted to access a missing method.
System.MulticastNotSupportedException|System.SystemException|80131514|\
Attempted to add multiple callbacks to a delegate that does not support multicast.
System.NotImplementedException|System.SystemException|80004001|The method or operation is not implemented.
System.NotSupportedException|System.SystemException|80131515|Specified method is not supported.
System.PlatformNotSupportedException|System.NotSupportedException|80131539|\
Operation is not supported on this platform.
System.NullReferenceException|System.SystemException|80004003|Object reference not set to an instance of an object.
System.OutOfMemoryException|System.SystemException|8007000E|\
Insufficient memory to continue the execution of the program.
System.InsufficientMemoryException|System.OutOfMemoryException|8013153D|\
Insufficient memory to continue the execution of the program.
System.OperationCanceledException|System.SystemException|8013153B|The operation was canceled.
System.Threading.Tasks.TaskCanceledException|System.OperationCanceledException||A task was canceled.
System.RankException|System.SystemException|80131517|\
Attempted to operate on an array with the incorrect number of dimensions.
System.StackOverflowException|System.SystemException|800703E9|Operation caused a stack overflow.
System.TimeoutException|System.SystemException|80131505|The operation has timed out.
System.TypeInitializationException|System.SystemException|80131534|
System.TypeLoadException|System.SystemException|80131522|Failure has occurred while loading a type.
System.EntryPointNotFoundException|System.TypeLoadException|80131523|Entry point was not found.
System.TypeAccessException|System.TypeLoadException|80131543|Attempt to access the type failed.
System.UnauthorizedAccessException|System.SystemException|80070005|Attempted to perform an unauthorized operation.
System.AggregateException|System.Exception||One or more errors occurred.
System.Collections.Generic.KeyNotFoundException|System.SystemException|80131577|\
The given key was not present in the dictionary.
System.IO.IOException|System.SystemException|80131620|I/O error occurred.
System.IO.DirectoryNotFoundException|System.IO.IOException|80070003|\
Attempted to access a path that is not on the disk.
System.IO.EndOfStreamException|System.IO.IOException|80070026|Attempted to read past the end of the stream.
System.IO.FileLoadException|System.IO.IOException|80131621|Could not load the specified file.
System.IO.FileNotFoundException|System.IO.IOException|80070002|Unable to find the specified file.
System.IO.PathTooLongException|System.IO.IOException|800700CE|\
The specified file name or path is too long, or a component of the specified path is too long.
System.IO.InvalidDataException|System.SystemException||Found invalid data while decoding.
System.Security.SecurityException|System.SystemException|8013150A|Security error.
System.Security.Cryptography.CryptographicException|System.SystemException|80131430|\
Error occurred during a cryptographic operation.
System.Reflection.TargetInvocationException|System.Exception|80131604|\
Exception has been thrown by the target of an invocation.
"""


@frozen
class Row:
    """`number` is the HResult, 0 where the base's holds; `message` may be empty."""

    base: str
    number: int
    message: str


def _read() -> dict[str, Row]:
    lines = (line.split("|") for line in _TABLE.splitlines())
    return {name: Row(base, int(number or "0", 16), message) for name, base, number, message in lines}


ROWS = _read()
"""Full name -> what is known of the type, bases before the types that derive from them."""
