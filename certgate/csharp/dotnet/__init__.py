"""The .NET types that certgate has: a package for each family, a module for each type, loaded when it is named.

To add a type: declare it in a module of its family and list its metadata name (``List`1`` for ``List<T>``) beside the
module here.
"""

from __future__ import annotations

MODULES: dict[str, str] = {
    "collections.array_": "System.Array",
    "io.binary_io": "System.IO.BinaryReader System.IO.BinaryWriter",
    "numbers.bitconverter": "System.BitConverter",
    "system.boolean": "System.Boolean",
    "system.buffer": "System.Buffer",
    "text.char_": "System.Char",
    "collections.collection_interfaces": "System.Collections.IEnumerable System.Collections.IEnumerator "
    "System.Collections.ICollection System.Collections.IList System.Collections.IDictionary "
    "System.Collections.IDictionaryEnumerator System.Collections.Generic.IEnumerable`1 "
    "System.Collections.Generic.IEnumerator`1 System.Collections.Generic.ICollection`1 "
    "System.Collections.Generic.IReadOnlyCollection`1 System.Collections.Generic.IList`1 "
    "System.Collections.Generic.IReadOnlyList`1 System.Collections.Generic.ISet`1 "
    "System.Collections.Generic.IReadOnlySet`1 System.Collections.Generic.IDictionary`2 "
    "System.Collections.Generic.IReadOnlyDictionary`2",
    "collections.comparers": "System.Collections.Generic.EqualityComparer`1 System.Collections.Generic.Comparer`1 "
    "System.Collections.IEqualityComparer System.Collections.IComparer System.Collections.Comparer",
    "collections.concurrent": "System.Collections.Concurrent.ConcurrentDictionary`2 "
    "System.Collections.Concurrent.ConcurrentQueue`1 System.Collections.Concurrent.ConcurrentStack`1",
    "numbers.convert": "System.Convert System.TypeCode System.Base64FormattingOptions",
    "dates.datetime_": "System.DateTime System.DateTimeKind System.DayOfWeek",
    "dates.datetimeoffset_read": "System.DateTimeOffset",
    "system.dbnull": "System.DBNull",
    "system.delegates": "System.Action System.Action`1 System.Action`2 System.Action`3 System.Action`4 "
    "System.Action`5 System.Action`6 System.Action`7 System.Action`8 System.Action`9 System.Action`10 "
    "System.Action`11 System.Action`12 System.Action`13 System.Action`14 System.Action`15 System.Action`16 "
    "System.Func`1 System.Func`2 System.Func`3 System.Func`4 System.Func`5 System.Func`6 System.Func`7 System.Func`8 "
    "System.Func`9 System.Func`10 System.Func`11 System.Func`12 System.Func`13 System.Func`14 System.Func`15 "
    "System.Func`16 System.Func`17 System.Predicate`1 System.Comparison`1 System.Converter`2",
    "collections.dictionary": "System.Collections.Generic.Dictionary`2 System.Collections.Generic.KeyValuePair`2 "
    "System.Collections.Generic.KeyValuePair System.Collections.Generic.DictionaryKeyCollection`1 "
    "System.Collections.Generic.Dictionary.KeyCollection`2 System.Collections.Generic.Dictionary.ValueCollection`2 "
    "System.Collections.Generic.SortedDictionary.KeyCollection`2 "
    "System.Collections.Generic.SortedDictionary.ValueCollection`2 "
    "System.Collections.ObjectModel.ReadOnlyDictionary.KeyCollection`2 "
    "System.Collections.ObjectModel.ReadOnlyDictionary.ValueCollection`2",
    "text.encoding": "System.Text.Encoding System.Text.UTF8Encoding System.Text.ASCIIEncoding "
    "System.Text.UnicodeEncoding System.Text.UTF32Encoding System.Text.Latin1Encoding",
    "system.enum_": "System.Enum",
    "system.environment_": "System.Environment",
    "system.exception_types": "System.Exception System.SystemException System.ApplicationException "
    "System.ArgumentException System.ArgumentNullException System.ArgumentOutOfRangeException "
    "System.DuplicateWaitObjectException System.Globalization.CultureNotFoundException "
    "System.Text.DecoderFallbackException System.Text.EncoderFallbackException System.ArithmeticException "
    "System.DivideByZeroException System.OverflowException System.NotFiniteNumberException "
    "System.ArrayTypeMismatchException System.BadImageFormatException System.CannotUnloadAppDomainException "
    "System.FormatException System.UriFormatException System.IndexOutOfRangeException System.InvalidCastException "
    "System.InvalidOperationException System.ObjectDisposedException System.InvalidProgramException "
    "System.InvalidTimeZoneException System.TimeZoneNotFoundException System.MemberAccessException "
    "System.FieldAccessException System.MethodAccessException System.MissingMemberException "
    "System.MissingFieldException System.MissingMethodException System.MulticastNotSupportedException "
    "System.NotImplementedException System.NotSupportedException System.PlatformNotSupportedException "
    "System.NullReferenceException System.OutOfMemoryException System.InsufficientMemoryException "
    "System.OperationCanceledException System.Threading.Tasks.TaskCanceledException System.RankException "
    "System.StackOverflowException System.TimeoutException System.TypeInitializationException "
    "System.TypeLoadException System.EntryPointNotFoundException System.TypeAccessException "
    "System.UnauthorizedAccessException System.AggregateException System.Collections.Generic.KeyNotFoundException "
    "System.IO.IOException System.IO.DirectoryNotFoundException System.IO.EndOfStreamException "
    "System.IO.FileLoadException System.IO.FileNotFoundException System.IO.PathTooLongException "
    "System.IO.InvalidDataException System.Security.SecurityException "
    "System.Security.Cryptography.CryptographicException System.Reflection.TargetInvocationException",
    "text.globalization": "System.Globalization.CompareOptions System.Globalization.NumberStyles "
    "System.Globalization.DateTimeStyles System.Globalization.TimeSpanStyles System.Globalization.UnicodeCategory "
    "System.Globalization.CharUnicodeInfo",
    "system.lazy": "System.Lazy`1",
    "collections.linked_list": "System.Collections.Generic.LinkedList`1 System.Collections.Generic.LinkedListNode`1",
    "collections.priority_queue": "System.Collections.Generic.PriorityQueue`2",
    "system.runtime_binder": "Microsoft.CSharp.RuntimeBinder.RuntimeBinderException",
    "text.formattable_string": "System.FormattableString System.Runtime.CompilerServices.FormattableStringFactory",
    "system.guid": "System.Guid",
    "crypto.asymmetric": "System.Security.Cryptography.AsymmetricAlgorithm",
    "crypto.authenticated": "System.Security.Cryptography.AesGcm",
    "crypto.cipher_modes": "System.Security.Cryptography.CipherMode System.Security.Cryptography.PaddingMode "
    "System.Security.Cryptography.KeySizes System.Security.Cryptography.CryptographicUnexpectedOperationException "
    "System.Security.Cryptography.AuthenticationTagMismatchException",
    "crypto.cipher_transform": "System.Security.Cryptography.ICryptoTransform",
    "crypto.crypto_stream": "System.Security.Cryptography.CryptoStream System.Security.Cryptography.CryptoStreamMode",
    "crypto.crypto_operations": "System.Security.Cryptography.CryptographicOperations "
    "System.Security.Cryptography.IncrementalHash",
    "crypto.ecdsa": "System.Security.Cryptography.ECDsa System.Security.Cryptography.ECDsaCng "
    "System.Security.Cryptography.ECDsaOpenSsl System.Security.Cryptography.DSASignatureFormat",
    "crypto.key_derivation": "System.Security.Cryptography.DeriveBytes System.Security.Cryptography.Rfc2898DeriveBytes",
    "numbers.random_numbers": "System.Security.Cryptography.RandomNumberGenerator "
    "System.Security.Cryptography.RNGCryptoServiceProvider",
    "crypto.rsa": "System.Security.Cryptography.RSA System.Security.Cryptography.RSACryptoServiceProvider "
    "System.Security.Cryptography.RSACng System.Security.Cryptography.RSAOpenSsl",
    "crypto.rsa_paddings": "System.Security.Cryptography.RSASignaturePadding "
    "System.Security.Cryptography.RSAEncryptionPadding System.Security.Cryptography.RSASignaturePaddingMode "
    "System.Security.Cryptography.RSAEncryptionPaddingMode",
    "crypto.rsa_parameters": "System.Security.Cryptography.RSAParameters",
    "system.stopwatch": "System.Diagnostics.Stopwatch",
    "crypto.symmetric": "System.Security.Cryptography.SymmetricAlgorithm",
    "crypto.symmetric_types": "System.Security.Cryptography.Aes System.Security.Cryptography.AesCryptoServiceProvider "
    "System.Security.Cryptography.AesManaged System.Security.Cryptography.Rijndael "
    "System.Security.Cryptography.RijndaelManaged System.Security.Cryptography.TripleDES "
    "System.Security.Cryptography.TripleDESCryptoServiceProvider System.Security.Cryptography.DES "
    "System.Security.Cryptography.DESCryptoServiceProvider",
    "collections.hashtable": "System.Collections.Hashtable System.Collections.DictionaryEntry "
    "System.Collections.ListDictionaryInternal System.Collections.HashtableView",
    "crypto.hash_names": "System.Security.Cryptography.HashAlgorithmName",
    "crypto.hashes": "System.Security.Cryptography.HashAlgorithm System.Security.Cryptography.KeyedHashAlgorithm "
    "System.Security.Cryptography.HMAC",
    "crypto.hash_types": "System.Security.Cryptography.MD5 System.Security.Cryptography.SHA1 "
    "System.Security.Cryptography.MD5CryptoServiceProvider System.Security.Cryptography.SHA1CryptoServiceProvider "
    "System.Security.Cryptography.SHA256CryptoServiceProvider "
    "System.Security.Cryptography.SHA384CryptoServiceProvider "
    "System.Security.Cryptography.SHA512CryptoServiceProvider System.Security.Cryptography.SHA256 "
    "System.Security.Cryptography.SHA384 System.Security.Cryptography.SHA512 System.Security.Cryptography.SHA1Managed "
    "System.Security.Cryptography.SHA256Managed System.Security.Cryptography.SHA384Managed "
    "System.Security.Cryptography.SHA512Managed System.Security.Cryptography.HMACMD5 "
    "System.Security.Cryptography.HMACSHA1 System.Security.Cryptography.HMACSHA256 "
    "System.Security.Cryptography.HMACSHA384 System.Security.Cryptography.HMACSHA512",
    "collections.hashset": "System.Collections.Generic.HashSet`1",
    "net.http_status": "System.Net.HttpStatusCode",
    "system.interfaces": "System.IComparable System.IComparable`1 System.IEquatable`1 System.IFormattable "
    "System.IFormatProvider System.ICloneable System.IDisposable System.IConvertible System.ValueType",
    "net.ip_address": "System.Net.IPAddress System.Net.Sockets.AddressFamily",
    "linq.enumerable": "System.Linq.Enumerable",
    "linq.values": "System.Linq.IOrderedEnumerable`1 System.Linq.IGrouping`2 System.Linq.ILookup`2",
    "json.newtonsoft": "Newtonsoft.Json.Formatting Newtonsoft.Json.JsonConvert Newtonsoft.Json.JsonException "
    "Newtonsoft.Json.JsonReaderException Newtonsoft.Json.JsonSerializationException "
    "Newtonsoft.Json.JsonWriterException Newtonsoft.Json.JsonConverter "
    "Newtonsoft.Json.Serialization.IContractResolver "
    "Newtonsoft.Json.Serialization.CamelCasePropertyNamesContractResolver "
    "Newtonsoft.Json.Converters.StringEnumConverter Newtonsoft.Json.NullValueHandling "
    "Newtonsoft.Json.DefaultValueHandling Newtonsoft.Json.DateParseHandling Newtonsoft.Json.DateFormatHandling "
    "Newtonsoft.Json.DateTimeZoneHandling Newtonsoft.Json.FloatParseHandling Newtonsoft.Json.FloatFormatHandling "
    "Newtonsoft.Json.StringEscapeHandling Newtonsoft.Json.MissingMemberHandling Newtonsoft.Json.ReferenceLoopHandling "
    "Newtonsoft.Json.MetadataPropertyHandling Newtonsoft.Json.ObjectCreationHandling "
    "Newtonsoft.Json.ConstructorHandling Newtonsoft.Json.TypeNameHandling Newtonsoft.Json.PreserveReferencesHandling "
    "Newtonsoft.Json.JsonSerializerSettings Newtonsoft.Json.Linq.IJEnumerable`1 Newtonsoft.Json.Linq.JEnumerable`1 "
    "Newtonsoft.Json.Linq.JToken Newtonsoft.Json.Linq.JContainer Newtonsoft.Json.Linq.JObject "
    "Newtonsoft.Json.Linq.JArray Newtonsoft.Json.Linq.JConstructor Newtonsoft.Json.Linq.JProperty "
    "Newtonsoft.Json.Linq.JValue Newtonsoft.Json.Linq.JRaw Newtonsoft.Json.Linq.JTokenType "
    "Newtonsoft.Json.Linq.Extensions Newtonsoft.Json.Linq.JsonLoadSettings Newtonsoft.Json.Linq.JsonSelectSettings "
    "Newtonsoft.Json.Linq.JsonMergeSettings Newtonsoft.Json.Linq.CommentHandling "
    "Newtonsoft.Json.Linq.LineInfoHandling Newtonsoft.Json.Linq.DuplicatePropertyNameHandling "
    "Newtonsoft.Json.Linq.MergeArrayHandling Newtonsoft.Json.Linq.MergeNullValueHandling",
    "collections.list_": "System.Collections.Generic.List`1 System.Collections.Generic.List.Enumerator`1",
    "numbers.math_": "System.Math System.MidpointRounding",
    "numbers.mathf": "System.MathF",
    "numbers.numbers": "System.Byte System.SByte System.Int16 System.UInt16 System.Int32 System.UInt32 System.Int64 "
    "System.UInt64 System.Single System.Double System.Decimal",
    "system.object_": "System.Object System.Nullable`1 System.Nullable",
    "crypto.oid": "System.Security.Cryptography.Oid System.Security.Cryptography.OidGroup "
    "System.Security.Cryptography.AsnEncodedData",
    "io.path": "System.IO.Path",
    "collections.queue_stack": "System.Collections.Generic.Queue`1 System.Collections.Generic.Stack`1",
    "numbers.random_": "System.Random",
    "collections.read_only_dictionary": "System.Collections.ObjectModel.ReadOnlyDictionary`2 "
    "System.Collections.Generic.CollectionExtensions",
    "collections.read_only": "System.Collections.ObjectModel.ReadOnlyCollection`1 "
    "System.Collections.ObjectModel.Collection`1",
    "regex.regex": "System.Text.RegularExpressions.Regex System.Text.RegularExpressions.RegexOptions "
    "System.Text.RegularExpressions.Match System.Text.RegularExpressions.Group System.Text.RegularExpressions.Capture "
    "System.Text.RegularExpressions.MatchCollection System.Text.RegularExpressions.GroupCollection "
    "System.Text.RegularExpressions.CaptureCollection System.Text.RegularExpressions.MatchEvaluator "
    "System.Text.RegularExpressions.RegexParseException System.Text.RegularExpressions.RegexMatchTimeoutException "
    "System.Text.RegularExpressions.RegexParseError",
    "collections.sorted_values": "System.Collections.Generic.SortedDictionary`2 "
    "System.Collections.Generic.SortedList`2 System.Collections.Generic.SortedSet`1 "
    "System.Collections.Generic.SortedList.KeyList`2 System.Collections.Generic.SortedList.ValueList`2",
    "text.spans": "System.ReadOnlySpan`1 System.Span`1 System.MemoryExtensions",
    "io.stream": "System.IO.Stream System.IO.MemoryStream System.IO.SeekOrigin",
    "io.stream_text": "System.IO.StreamReader System.IO.StreamWriter",
    "text.string_copy": "System.CharEnumerator",
    "text.string_": "System.String System.StringSplitOptions System.Text.NormalizationForm",
    "text.string_comparison": "System.StringComparison System.StringComparer "
    "System.Collections.Generic.IEqualityComparer`1 System.Collections.Generic.IComparer`1",
    "text.stringbuilder": "System.Text.StringBuilder",
    "io.text_reader": "System.IO.TextReader System.IO.StringReader",
    "io.text_writer": "System.IO.TextWriter System.IO.StringWriter",
    "dates.timespan_make": "System.TimeSpan",
    "dates.timezone": "System.TimeZoneInfo",
    "dates.timezone_legacy": "System.TimeZone",
    "system.tuple_": "System.Tuple System.Tuple`1 System.Tuple`2 System.Tuple`3 System.Tuple`4 System.Tuple`5 "
    "System.Tuple`6 System.Tuple`7 System.Tuple`8 System.ValueTuple",
    "system.type_": "System.Type System.Reflection.MemberInfo System.Reflection.MethodBase",
    "collections.untyped_lists": "System.Collections.ArrayList System.Collections.Queue System.Collections.Stack",
    "net.uri_parts": "System.Uri System.UriKind System.UriPartial System.UriHostNameType System.UriComponents "
    "System.UriFormat",
    "net.uri_builder": "System.UriBuilder",
    "text.text_info": "System.Globalization.CultureInfo System.Globalization.TextInfo "
    "System.Globalization.NumberFormatInfo System.Globalization.DateTimeFormatInfo",
    "system.version": "System.Version",
    "net.webutility": "System.Net.WebUtility",
    "x509.certificate": "System.Security.Cryptography.X509Certificates.X509Certificate "
    "System.Security.Cryptography.X509Certificates.X509Certificate2 "
    "System.Security.Cryptography.X509Certificates.X500DistinguishedName "
    "System.Security.Cryptography.X509Certificates.X500RelativeDistinguishedName "
    "System.Security.Cryptography.X509Certificates.X509NameType "
    "System.Security.Cryptography.X509Certificates.X509ContentType "
    "System.Security.Cryptography.X509Certificates.X509KeyStorageFlags "
    "System.Security.Cryptography.X509Certificates.X500DistinguishedNameFlags",
    "x509.extensions": "System.Security.Cryptography.X509Certificates.X509ExtensionCollection "
    "System.Security.Cryptography.X509Certificates.X509Extension "
    "System.Security.Cryptography.X509Certificates.X509BasicConstraintsExtension "
    "System.Security.Cryptography.X509Certificates.X509KeyUsageExtension "
    "System.Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension "
    "System.Security.Cryptography.X509Certificates.X509SubjectKeyIdentifierExtension "
    "System.Security.Cryptography.X509Certificates.X509AuthorityKeyIdentifierExtension "
    "System.Security.Cryptography.X509Certificates.X509SubjectAlternativeNameExtension "
    "System.Security.Cryptography.X509Certificates.X509AuthorityInformationAccessExtension "
    "System.Security.Cryptography.X509Certificates.X509KeyUsageFlags System.Security.Cryptography.OidCollection",
    "x509.keys": "System.Security.Cryptography.X509Certificates.PublicKey "
    "System.Security.Cryptography.X509Certificates.RSACertificateExtensions "
    "System.Security.Cryptography.X509Certificates.DSACertificateExtensions "
    "System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions",
    "xml.convert": "System.Xml.XmlConvert System.Xml.XmlDateTimeSerializationMode",
    "xml.dom_document": "System.Xml.XmlNode System.Xml.XmlLinkedNode System.Xml.XmlDocument System.Xml.XmlElement "
    "System.Xml.XmlAttribute System.Xml.XmlCharacterData System.Xml.XmlText System.Xml.XmlCDataSection "
    "System.Xml.XmlComment System.Xml.XmlWhitespace System.Xml.XmlProcessingInstruction System.Xml.XmlDeclaration "
    "System.Xml.XmlDocumentType System.Xml.XmlNodeList System.Xml.XmlNamedNodeMap System.Xml.XmlAttributeCollection",
    "xml.exception": "System.Xml.XmlException",
    "xml.namespaces": "System.Xml.XmlNameTable System.Xml.NameTable System.Xml.XmlNamespaceManager "
    "System.Xml.IXmlNamespaceResolver",
    "xml.path_members": "System.Xml.XPath.Extensions System.Xml.XPath.XPathException System.Xml.XPath.XPathNavigator",
    "xml.linq": "System.Xml.Linq.XName System.Xml.Linq.XNamespace System.Xml.Linq.XObject System.Xml.Linq.XNode "
    "System.Xml.Linq.XContainer System.Xml.Linq.XElement System.Xml.Linq.XAttribute System.Xml.Linq.XDocument "
    "System.Xml.Linq.XText System.Xml.Linq.XCData System.Xml.Linq.XComment System.Xml.Linq.XProcessingInstruction "
    "System.Xml.Linq.XDocumentType System.Xml.Linq.XDeclaration System.Xml.Linq.Extensions "
    "System.Xml.Linq.XNodeEqualityComparer System.Xml.Linq.XNodeDocumentOrderComparer System.Xml.IXmlLineInfo",
    "xml.types": "System.Xml.XmlNodeType System.Xml.Linq.SaveOptions System.Xml.Linq.LoadOptions "
    "System.Xml.Linq.ReaderOptions System.Xml.Linq.XObjectChange System.Xml.Linq.XStreamingElement",
}
"""Module -> the full names of the types that it declares."""

