using System.Collections.Immutable;
using FineTune.Diagnostics;
using FineTune.Model;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>Reads what columns and fields a row type has.</summary>
internal static class RowShapeReader
{
    private const string Readable = "string, int, long, double, bool, a type with such properties, a list or array of one of these, a list of ChatMessage, TextOrMessages or JsonElement, each also nullable";

    private static readonly string[] Lists = ["IReadOnlyList", "IReadOnlyCollection", "IEnumerable", "IList", "ICollection", "List"];

    /// <summary>Reads a type; its mistakes go to <paramref name="problems"/>.</summary>
    public static RowShape Read(INamedTypeSymbol type, List<SymbolProblem> problems)
    {
        var columns = ReadColumns(type, [type], problems);
        var fields = new Dictionary<string, ValueModel>(StringComparer.Ordinal);
        foreach (var property in Properties(type))
        {
            if (ScalarOf(property.Type) is { } field)
                fields[property.Name] = field;
        }

        return new(columns, fields);
    }

    // The types around this one: a type within itself would have no end.
    private static List<ColumnModel> ReadColumns(INamedTypeSymbol type, ImmutableArray<ITypeSymbol> around, List<SymbolProblem> problems)
    {
        var columns = new List<ColumnModel>();
        var properties = Properties(type);
        if (type.IsAbstract || Constructor(type, properties) is not { } constructor)
        {
            problems.Add(new(PromptDiagnostics.UnusableRow, LocationOf(type), DescribeUnusable(type)));
            return columns;
        }

        var taken = new HashSet<string>(constructor.Parameters.Select(parameter => PropertyOf(parameter, properties)!.Name), StringComparer.Ordinal);
        foreach (var parameter in constructor.Parameters)
            AddColumn(PropertyOf(parameter, properties)!, parameter);
        foreach (var property in properties)
        {
            if (IsSettable(property) && !taken.Contains(property.Name))
                AddColumn(property, parameter: null);
        }

        CheckAmbiguity(type, columns, problems);
        return columns;

        void AddColumn(IPropertySymbol property, IParameterSymbol? parameter)
        {
            if (ValueOf(property.Type, around, problems) is { } found)
                columns.Add(new(property.Name, parameter?.Name, found, new(NamesOf(property, parameter))));
            else
                problems.Add(new(
                    PromptDiagnostics.UnsupportedColumnType,
                    LocationOf(property),
                    $"The column '{property.Name}' has the type {property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}, which no row reader reads; it can be {Readable}."));
        }
    }

    /// <summary>The names that a property's column may have: snake_case, camelCase, and the property's own.</summary>
    public static IEnumerable<string> NamesOf(string property) =>
        new[] { Identifier.Snake(property), Identifier.Camel(property), property }.Distinct(StringComparer.Ordinal);

    // A name that is given is the only one.
    private static IEnumerable<string> NamesOf(IPropertySymbol property, IParameterSymbol? parameter)
    {
        var attribute = AttributeNames.Find(property, AttributeNames.Column) ?? (parameter is null ? null : AttributeNames.Find(parameter, AttributeNames.Column));
        return attribute?.ConstructorArguments is [{ Value: string { Length: > 0 } name }] ? [name] : NamesOf(property.Name);
    }

    private static string DescribeUnusable(INamedTypeSymbol type) => type.IsAbstract
        ? $"{type.Name} is abstract, so that no row can be created; make it concrete."
        : $"{type.Name} has no constructor whose parameters are all properties, so that no row can be created from columns; declare it as in 'record {type.Name}(string Question, string Answer)'.";

