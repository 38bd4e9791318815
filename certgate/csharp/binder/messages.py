"""The C# compiler's errors by code: its words, with places for the names."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "CS0019": "Operator '{0}' cannot be applied to operands of type '{1}' and '{2}'",
    "CS0020": "Division by constant zero",
    "CS0021": "Cannot apply indexing with [] to an expression of type '{0}'",
    "CS0022": "Wrong number of indices inside []; expected {0}",
    "CS0023": "Operator '{0}' cannot be applied to operand of type '{1}'",
    "CS0026": "Keyword 'this' is not valid in a static property, static method, or static field initializer",
    "CS0029": "Cannot implicitly convert type '{0}' to '{1}'",
    "CS0030": "Cannot convert type '{0}' to '{1}'",
    "CS0031": "Constant value '{0}' cannot be converted to a '{1}'",
    "CS0034": "Operator '{0}' is ambiguous on operands of type '{1}' and '{2}'",
    "CS0037": "Cannot convert null to '{0}' because it is a non-nullable value type",
    "CS0039": "Cannot convert type '{0}' to '{1}' via a reference conversion, boxing conversion, "
    "unboxing conversion, wrapping "
    "conversion, or null type conversion",
    "CS0077": "The as operator must be used with a reference type or nullable type ('{0}' is a non-"
    "nullable value type)",
    "CS0100": "The parameter name '{0}' is a duplicate",
    "CS0103": "The name '{0}' does not exist in the current context",
    "CS0104": "'{0}' is an ambiguous reference between '{1}' and '{2}'",
    "CS0117": "'{0}' does not contain a definition for '{1}'",
    "CS0118": "'{0}' is a {1} but is used like a {2}",
    "CS0119": "'{0}' is a {1}, which is not valid in the given context",
    "CS0120": "An object reference is required for the non-static field, method, or property '{0}'",
    "CS0121": "The call is ambiguous between the following methods or properties: '{0}' and '{1}'",
    "CS0126": "An object of a type convertible to '{0}' is required",
    "CS0127": "Since '{0}' returns void, a return keyword must not be followed by an object expression",
    "CS0128": "A local variable or function named '{0}' is already defined in this scope",
    "CS0131": "The left-hand side of an assignment must be a variable, property or indexer",
    "CS0133": "The expression being assigned to '{0}' must be constant",
    "CS0134": "'{0}' is of type '{1}'. A const field of a reference type other than string can only "
    "be initialized with null.",
    "CS0135": "'{0}' conflicts with the declaration '{1}'",
    "CS0136": "A local or parameter named '{0}' cannot be declared in this scope because that name is"
    " used in an enclosing local scope "
    "to define a local or parameter",
    "CS0139": "No enclosing loop out of which to break or continue",
    "CS0144": "Cannot create an instance of the abstract type or interface '{0}'",
    "CS0140": "The label '{0}' is a duplicate",
    "CS0158": "The label '{0}' shadows another label by the same name in a contained scope",
    "CS0185": "'{0}' is not a reference type as required by the lock statement",
    "CS0214": "Pointers and fixed size buffers may only be used in an unsafe context",
    "CS0227": "Unsafe code may only appear if compiling with /unsafe",
    "CS0269": "Use of unassigned out parameter '{0}'",
    "CS0283": "The type '{0}' cannot be declared const",
    "CS0825": "The contextual keyword 'var' may only appear within a local variable declaration or in script code",
    "CS1623": "Iterators cannot have ref, in or out parameters",
    "CS1625": "Cannot yield in the body of a finally clause",
    "CS1626": "Cannot yield a value in the body of a try block with a catch clause",
    "CS1631": "Cannot yield a value in the body of a catch clause",
    "CS0145": "A const field requires a value to be provided",
    "CS0149": "Method name expected",
    "CS0150": "A constant value is expected",
    "CS0151": "A switch expression or case label must be a bool, char, string, integral, enum, or "
    "corresponding nullable type in C# 6 and "
    "earlier.",
    "CS0152": "The switch statement contains multiple cases with the label value '{0}'",
    "CS0153": "A goto case is only valid inside a switch statement",
    "CS0154": "The property or indexer '{0}' cannot be used in this context because it lacks the get accessor",
    "CS0155": "The type caught or thrown must be derived from System.Exception",
    "CS0156": "A throw statement with no arguments is not allowed outside of a catch clause",
    "CS0157": "Control cannot leave the body of a finally clause",
    "CS0159": "No such label '{0}' within the scope of the goto statement",
    "CS0160": "A previous catch clause already catches all exceptions of this or of a super type ('{0}')",
    "CS0161": "'{0}': not all code paths return a value",
    "CS0163": "Control cannot fall through from one case label ('{0}') to another",
    "CS0165": "Use of unassigned local variable '{0}'",
    "CS0172": "Type of conditional expression cannot be determined because '{0}' and '{1}' implicitly"
    " convert to one another",
    "CS0173": "Type of conditional expression cannot be determined because there is no implicit "
    "conversion between '{0}' and '{1}'",
    "CS0176": "Member '{0}' cannot be accessed with an instance reference; qualify it with a type name instead",
    "CS0177": "The out parameter '{0}' must be assigned to before control leaves the current method",
    "CS0178": "Invalid rank specifier: expected ',' or ']'",
    "CS0182": "An attribute argument must be a constant expression, typeof expression or array "
    "creation expression of an attribute parameter "
    "type",
    "CS0186": "Use of null is not valid in this context",
    "CS0191": "A readonly field cannot be assigned to (except in a constructor or init-only setter of"
    " the type in which the field is defined "
    "or a variable initializer)",
    "CS0192": "A readonly field cannot be used as a ref or out value (except in a constructor)",
    "CS0199": "A static readonly field cannot be used as a ref or out value (except in a static constructor)",
    "CS0198": "A static readonly field cannot be assigned to (except in a static constructor or a "
    "variable initializer)",
    "CS0200": "Property or indexer '{0}' cannot be assigned to -- it is read only",
    "CS0201": "Only assignment, call, increment, decrement, await, and new object expressions can be "
    "used as a statement",
    "CS0202": "foreach requires that the return type '{0}' of '{1}' must have a suitable public "
    "'MoveNext' method and public 'Current' "
    "property",
    "CS0206": "A non ref-returning property or indexer may not be used as an out or ref value",
    "CS0208": "Cannot take the address of, get the size of, or declare a pointer to a managed type ('{0}')",
    "CS0220": "The operation overflows at compile time in checked mode",
    "CS0221": "Constant value '{0}' cannot be converted to a '{1}' (use 'unchecked' syntax to override)",
    "CS0230": "Type and identifier are both required in a foreach statement",
    "CS0233": "'{0}' does not have a predefined size, therefore sizeof can only be used in an unsafe context",
    "CS0246": "The type or namespace name '{0}' could not be found (are you missing a using directive"
    " or an assembly reference?)",
    "CS0234": "The type or namespace name '{0}' does not exist in the namespace '{1}' (are you "
    "missing an assembly reference?)",
    "CS0248": "Cannot create an array with a negative size",
    "CS0266": "Cannot implicitly convert type '{0}' to '{1}'. An explicit conversion exists (are you missing a cast?)",
    "CS0270": "Array size cannot be specified in a variable declaration (try initializing with a 'new' expression)",
    "CS0305": "Using the generic {0} '{1}' requires {2} type arguments",
    "CS0306": "The type '{0}' may not be used as a type argument",
    "CS0307": "The {1} '{0}' cannot be used with type arguments",
    "CS0308": "The non-generic {1} '{0}' cannot be used with type arguments",
    "CS0310": "'{2}' must be a non-abstract type with a public parameterless constructor in order to "
    "use it as parameter '{1}' in the generic "
    "type or method '{0}'",
    "CS0311": "The type '{2}' cannot be used as type parameter '{1}' in the generic type or method '{0}'. There is no "
    "implicit reference conversion from '{2}' to '{3}'.",
    "CS0411": "The type arguments for method '{0}' cannot be inferred from the usage. Try specifying "
    "the type arguments explicitly.",
    "CS0428": "Cannot convert method group '{0}' to non-delegate type '{1}'. Did you intend to invoke the method?",
    "CS0407": "'{0}' has the wrong return type",
    "CS0123": "No overload for '{0}' matches delegate '{1}'",
    "CS0452": "The type '{2}' must be a reference type in order to use it as parameter '{1}' in the "
    "generic type or method '{0}'",
    "CS0453": "The type '{2}' must be a non-nullable value type in order to use it as parameter '{1}'"
    " in the generic type or method '{0}'",
    "CS0463": "Evaluation of the decimal constant expression failed",
    "CS0472": "The result of the expression is always '{0}' since a value of type '{1}' is never "
    "equal to 'null' of type '{2}'",
    "CS0571": "'{0}': cannot explicitly call operator or accessor",
    "CS0622": "Can only use array initializer expressions to assign to array types. Try using a new "
    "expression instead.",
    "CS0623": "Array initializers can only be used in a variable or field initializer. Try using a new expression "
    "instead.",
    "CS0664": "Literal of type double cannot be implicitly converted to type '{1}'; use an '{0}' "
    "suffix to create a literal of this type",
    "CS0712": "Cannot create an instance of the static class '{0}'",
    "CS0716": "Cannot convert to static type '{0}'",
    "CS0723": "Cannot declare a variable of static type '{0}'",
    "CS0724": "A throw statement with no arguments is not allowed in a finally clause that is nested "
    "inside the nearest enclosing catch clause",
    "CS0746": "Invalid anonymous type member declarator. Anonymous type members must be declared with"
    " a member assignment, simple name or "
    "member access.",
    "CS0747": "Invalid initializer member declarator",
    "CS0815": "Cannot assign {0} to an implicitly-typed variable",
    "CS0818": "Implicitly-typed variables must be initialized",
    "CS0819": "Implicitly-typed variables cannot have multiple declarators",
    "CS0820": "Cannot initialize an implicitly-typed variable with an array initializer",
    "CS0822": "Implicitly-typed variables cannot be constant",
    "CS0826": "No best type found for implicitly-typed array",
    "CS0828": "Cannot assign '{0}' to anonymous type property",
    "CS0833": "An anonymous type cannot have multiple properties with the same name",
    "CS0837": "The first operand of an 'is' or 'as' operator may not be a lambda expression, anonymous method, or "
    "method group.",
    "CS0846": "A nested array initializer is expected",
    "CS1511": "Keyword 'base' is not available in a static method",
    "CS1736": "Default parameter value for '{0}' must be a compile-time constant",
    "CS1737": "Optional parameters must appear after all required parameters",
    "CS1750": "A value of type '{0}' cannot be used as a default parameter because there are no standard conversions "
    "to type '{1}'",
    "CS1962": "The typeof operator cannot be used on the dynamic type",
    "CS0841": "Cannot use local variable '{0}' before it is declared",
    "CS0847": "An array initializer of length '{0}' is expected",
    "CS1061": "'{0}' does not contain a definition for '{1}' and no accessible extension method '{1}'"
    " accepting a first argument of type "
    "'{0}' could be found (are you missing a using directive or an assembly reference?)",
    "CS0844": "Cannot use local variable '{0}' before it is declared. The declaration of the local "
    "variable hides the field '{1}'.",
    "CS1001": "Identifier expected",
    "CS1023": "Embedded statement cannot be a declaration or labeled statement",
    "CS1059": "The operand of an increment or decrement operator must be a variable, property or indexer",
    "CS1073": "Unexpected token '{0}'",
    "CS1113": "Extension method '{0}' defined on value type '{1}' cannot be used to create delegates",
    "CS1501": "No overload for method '{0}' takes {1} arguments",
    "CS1503": "Argument {0}: cannot convert from '{1}' to '{2}'",
    "CS1510": "A ref or out value must be an assignable variable",
    "CS1547": "Keyword 'void' cannot be used in this context",
    "CS1586": "Array creation must have array size or array initializer",
    "CS1579": "foreach statement cannot operate on variables of type '{0}' because '{0}' does not "
    "contain a public instance or extension "
    "definition for 'GetEnumerator'",
    "CS1593": "Delegate '{0}' does not take {1} arguments",
    "CS1605": "Cannot use '{0}' as a ref or out value because it is read-only",
    "CS1612": "Cannot modify the return value of '{0}' because it is not a variable",
    "CS1615": "Argument {0} may not be passed with the '{1}' keyword",
    "CS1620": "Argument {0} must be passed with the '{1}' keyword",
    "CS1621": "The yield statement cannot be used inside an anonymous method or lambda expression",
    "CS1622": "Cannot return a value from an iterator. Use the yield return statement to return a "
    "value, or yield break to end the iteration.",
    "CS1624": "The body of '{0}' cannot be an iterator block because '{1}' is not an iterator interface type",
    "CS1628": "Cannot use ref, out, or in parameter '{0}' inside an anonymous method, lambda "
    "expression, query expression, or local function",
    "CS1643": "Not all code paths return a value in {0} of type '{1}'",
    "CS1656": "Cannot assign to '{0}' because it is a '{1}'",
    "CS1657": "Cannot use '{0}' as a ref or out value because it is a '{1}'",
    "CS1660": "Cannot convert {0} to type '{1}' because it is not a delegate type",
    "CS1661": "Cannot convert {0} to type '{1}' because the parameter types do not match the delegate parameter types",
    "CS1662": "Cannot convert {0} to intended delegate type because some of the return types in the "
    "block are not implicitly convertible to "
    "the delegate return type",
    "CS1674": "'{0}': type used in a using statement must implement 'System.IDisposable'.",
    "CS1678": "Parameter {0} is declared as type '{1}{2}' but should be '{3}{4}'",
    "CS1688": "Cannot convert anonymous method block without a parameter list to delegate type '{0}' "
    "because it has one or more out "
    "parameters",
    "CS1729": "'{0}' does not contain a constructor that takes {1} arguments",
    "CS1738": "Named argument specifications must appear after all fixed arguments have been "
    "specified. Please use language version {0} or "
    "greater to allow non-trailing named arguments.",
    "CS1739": "The best overload for '{0}' does not have a parameter named '{1}'",
    "CS1740": "Named argument '{0}' cannot be specified multiple times",
    "CS1744": "Named argument '{0}' specifies a parameter for which a positional argument has already been given",
    "CS1746": "The delegate '{0}' does not have a parameter named '{1}'",
    "CS1763": "'{0}' is of type '{1}'. A default parameter value of a reference type other than "
    "string can only be initialized with null",
    "CS1912": "Duplicate member '{0}' initialization",
    "CS1913": "Member '{0}' cannot be initialized. It is not a field or property.",
    "CS1918": "Members of property '{0}' of type '{1}' cannot be assigned with an object initializer "
    "because it is of a value type",
    "CS1914": "Static field or property '{0}' cannot be assigned in an object initializer",
    "CS1950": "The best overloaded Add method '{0}' for the collection initializer has some invalid arguments",
    "CS1920": "Element initializer cannot be empty",
    "CS1921": "The best overloaded method match for '{0}' has wrong signature for the initializer "
    "element. The initializable Add must be an "
    "accessible instance method.",
    "CS1922": "Cannot initialize type '{0}' with a collection initializer because it does not "
    "implement 'System.Collections.IEnumerable'",
    "CS1929": "'{0}' does not contain a definition for '{1}' and the best extension method overload "
    "'{2}' requires a receiver of type '{3}'",
    "CS1930": "The range variable '{0}' has already been declared",
    "CS1931": "The range variable '{0}' conflicts with a previous declaration of '{0}'",
    "CS1932": "Cannot assign {0} to a range variable",
    "CS1935": "Could not find an implementation of the query pattern for source type '{0}'.  '{1}' "
    "not found.  Are you missing required "
    "assembly references or a using directive for 'System.Linq'?",
    "CS1934": "Could not find an implementation of the query pattern for source type '{0}'.  '{1}' "
    "not found.  Consider explicitly specifying the type of the range variable '{2}'.",
    "CS1937": "The name '{0}' is not in scope on the left side of 'equals'.  Consider swapping the "
    "expressions on either side of 'equals'.",
    "CS1938": "The name '{0}' is not in scope on the right side of 'equals'.  Consider swapping the "
    "expressions on either side of 'equals'.",
    "CS1941": "The type of one of the expressions in the {0} clause is incorrect.  Type inference failed in the call "
    "to '{1}'.",
    "CS1942": "The type of the expression in the {0} clause is incorrect.  Type inference failed in the call to '{1}'.",
    "CS1943": "An expression is not allowed in a subsequent {0} clause in a query expression with this source type.  "
    "Type inference failed in the call to '{1}'.",
    "CS1936": "Could not find an implementation of the query pattern for source type '{0}'.  '{1}' not found.",
    "CS1940": "Multiple implementations of the query pattern were found for source type '{0}'.  "
    "Ambiguous call to '{1}'.",
    "CS1947": "Range variable '{0}' cannot be assigned to -- it is read only",
    "CS1955": "Non-invocable member '{0}' cannot be used like a method.",
    "CS1976": "Cannot use a method group as an argument to a dynamically dispatched operation. Did you intend to "
    "invoke the method?",
    "CS1977": "Cannot use a lambda expression as an argument to a dynamically dispatched operation without first "
    "casting it to a delegate or expression tree type.",
    "CS1983": "The return type of an async method must be void, Task, Task<T>, a task-like type, "
    "IAsyncEnumerable<T>, or IAsyncEnumerator<T>",
    "CS4032": "The 'await' operator can only be used within an async method. Consider marking this "
    "method with the 'async' modifier and "
    "changing its return type to 'Task<Task>'.",
    "CS4033": "The 'await' operator can only be used within an async method. Consider marking this "
    "method with the 'async' modifier and "
    "changing its return type to 'Task'.",
    "CS7036": "There is no argument given that corresponds to the required parameter '{0}' of '{1}'",
    "CS8030": "Anonymous function converted to a void returning delegate cannot return a value",
    "CS8070": "Control cannot fall out of switch from final case label ('{0}')",
    "CS8078": "An expression is too long or complex to compile",
    "CS8081": "Expression does not have a name.",
    "CS8086": "A '{0}' character must be escaped (by doubling) in an interpolated string.",
    "CS8112": "Local function '{0}' must declare a body because it is not marked 'static extern'.",
    "CS8115": "A throw expression is not allowed in this context.",
    "CS8117": "Invalid operand for pattern match; value required, but found '{0}'.",
    "CS8116": "It is not legal to use nullable type '{0}?' in a pattern; use the underlying type '{0}' instead.",
    "CS8119": "The switch expression must be a value; found '{0}'.",
    "CS8120": "The switch case is unreachable. It has already been handled by a previous case or it "
    "is impossible to match.",
    "CS8121": "An expression of type '{0}' cannot be handled by a pattern of type '{1}'.",
    "CS8088": "A format specifier may not contain trailing whitespace.",
    "CS8089": "Empty format specifier.",
    "CS8125": "Tuple element name '{0}' is only allowed at position {1}.",
    "CS8126": "Tuple element name '{0}' is disallowed at any position.",
    "CS8127": "Tuple element names must be unique.",
    "CS8181": "'new' cannot be used with tuple type. Use a tuple literal expression instead.",
    "CS8384": "Tuple types used as operands of an == or != operator must have matching cardinalities. But this "
    "operator has tuple types of cardinality {0} on the left and {1} on the right.",
    "CS0718": "'{0}': static types cannot be used as type arguments",
    "CS8135": "Tuple with {0} elements cannot be converted to type '{1}'.",
    "CS8129": "No suitable 'Deconstruct' instance or extension method was found for type '{0}', with "
    "{1} out parameters and a void return "
    "type.",
    "CS8130": "Cannot infer the type of implicitly-typed deconstruction variable '{0}'.",
    "CS8131": "Deconstruct assignment requires an expression with a type on the right-hand-side.",
    "CS8132": "Cannot deconstruct a tuple of '{0}' elements into '{1}' variables.",
    "CS8197": "Cannot infer the type of implicitly-typed out variable '{0}'.",
    "CS8207": "An expression tree may not contain a discard.",
    "CS8209": "A value of type 'void' may not be assigned.",
    "CS8210": "A tuple may not contain a value of type 'void'.",
    "CS8310": "Operator '{0}' cannot be applied to operand '{1}'",
    "CS8315": "Operator '{0}' is ambiguous on operands '{1}' and '{2}'",
    "CS8323": "Named argument '{0}' is used out-of-position but is followed by an unnamed argument",
    "CS8370": "Feature '{0}' is not available in C# 7.3. Please use language version {1} or greater.",
    "CS8641": "'else' cannot start a statement.",
    "CS8716": "There is no target type for the default literal.",
    "CS8917": "The delegate type could not be inferred.",
    "CS8957": "Conditional expression is not valid in language version 7.3 because a common type was "
    "not found between '{0}' and '{1}'. To "
    "use a target-typed conversion, upgrade to language version 9.0 or greater.",
    "CS9135": "A constant value of type '{0}' is expected",
}
