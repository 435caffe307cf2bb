using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pixelis.Architecture.Tests;

/// <summary>The public surface of an assembly as sorted lines of text: one line a type, one line a member.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var lines = assembly.GetExportedTypes().SelectMany(Lines).Distinct().Order(StringComparer.Ordinal);
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Lines(Type type)
    {
        string name = ApiNames.Of(type);
        yield return name + " : " + Kind(type) + Bases(type);
        if (typeof(Delegate).IsAssignableFrom(type) && type.BaseType == typeof(MulticastDelegate))
        {
            yield return $"{name} : {ApiNames.Signature(type.GetMethod("Invoke")!)}";
            yield break;
        }
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            if (Line(member) is { } line)
                yield return $"{name}.{line}";
        }
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when Visible(constructor) && !constructor.IsDefined(typeof(CompilerGeneratedAttribute)) => "ctor" + ApiNames.Parameters(constructor),
        MethodInfo method when Visible(method) && IsOwn(method) => Modifiers(method) + method.Name + ApiNames.Signature(method),
        PropertyInfo property when property.Name != "EqualityContract" => Property(property),
        EventInfo { AddMethod: { } add } e when Visible(add) => $"event {e.Name} -> {ApiNames.Of(e.EventHandlerType!)}",
        FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => Field(field),
        _ => null,
    };

    private static string? Property(PropertyInfo property)
    {
        string accessors = string.Concat(
            property.GetMethod is { } get && Visible(get) ? "get; " : "",
            property.SetMethod is { } set && Visible(set) ? (IsInit(set) ? "init; " : "set; ") : "");
        if (accessors.Length == 0)
            return null;
        MethodInfo accessor = property.GetMethod ?? property.SetMethod!;
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? ApiNames.Parameters(parameters, "[", "]") : "";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{required}{Modifiers(accessor)}{property.Name}{index} {{ {accessors}}} -> {ApiNames.Of(property.PropertyType)}";
    }

    private static string? Field(FieldInfo field)
    {
        if (field.IsSpecialName)
            return null;
        if (field.DeclaringType!.IsEnum)
            return $"{field.Name} = {field.GetRawConstantValue()}";
        string value = field.IsLiteral ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : "";
        return $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{field.Name}{value} -> {ApiNames.Of(field.FieldType)}";
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Accessors are told by their properties; what the compiler writes for records is told by the word "record".
    private static bool IsOwn(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.Name.StartsWith('<')
        && !method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Modifiers(MethodInfo method) => string.Concat(
        method.IsPublic ? "" : "protected ",
        method.IsStatic ? "static " : "",
        method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal
            ? method.GetBaseDefinition() == method ? "virtual " : "override "
            : "");

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.BaseType == typeof(MulticastDelegate))
            return "delegate";
        string record = type.GetMethod("<Clone>$", Declared) is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null) ? "record " : "";
        if (type.IsValueType)
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + record + "struct";
        string modifier = type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + record + "class";
    }

    private static string Bases(Type type)
    {
        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) && parent != typeof(MulticastDelegate))
            bases.Add(ApiNames.Of(parent));
        if (!type.IsEnum)
        {
            bases.AddRange(type.GetInterfaces()
                .Except(type.BaseType?.GetInterfaces() ?? [])
                .Where(contract => contract.IsPublic || contract.IsNestedPublic)
                .Select(contract => ApiNames.Of(contract))
                .Order(StringComparer.Ordinal));
        }
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
    }
}
