using System.Reflection;

namespace DocsDataset.Metadata;

/// <summary>Who sees a type or a member: only what is visible outside its assembly has a signature here.</summary>
internal static class Visibility
{
    /// <summary>The C# keyword, or <see langword="null"/> for what is not visible outside.</summary>
    public static string? Of(TypeAttributes attributes) => (attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public or TypeAttributes.NestedPublic => "public",
        TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => "protected",
        _ => null,
    };

    /// <inheritdoc cref="Of(TypeAttributes)"/>
    public static string? Of(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.Public => "public",
        MethodAttributes.Family or MethodAttributes.FamORAssem => "protected",
        _ => null,
    };

    /// <inheritdoc cref="Of(TypeAttributes)"/>
    public static string? Of(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => "public",
        FieldAttributes.Family or FieldAttributes.FamORAssem => "protected",
        _ => null,
    };
}
