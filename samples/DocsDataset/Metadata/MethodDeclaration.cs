using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Declarations of methods, constructors and operators.</summary>
internal static class MethodDeclaration
{
    /// <summary>The method as a member, or <see langword="null"/> for one that is not visible, is an accessor, or is the compiler's.</summary>
    public static ApiMember? Read(TypeScope scope, MethodDefinition method, EnumConstants enums)
    {
        var name = scope.Reader.GetString(method.Name);
        var isSpecial = (method.Attributes & MethodAttributes.SpecialName) != 0;
        var isConstructor = name == ".ctor";
        var isOperator = isSpecial && name.StartsWith("op_", StringComparison.Ordinal);
        if (Visibility.Of(method.Attributes) is not { } visibility || isSpecial && !isConstructor && !isOperator || name.Contains('<', StringComparison.Ordinal))
            return null;

        var names = scope.Names with { Method = GenericParameters.Names(scope.Reader, method.GetGenericParameters()) };
        var signature = method.DecodeSignature(CSharpTypes.Instance, names);
        var parameters = ParameterList.Write(scope.Reader, method, signature, enums);
        var id = IdOf(name, method.DecodeSignature(DocumentationIdTypes.Instance, names));
        var modifiers = Modifiers.Of(scope, method.Attributes, visibility);
        ApiMember Member(ApiKind kind, string ownName, string declaration) =>
            scope.Member('M', kind, id, $"{scope.DisplayName}.{ownName}", $"{modifiers}{declaration}({parameters})");

        if (isConstructor)
            return Member(ApiKind.Constructor, scope.SimpleName, $"{scope.DisplayName}.{scope.SimpleName}");
        if (isOperator)
            return Member(ApiKind.Operator, OperatorNames.Of(name, signature.ReturnType), OperatorNames.Declare(name, signature.ReturnType, scope.DisplayName));
        if (name == "Finalize" && signature.ParameterTypes.IsEmpty)
        {
            // Virtual and protected by nature: C# says neither.
            return scope.Member('M', ApiKind.Method, id, $"{scope.DisplayName}.~{scope.SimpleName}", $"{scope.DisplayName}.~{scope.SimpleName}()");
        }

        var generic = names.Method.Count == 0 ? "" : $"<{string.Join(", ", names.Method)}>";
        return Member(ApiKind.Method, name, $"{signature.ReturnType} {scope.DisplayName}.{name}{generic}");
    }

    private static string IdOf(string name, MethodSignature<string> signature)
    {
        var arity = signature.GenericParameterCount == 0 ? "" : "``" + signature.GenericParameterCount.ToString(CultureInfo.InvariantCulture);
        var result = name is "op_Implicit" or "op_Explicit" or "op_CheckedExplicit" ? "~" + signature.ReturnType : "";
        return $".{name.Replace('.', '#')}{arity}{ParametersOf(signature.ParameterTypes)}{result}";
    }

    public static string ParametersOf(ImmutableArray<string> types) => types.IsEmpty ? "" : $"({string.Join(',', types)})";
}