EXTENSIONS: dict[str, str] = {
    "json.newtonsoft": "Value Values Children Properties Ancestors AncestorsAndSelf Descendants DescendantsAndSelf "
    "AsJEnumerable",
    "linq.by": "AggregateBy CountBy DistinctBy ExceptBy Index IntersectBy Max Min Shuffle TryGetNonEnumeratedCount "
    "UnionBy Zip",
    "linq.groups": "GroupBy GroupJoin Join LeftJoin RightJoin ToLookup",
    "linq.numbers": "Average Max MaxBy Min MinBy Sum",
    "linq.parts": "Skip SkipLast SkipWhile Take TakeLast TakeWhile",
    "linq.select": "AsEnumerable Cast Chunk OfType Select SelectMany Where Zip",
    "linq.sequence": "Append Concat DefaultIfEmpty Distinct Except Intersect Order OrderBy OrderByDescending "
    "OrderDescending Prepend Reverse SequenceEqual ThenBy ThenByDescending Union",
    "linq.single": "Aggregate All Any Contains Count ElementAt ElementAtOrDefault First FirstOrDefault Last "
    "LastOrDefault LongCount Single SingleOrDefault",
    "linq.to": "ToArray ToDictionary ToHashSet ToList",
    "collections.read_only_dictionary": "AsReadOnly GetValueOrDefault Remove TryAdd",
    "text.spans": "Contains ToLower ToUpper ToLowerInvariant ToUpperInvariant Split StartsWith EndsWith IndexOf "
    "LastIndexOf Trim TrimStart TrimEnd Replace",
    "x509.certificate": "VerifyNoRevocation",
    "x509.keys": "GetDSAPrivateKey GetDSAPublicKey GetECDsaPrivateKey GetECDsaPublicKey GetRSAPrivateKey "
    "GetRSAPublicKey",
    "xml.extensions": "Ancestors AncestorsAndSelf Attributes DescendantNodes DescendantNodesAndSelf Descendants "
    "DescendantsAndSelf Elements InDocumentOrder Nodes Remove",
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
