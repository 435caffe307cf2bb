using System.Globalization;
using System.Reflection;

namespace Pixelis.Architecture.Tests;

/// <summary>Types and signatures as C# writes them.</summary>
internal static class ApiNames
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsByRef)
            return Of(type.GetElementType()!);
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        return Named(type);
    }

    public static string Signature(MethodInfo method)
    {
        string generic = method.IsGenericMethodDefinition
            ? "<" + string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name)) + ">"
            : "";
        return $"{generic}{Parameters(method)} -> {Reference(method.ReturnParameter)}{Of(method.ReturnType)}{Mark(method.ReturnParameter)}";
    }

    public static string Parameters(MethodBase method) => Parameters(method.GetParameters(), "(", ")");

    public static string Parameters(ParameterInfo[] parameters, string open, string close) =>
        open + string.Join(", ", parameters.Select(Parameter)) + close;

    private static string Parameter(ParameterInfo parameter)
    {
        string direction = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : Reference(parameter);
        string fallback = parameter.HasDefaultValue ? " = " + Value(parameter.RawDefaultValue) : "";
        return $"{direction}{Of(parameter.ParameterType)}{Mark(parameter)} {parameter.Name}{fallback}";
    }

    private static string Reference(ParameterInfo parameter) =>
        !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";

    private static string Mark(ParameterInfo parameter)
    {
        if (parameter.ParameterType.IsValueType || parameter.ParameterType.IsByRef || parameter.ParameterType.IsPointer)
            return "";
        NullabilityState state = parameter.Position < 0 ? Nullability.Create(parameter).ReadState : Nullability.Create(parameter).WriteState;
        return state == NullabilityState.Nullable ? "?" : "";
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => "\"" + text + "\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Named(Type type)
    {
        Type[] arguments = type.GetGenericArguments();
        int inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string prefix = type.IsNested
            ? Named(type.IsConstructedGenericType && inherited > 0 ? type.DeclaringType!.MakeGenericType(arguments[..inherited]) : type.DeclaringType!) + "."
            : type.Namespace is { Length: > 0 } name && !name.StartsWith("System", StringComparison.Ordinal) ? name + "." : "";
        string simple = type.Name.Split('`')[0];
        Type[] own = arguments[inherited..];
        return own.Length == 0 ? prefix + simple : $"{prefix}{simple}<{string.Join(", ", own.Select(Of))}>";
    }
}
