using System.Reflection;

namespace DocsDataset.Metadata;

/// <summary>Declarations of types: <c>public sealed class System.IO.FileStream : Stream</c>.</summary>
internal static class TypeDeclaration
{
    private static readonly string[] ImpliedBases = ["object", "ValueType", "Enum", "MulticastDelegate"];

    public static bool IsEnum(TypeScope scope) => BaseOf(scope) == "Enum";

    public static ApiKind KindOf(TypeScope scope) => BaseOf(scope) switch
    {
        "Enum" => ApiKind.Enum,
        "MulticastDelegate" => ApiKind.Delegate,
        // System.Enum itself derives from ValueType, and is a class.
        "ValueType" when scope.FullName != "System.Enum" => ApiKind.Struct,
        _ when scope.IsInterface => ApiKind.Interface,
        _ => ApiKind.Class,
    };

    public static string Write(TypeScope scope, string visibility, EnumConstants enums)
    {
        var kind = KindOf(scope);
        var name = scope.NameWith(GenericParameters.Declarations(scope.Reader, scope.Definition.GetGenericParameters()));
        if (scope.Namespace.Length > 0)
            name = $"{scope.Namespace}.{name}";
        if (kind == ApiKind.Delegate)
            return Delegate(scope, $"{visibility} delegate", name, enums);
        var keyword = kind switch
        {
            ApiKind.Enum => "enum",
            ApiKind.Struct => "struct",
            ApiKind.Interface => "interface",
            _ => "class",
        };
        var inherited = BaseOf(scope) is { } parent && !ImpliedBases.Contains(parent) ? " : " + parent : "";
        return $"{visibility} {Modifiers(scope, kind)}{keyword} {name}{inherited}";
    }

    private static string? BaseOf(TypeScope scope)
    {
        if (scope.Definition.BaseType.IsNil)
            return null;
        var name = CSharpTypes.Instance.GetType(scope.Reader, scope.Definition.BaseType, scope.Names);
        return name == "Object" ? "object" : name;
    }

    private static string Modifiers(TypeScope scope, ApiKind kind)
    {
        const TypeAttributes Static = TypeAttributes.Abstract | TypeAttributes.Sealed;
        if (kind == ApiKind.Class)
        {
            return (scope.Definition.Attributes & Static) switch
            {
                Static => "static ",
                TypeAttributes.Abstract => "abstract ",
                TypeAttributes.Sealed => "sealed ",
                _ => "",
            };
        }

        if (kind != ApiKind.Struct)
            return "";
        var attributes = scope.Definition.GetCustomAttributes();
        return (CustomAttributes.Has(scope.Reader, attributes, "IsReadOnlyAttribute") ? "readonly " : "")
            + (CustomAttributes.Has(scope.Reader, attributes, "IsByRefLikeAttribute") ? "ref " : "");
    }

    private static string Delegate(TypeScope scope, string keywords, string name, EnumConstants enums)
    {
        var invoke = scope.Definition.GetMethods().Select(scope.Reader.GetMethodDefinition)
            .First(method => scope.Reader.StringComparer.Equals(method.Name, "Invoke"));
        var signature = invoke.DecodeSignature(CSharpTypes.Instance, scope.Names);
        return $"{keywords} {signature.ReturnType} {name}({ParameterList.Write(scope.Reader, invoke, signature, enums)})";
    }
}