    // Base types first, so that columns come in the order of declaration.
    private static List<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var properties = new List<IPropertySymbol>();
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            var own = current.GetMembers().OfType<IPropertySymbol>().Where(IsVisible);
            properties.InsertRange(0, own.Where(property => !properties.Exists(overriding => overriding.Name == property.Name)));
        }

        return properties;
    }

    private static bool IsVisible(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, GetMethod: not null, ExplicitInterfaceImplementations.IsEmpty: true }
        && property.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal;

    private static bool IsSettable(IPropertySymbol property) =>
        property.SetMethod is { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal };

    private static IMethodSymbol? Constructor(INamedTypeSymbol type, List<IPropertySymbol> properties) =>
        type.InstanceConstructors
            .Where(constructor => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
                && constructor.Parameters.All(parameter => parameter.RefKind == RefKind.None && PropertyOf(parameter, properties) is not null))
            .OrderByDescending(constructor => constructor.Parameters.Length)
            .FirstOrDefault();

    private static IPropertySymbol? PropertyOf(IParameterSymbol parameter, List<IPropertySymbol> properties) =>
        properties.Find(property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type));

    private static ValueModel? ScalarOf(ITypeSymbol type)
    {
        if (NullableOf(type) is { } nullable)
            return ScalarOf(nullable) is { } value ? value with { Optional = true } : null;
        return type.SpecialType switch
        {
            SpecialType.System_String => new(ColumnType.String, IsAnnotated(type)),
            SpecialType.System_Int32 => new(ColumnType.Int32, false),
            SpecialType.System_Int64 => new(ColumnType.Int64, false),
            SpecialType.System_Double => new(ColumnType.Double, false),
            SpecialType.System_Boolean => new(ColumnType.Boolean, false),
            _ => null,
        };
    }

    private static ValueModel? ValueOf(ITypeSymbol type, ImmutableArray<ITypeSymbol> around, List<SymbolProblem> problems)
    {
        if (ScalarOf(type) is { } scalar)
            return scalar;
        if (NullableOf(type) is { } nullable)
            return ValueOf(nullable, around, problems) is { } value ? value with { Optional = true } : null;
        if (ConversationOf(type) is { } conversation)
            return conversation;
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
            return ListOf(array, array.ElementType, isArray: true, around, problems);
        if (type is not INamedTypeSymbol named || type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
            return null;
        if (named is { Arity: 1 } && named.ContainingNamespace.ToDisplayString() == "System.Collections.Generic" && Lists.Contains(named.Name))
            return ListOf(named, named.TypeArguments[0], isArray: false, around, problems);
        if (named.SpecialType != SpecialType.None || named.TypeKind == TypeKind.Interface || around.Contains(named, SymbolEqualityComparer.Default)
            || named.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal))
            return null;
        var columns = ReadColumns(named, around.Add(named), problems);
        var name = named.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return new(ColumnType.Record, IsAnnotated(type)) { Record = new(name, Generated: false, new(columns)) };
    }

    // The types of conversations, which have readers of their own.
    private static ValueModel? ConversationOf(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { Name: "TextOrMessages" } when IsOurs(type) => new(ColumnType.TextOrMessages, IsAnnotated(type)),
        INamedTypeSymbol { Name: "JsonElement" } when type.ContainingNamespace.ToDisplayString() == "System.Text.Json" => new(ColumnType.Tools, false),
        INamedTypeSymbol { Arity: 1 } list when Lists.Contains(list.Name) && list.TypeArguments[0] is { Name: "ChatMessage" } message && IsOurs(message) =>
            new(ColumnType.Messages, IsAnnotated(type)),
        _ => null,
    };

    private static bool IsOurs(ITypeSymbol type) => type.ContainingNamespace.ToDisplayString() == "FineTune.Prompts";

    private static ValueModel? ListOf(ITypeSymbol list, ITypeSymbol item, bool isArray, ImmutableArray<ITypeSymbol> around, List<SymbolProblem> problems)
    {
        // Reading gives a List of the item's type as it is declared here; of lists within lists only those fit that are read-only.
        var isCovariant = isArray || list.Name is "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable";
        return ValueOf(item, around, problems) is { } value && (value.Type != ColumnType.List || (isCovariant && (value.IsArray || item.Name is not ("List" or "IList" or "ICollection"))))
            ? new(ColumnType.List, IsAnnotated(list)) { Item = value, IsArray = isArray }
            : null;
    }

    private static ITypeSymbol? NullableOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;

    private static bool IsAnnotated(ITypeSymbol type) => type.NullableAnnotation == NullableAnnotation.Annotated;

    private static void CheckAmbiguity(INamedTypeSymbol type, List<ColumnModel> columns, List<SymbolProblem> problems)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var taken = column.Names.FirstOrDefault(owners.ContainsKey);
            foreach (var name in column.Names.Where(name => !owners.ContainsKey(name)))
                owners.Add(name, column.Property);
            if (taken is null)
                continue;
            var location = type.GetMembers(column.Property).FirstOrDefault() is { } member ? LocationOf(member) : LocationOf(type);
            problems.Add(new(
                PromptDiagnostics.AmbiguousColumn, location, $"'{column.Property}' and '{owners[taken]}' both read the column '{taken}'; rename one of them."));
        }
    }

    private static Location LocationOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
}
