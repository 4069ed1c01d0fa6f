using System.Reflection;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Declarations of fields, constants and enumeration values.</summary>
internal static class FieldDeclaration
{
    /// <summary>The field as a member, or <see langword="null"/> for one that is not visible or holds an enumeration's value.</summary>
    public static ApiMember? Read(TypeScope scope, FieldDefinition field, EnumConstants enums)
    {
        var isSpecial = (field.Attributes & FieldAttributes.SpecialName) != 0;
        if (Visibility.Of(field.Attributes) is not { } visibility || isSpecial)
            return null;
        var name = scope.Reader.GetString(field.Name);
        var shown = $"{scope.DisplayName}.{name}";
        var type = field.DecodeSignature(CSharpTypes.Instance, scope.Names);
        var isConstant = (field.Attributes & FieldAttributes.Literal) != 0;
        // An enumeration would name its own value by itself: A.B = A.B. There the number says more.
        var value = isConstant ? " = " + ConstantText.Write(scope.Reader, field.GetDefaultValue(), TypeDeclaration.IsEnum(scope) ? "" : type, enums) : "";
        return scope.Member(
            'F', ApiKind.Field, "." + name, shown,
            TypeDeclaration.IsEnum(scope) ? shown + value : $"{visibility} {Keywords(field.Attributes)}{type} {shown}{value}");
    }

    private static string Keywords(FieldAttributes attributes)
    {
        if ((attributes & FieldAttributes.Literal) != 0)
            return "const ";
        return ((attributes & FieldAttributes.Static) != 0 ? "static " : "") + ((attributes & FieldAttributes.InitOnly) != 0 ? "readonly " : "");
    }
}
