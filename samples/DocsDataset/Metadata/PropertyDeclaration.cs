using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Declarations of properties, indexers and events.</summary>
internal static class PropertyDeclaration
{
    /// <summary>The property as a member, or <see langword="null"/> when none of its accessors is visible.</summary>
    public static ApiMember? Read(TypeScope scope, PropertyDefinition property, EnumConstants enums)
    {
        var reader = scope.Reader;
        var accessors = property.GetAccessors();
        if (Strongest(reader, accessors.Getter, accessors.Setter) is not { } main)
            return null;
        var visibility = Visibility.Of(main.Attributes)!;
        var signature = property.DecodeSignature(CSharpTypes.Instance, scope.Names);
        var id = property.DecodeSignature(DocumentationIdTypes.Instance, scope.Names);
        var name = reader.GetString(property.Name);
        var shown = name;
        if (!signature.ParameterTypes.IsEmpty)
        {
            // The setter's last parameter is the value; the property's own signature says how many come before it.
            var source = reader.GetMethodDefinition(accessors.Getter.IsNil ? accessors.Setter : accessors.Getter);
            shown = $"this[{ParameterList.Write(reader, source, signature, enums)}]";
        }

        var required = CustomAttributes.Has(reader, property.GetCustomAttributes(), "RequiredMemberAttribute") ? "required " : "";
        var body = Accessor(scope, accessors.Getter, visibility, "get") + Accessor(scope, accessors.Setter, visibility, "set");
        return scope.Member(
            'P', ApiKind.Property, $".{name.Replace('.', '#')}{MethodDeclaration.ParametersOf(id.ParameterTypes)}", $"{scope.DisplayName}.{name}",
            $"{Modifiers.Of(scope, main.Attributes, visibility)}{required}{signature.ReturnType} {scope.DisplayName}.{shown} {{ {body}}}");
    }

    /// <summary>The event as a member, or <see langword="null"/> when it is not visible.</summary>
    public static ApiMember? ReadEvent(TypeScope scope, EventDefinition @event)
    {
        if (Strongest(scope.Reader, @event.GetAccessors().Adder, default) is not { } adder)
            return null;
        var name = scope.Reader.GetString(@event.Name);
        var type = CSharpTypes.Instance.GetType(scope.Reader, @event.Type, scope.Names);
        var modifiers = Modifiers.Of(scope, adder.Attributes, Visibility.Of(adder.Attributes)!);
        return scope.Member('E', ApiKind.Event, "." + name, $"{scope.DisplayName}.{name}", $"{modifiers}event {type} {scope.DisplayName}.{name}");
    }

    private static MethodDefinition? Strongest(MetadataReader reader, params ReadOnlySpan<MethodDefinitionHandle> accessors)
    {
        MethodDefinition? strongest = null;
        foreach (var handle in accessors)
        {
            if (handle.IsNil)
                continue;
            var accessor = reader.GetMethodDefinition(handle);
            if (Visibility.Of(accessor.Attributes) is not { } visibility)
                continue;
            if (visibility == "public")
                return accessor;
            strongest ??= accessor;
        }

        return strongest;
    }

    private static string Accessor(TypeScope scope, MethodDefinitionHandle handle, string propertyVisibility, string keyword)
    {
        if (handle.IsNil)
            return "";
        var accessor = scope.Reader.GetMethodDefinition(handle);
        if (Visibility.Of(accessor.Attributes) is not { } visibility)
            return "";
        if (keyword == "set" && accessor.DecodeSignature(CSharpTypes.Instance, scope.Names).ReturnType == CSharpTypes.Init)
            keyword = CSharpTypes.Init;
        return visibility == propertyVisibility ? $"{keyword}; " : $"{visibility} {keyword}; ";
    }
}
