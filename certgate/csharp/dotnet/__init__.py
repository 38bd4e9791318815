"""The .NET types that certgate has, one module for a type or family; a module is loaded when one of its types is named.

To add a type: declare it in a module here and list its metadata name (``List`1`` for ``List<T>``) beside the module.
"""

from __future__ import annotations

MODULES: dict[str, str] = {
    "array_": "System.Array",
    "bitconverter": "System.BitConverter",
    "boolean": "System.Boolean",
    "char_": "System.Char",
    "collection_interfaces": "System.Collections.IEnumerable System.Collections.IEnumerator "
    "System.Collections.ICollection "
    "System.Collections.IList System.Collections.IDictionary System.Collections.Generic.IEnumerable`1 "
    "System.Collections.Generic.IEnumerator`1 System.Collections.Generic.ICollection`1 "
    "System.Collections.Generic.IReadOnlyCollection`1 System.Collections.Generic.IList`1 "
    "System.Collections.Generic.IReadOnlyList`1 System.Collections.Generic.ISet`1 "
    "System.Collections.Generic.IDictionary`2 System.Collections.Generic.IReadOnlyDictionary`2",
    "convert": "System.Convert System.TypeCode System.Base64FormattingOptions",
    "datetime_": "System.DateTime System.DateTimeKind System.DayOfWeek",
    "datetimeoffset_read": "System.DateTimeOffset",
    "delegates": "System.Action System.Action`1 System.Action`2 System.Action`3 System.Action`4 System.Action`5 "
    "System.Action`6 System.Action`7 System.Action`8 System.Action`9 System.Action`10 System.Action`11 "
    "System.Action`12 System.Action`13 System.Action`14 System.Action`15 System.Action`16 System.Func`1 "
    "System.Func`2 System.Func`3 System.Func`4 System.Func`5 System.Func`6 System.Func`7 System.Func`8 "
    "System.Func`9 System.Func`10 System.Func`11 System.Func`12 System.Func`13 System.Func`14 "
    "System.Func`15 System.Func`16 System.Func`17 System.Predicate`1 System.Comparison`1 "
    "System.Converter`2",
    "dictionary": "System.Collections.Generic.Dictionary`2 System.Collections.Generic.KeyValuePair`2 "
    "System.Collections.Generic.KeyValuePair System.Collections.Generic.DictionaryKeyCollection`1",
    "encoding": "System.Text.Encoding System.Text.UTF8Encoding",
    "enum_": "System.Enum",
    "environment_": "System.Environment",
    "exception_types": "System.Exception System.SystemException System.ApplicationException System.ArgumentException "
    "System.ArgumentNullException System.ArgumentOutOfRangeException System.ArithmeticException "
    "System.DivideByZeroException System.OverflowException System.ArrayTypeMismatchException "
    "System.FormatException System.UriFormatException System.IndexOutOfRangeException "
    "System.InvalidCastException System.InvalidOperationException System.ObjectDisposedException "
    "System.NotImplementedException System.NotSupportedException System.PlatformNotSupportedException "
    "System.NullReferenceException System.OutOfMemoryException System.RankException "
    "System.TimeoutException System.TimeZoneNotFoundException System.UnauthorizedAccessException "
    "System.OperationCanceledException System.AggregateException "
    "System.Collections.Generic.KeyNotFoundException System.IO.IOException System.IO.InvalidDataException "
    "System.Security.Cryptography.CryptographicException",
    "globalization": "System.Globalization.CultureInfo System.Globalization.CompareOptions "
    "System.Globalization.NumberStyles System.Globalization.DateTimeStyles "
    "System.Globalization.TimeSpanStyles System.Globalization.UnicodeCategory "
    "System.Globalization.CharUnicodeInfo",
    "guid": "System.Guid",
    "hash_names": "System.Security.Cryptography.HashAlgorithmName",
    "hashes": "System.Security.Cryptography.HashAlgorithm System.Security.Cryptography.KeyedHashAlgorithm "
    "System.Security.Cryptography.HMAC System.Security.Cryptography.MD5 System.Security.Cryptography.SHA1 "
    "System.Security.Cryptography.SHA256 System.Security.Cryptography.SHA384 "
    "System.Security.Cryptography.SHA512 System.Security.Cryptography.SHA1Managed "
    "System.Security.Cryptography.SHA256Managed System.Security.Cryptography.SHA384Managed "
    "System.Security.Cryptography.SHA512Managed System.Security.Cryptography.HMACMD5 "
    "System.Security.Cryptography.HMACSHA1 System.Security.Cryptography.HMACSHA256 "
    "System.Security.Cryptography.HMACSHA384 System.Security.Cryptography.HMACSHA512",
    "hashset": "System.Collections.Generic.HashSet`1",
    "http_status": "System.Net.HttpStatusCode",
    "interfaces": "System.IComparable System.IComparable`1 System.IEquatable`1 System.IFormattable "
    "System.IFormatProvider System.ICloneable System.IDisposable System.IConvertible System.ValueType",
    "ip_address": "System.Net.IPAddress System.Net.Sockets.AddressFamily",
    "linq": "System.Linq.Enumerable",
    "linq_values": "System.Linq.IOrderedEnumerable`1 System.Linq.IGrouping`2 System.Linq.ILookup`2",
    "json_": "Newtonsoft.Json.Formatting Newtonsoft.Json.JsonConvert Newtonsoft.Json.JsonException "
    "Newtonsoft.Json.JsonReaderException Newtonsoft.Json.JsonSerializationException "
    "Newtonsoft.Json.NullValueHandling Newtonsoft.Json.DateParseHandling Newtonsoft.Json.JsonSerializerSettings "
    "Newtonsoft.Json.Linq.JToken Newtonsoft.Json.Linq.JContainer Newtonsoft.Json.Linq.JObject "
    "Newtonsoft.Json.Linq.JArray Newtonsoft.Json.Linq.JProperty Newtonsoft.Json.Linq.JValue "
    "Newtonsoft.Json.Linq.JTokenType Newtonsoft.Json.Linq.Extensions Newtonsoft.Json.Linq.JsonMergeSettings "
    "Newtonsoft.Json.Linq.MergeArrayHandling",
    "list_": "System.Collections.Generic.List`1 System.Collections.Generic.ListEnumerator`1 "
    "System.Collections.ObjectModel.ReadOnlyCollection`1",
    "math_": "System.Math System.MidpointRounding",
    "numbers": "System.Byte System.SByte System.Int16 System.UInt16 System.Int32 System.UInt32 System.Int64 "
    "System.UInt64 System.Single System.Double System.Decimal",
    "object_": "System.Object System.Type System.Reflection.MemberInfo System.Nullable`1",
    "oid": "System.Security.Cryptography.Oid System.Security.Cryptography.AsnEncodedData",
    "queue_stack": "System.Collections.Generic.Queue`1 System.Collections.Generic.Stack`1",
    "regex_": "System.Text.RegularExpressions.Regex System.Text.RegularExpressions.RegexOptions "
    "System.Text.RegularExpressions.Match System.Text.RegularExpressions.Group "
    "System.Text.RegularExpressions.Capture System.Text.RegularExpressions.MatchCollection "
    "System.Text.RegularExpressions.GroupCollection System.Text.RegularExpressions.CaptureCollection "
    "System.Text.RegularExpressions.MatchEvaluator System.Text.RegularExpressions.RegexParseException "
    "System.Text.RegularExpressions.RegexMatchTimeoutException",
    "spans": "System.ReadOnlySpan`1 System.Span`1 System.MemoryExtensions",
    "string_": "System.String System.StringSplitOptions System.Text.NormalizationForm",
    "string_comparison": "System.StringComparison System.StringComparer System.Collections.Generic.IEqualityComparer`1 "
    "System.Collections.Generic.IComparer`1",
    "stringbuilder": "System.Text.StringBuilder",
    "text_reader": "System.IO.TextReader System.IO.StringReader System.IO.TextWriter System.IO.StringWriter",
    "timespan": "System.TimeSpan",
    "timezone": "System.TimeZoneInfo",
    "tuple_": "System.Tuple System.Tuple`1 System.Tuple`2 System.Tuple`3 System.Tuple`4 System.Tuple`5 "
    "System.Tuple`6 System.Tuple`7",
    "uri": "System.Uri System.UriKind System.UriPartial System.UriHostNameType",
    "webutility": "System.Net.WebUtility",
    "x509_certificate": "System.Security.Cryptography.X509Certificates.X509Certificate "
    "System.Security.Cryptography.X509Certificates.X509Certificate2 "
    "System.Security.Cryptography.X509Certificates.X500DistinguishedName "
    "System.Security.Cryptography.X509Certificates.X509NameType "
    "System.Security.Cryptography.X509Certificates.X509ContentType "
    "System.Security.Cryptography.X509Certificates.X500DistinguishedNameFlags",
    "x509_extensions": "System.Security.Cryptography.X509Certificates.X509ExtensionCollection "
    "System.Security.Cryptography.X509Certificates.X509Extension "
    "System.Security.Cryptography.X509Certificates.X509BasicConstraintsExtension "
    "System.Security.Cryptography.X509Certificates.X509KeyUsageExtension "
    "System.Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension "
    "System.Security.Cryptography.X509Certificates.X509SubjectKeyIdentifierExtension "
    "System.Security.Cryptography.X509Certificates.X509AuthorityKeyIdentifierExtension "
    "System.Security.Cryptography.X509Certificates.X509SubjectAlternativeNameExtension "
    "System.Security.Cryptography.X509Certificates.X509AuthorityInformationAccessExtension "
    "System.Security.Cryptography.X509Certificates.X509KeyUsageFlags "
    "System.Security.Cryptography.OidCollection",
    "x509_keys": "System.Security.Cryptography.X509Certificates.PublicKey "
    "System.Security.Cryptography.X509Certificates.RSACertificateExtensions "
    "System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions "
    "System.Security.Cryptography.AsymmetricAlgorithm System.Security.Cryptography.RSA "
    "System.Security.Cryptography.ECDsa System.Security.Cryptography.RSAParameters "
    "System.Security.Cryptography.RSASignaturePadding System.Security.Cryptography.CipherMode "
    "System.Security.Cryptography.PaddingMode",
}
"""Module -> the full names of the types that it declares."""

