using FineTune.Diagnostics;
using FineTune.Model;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>Reads what columns and fields a row type has.</summary>
internal static class RowShapeReader
{
    private const string Readable = "string, int, long, double and bool, each also nullable";

    /// <summary>Reads a type; its mistakes go to <paramref name="problems"/>.</summary>
    public static RowShape Read(INamedTypeSymbol type, List<SymbolProblem> problems)
    {
        var properties = Properties(type);
        var fields = new Dictionary<string, (ColumnType, bool)>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            if (TypeOf(property.Type) is { } field)
                fields[property.Name] = field;
        }

        var columns = new List<ColumnModel>();
        if (type.IsAbstract || Constructor(type, properties) is not { } constructor)
        {
            problems.Add(new(PromptDiagnostics.UnusableRow, LocationOf(type), DescribeUnusable(type)));
            return new(columns, fields);
        }

        var taken = new HashSet<string>(constructor.Parameters.Select(parameter => PropertyOf(parameter, properties)!.Name), StringComparer.Ordinal);
        foreach (var parameter in constructor.Parameters)
            AddColumn(PropertyOf(parameter, properties)!, parameter.Name);
        foreach (var property in properties)
        {
            if (IsSettable(property) && !taken.Contains(property.Name))
                AddColumn(property, parameter: null);
        }

        CheckAmbiguity(type, columns, problems);
        return new(columns, fields);

        void AddColumn(IPropertySymbol property, string? parameter)
        {
            if (TypeOf(property.Type) is { } found)
                columns.Add(new(property.Name, parameter, found.Type, found.Optional, new(NamesOf(property.Name))));
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

    private static (ColumnType Type, bool Optional)? TypeOf(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return TypeOf(nullable.TypeArguments[0]) is { } value ? (value.Type, true) : null;
        return type.SpecialType switch
        {
            SpecialType.System_String => (ColumnType.String, type.NullableAnnotation == NullableAnnotation.Annotated),
            SpecialType.System_Int32 => (ColumnType.Int32, false),
            SpecialType.System_Int64 => (ColumnType.Int64, false),
            SpecialType.System_Double => (ColumnType.Double, false),
            SpecialType.System_Boolean => (ColumnType.Boolean, false),
            _ => null,
        };
    }

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
