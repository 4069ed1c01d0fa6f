using System.Reflection;

namespace DocsDataset.Metadata;

/// <summary>The modifiers in front of a member.</summary>
internal static class Modifiers
{
    /// <summary>Such as <c>public static </c>, ending in a space. Members of interfaces are public and abstract without saying so.</summary>
    public static string Of(TypeScope scope, MethodAttributes attributes, string visibility)
    {
        var isStatic = (attributes & MethodAttributes.Static) != 0;
        var isAbstract = (attributes & MethodAttributes.Abstract) != 0;
        if (scope.IsInterface)
            return isStatic ? isAbstract ? "static abstract " : "static " : "";
        return $"{visibility} " + (isStatic ? "static " : isAbstract ? "abstract " : Virtual(scope, attributes));
    }

    private static string Virtual(TypeScope scope, MethodAttributes attributes)
    {
        if ((attributes & MethodAttributes.Virtual) == 0)
            return "";
        if ((attributes & MethodAttributes.NewSlot) == 0)
            return "override ";
        // An interface's implementation is virtual for the runtime only.
        var isSealed = (scope.Definition.Attributes & TypeAttributes.Sealed) != 0 || (attributes & MethodAttributes.Final) != 0;
        return isSealed ? "" : "virtual ";
    }
}