EXTENSIONS: dict[str, str] = {
    "json_": "Value Values Children",
    "linq_groups": "GroupBy GroupJoin Join ToLookup",
    "linq_numbers": "Average Max MaxBy Min MinBy Sum",
    "linq_select": "AsEnumerable Cast Chunk OfType Select SelectMany Skip SkipLast SkipWhile Take TakeLast TakeWhile "
    "Where Zip",
    "linq_sequence": "Append Concat DefaultIfEmpty Distinct DistinctBy Except Intersect Order OrderBy "
    "OrderByDescending OrderDescending Prepend Reverse SequenceEqual ThenBy ThenByDescending Union",
    "linq_single": "Aggregate All Any Contains Count ElementAt ElementAtOrDefault First FirstOrDefault Last "
    "LastOrDefault LongCount Single SingleOrDefault",
    "linq_to": "ToArray ToDictionary ToHashSet ToList",
    "spans": "ToLower ToUpper ToLowerInvariant ToUpperInvariant Split StartsWith EndsWith IndexOf "
    "LastIndexOf Trim TrimStart "
    "TrimEnd Replace",
    "x509_certificate": "VerifyNoRevocation",
    "x509_keys": "GetECDsaPublicKey GetRSAPrivateKey GetRSAPublicKey",
}
"""Module with extension methods -> the names of all of them: it is loaded when one of them is looked for."""

INDEX: dict[str, str] = {name: module for module, names in MODULES.items() for name in names.split()}
"""Metadata name -> module."""

SIMPLE_NAMES: dict[str, tuple[str, ...]] = {}
"""Name without namespace (with arity) -> the full names it may stand for."""

for _name in INDEX:
    _full = _name.partition("`")[0]
    _simple = _name.rpartition(".")[2]
    SIMPLE_NAMES[_simple] = (*SIMPLE_NAMES.get(_simple, ()), _full)

for _name in [
    "Object",
    "String",
    "Boolean",
    "Char",
    "SByte",
    "Byte",
    "Int16",
    "UInt16",
    "Int32",
    "UInt32",
    "Int64",
    "UInt64",
    "Single",
    "Double",
    "Decimal",
]:
    SIMPLE_NAMES.setdefault(_name, (f"System.{_name}",))
SIMPLE_NAMES.setdefault("Nullable`1", ("System.Nullable",))
