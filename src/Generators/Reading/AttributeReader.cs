using FineTune.Diagnostics;
using FineTune.Facts.Rules;
using FineTune.Keys;
using FineTune.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>Reads the settings that an attribute gives, by the table of keys.</summary>
internal sealed class AttributeReader(KeySettings settings, List<SymbolProblem> problems, CancellationToken cancellation)
{
    private readonly Dictionary<string, Location> _locations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

    /// <summary>Where a key is given, or else its section's attribute.</summary>
    public Location? LocationOf(Key key) =>
        _locations.TryGetValue(key.Path, out var location) || _locations.TryGetValue(key.Section.Name, out location) ? location : null;

    /// <summary>Checks the values read so far against each other.</summary>
    /// <param name="isChecked">Which rules are to be checked.</param>
    /// <param name="elsewhere">The place of mistakes in keys that this reader has not read.</param>
    public void CheckRules(Func<RecipeRule, bool> isChecked, Location elsewhere)
    {
        foreach (var (rule, problem) in RecipeRules.Check(settings, KeySurface.CSharp, key => !_failed.Contains(key.Path)))
        {
            if (isChecked(rule))
                problems.Add(new(Descriptors.Get(problem.Code), LocationOf(rule.Key) ?? elsewhere, problem.Message));
        }
    }

    /// <summary>A mistake in what is given here with its place: an item of a list as far as the source spells it, or the key's.</summary>
    public SymbolProblem Locate(FactProblem problem)
    {
        var location = LocationOf(problem.Key) ?? Location.None;
        if (problem.Item is { } item && location.SourceTree is { } tree)
        {
            var text = tree.GetText(cancellation).ToString(location.SourceSpan);
            var start = text.IndexOf(item, StringComparison.Ordinal);
            if (start >= 0)
                location = Location.Create(tree, new Microsoft.CodeAnalysis.Text.TextSpan(location.SourceSpan.Start + start, item.Length));
        }

        return new(Descriptors.Get(problem.Code), location, problem.Message) { Original = problem.Item, Replacement = problem.Replacement };
    }

    /// <summary>Reads an attribute of a section, or of several.</summary>
    public void Read(AttributeData attribute, string name, params KeySection[] sections)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        var whole = syntax?.GetLocation() ?? Location.None;
        foreach (var section in sections)
            _locations[section.Name] = whole;
        if (AttributeNames.Positional(name) is { } positional && attribute.ConstructorArguments.Length > 0)
            ReadArgument(positional, attribute.ConstructorArguments[0], PositionalLocation(syntax) ?? whole);
        CheckNames(syntax, attribute.AttributeClass, sections);
        foreach (var argument in attribute.NamedArguments)
        {
            if (sections.SelectMany(KeyTable.Of).FirstOrDefault(key => key.CSharpName == argument.Key && !key.YamlOnly) is { } key)
                ReadArgument(key, argument.Value, NamedLocation(syntax, argument.Key) ?? whole);
        }
    }

    // The compiler says that the attribute has no such property, and not what was meant.
    private void CheckNames(AttributeSyntax? syntax, INamedTypeSymbol? type, KeySection[] sections)
    {
        foreach (var argument in syntax?.ArgumentList?.Arguments ?? [])
        {
            if (argument.NameEquals?.Name.Identifier is not { ValueText: var name } identifier || name.Length == 0 || HasProperty(type, name))
                continue;
            var section = sections.FirstOrDefault(candidate => Suggestion.Nearest(name, KeyNames.Children(candidate, KeySurface.CSharp)) is not null)
                ?? sections.FirstOrDefault(candidate => KeyNames.FindMeant(candidate, name)?.Section == candidate) ?? sections[0];
            var problem = KeyNames.Unknown(section, name, (argument.Expression as LiteralExpressionSyntax)?.Token.ValueText, KeySurface.CSharp);
            var meant = KeyNames.FindMeant(section, name);
            var replacement = meant is null ? Suggestion.Nearest(name, sections.SelectMany(candidate => KeyNames.Children(candidate, KeySurface.CSharp)))
                : sections.Contains(meant.Section) && meant is { YamlOnly: false, Positional: false } ? meant.CSharpName : null;
            problems.Add(new(Descriptors.Get(problem.Code), identifier.GetLocation(), problem.Message) { Original = name, Replacement = replacement });
        }
    }

    private static bool HasProperty(INamedTypeSymbol? type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().Any())
                return true;
        }

        return false;
    }

    /// <summary>The expressions that the constructor takes, as one place.</summary>
    public static Location? PositionalLocation(AttributeSyntax? syntax)
    {
        var arguments = syntax?.ArgumentList?.Arguments.Where(argument => argument.NameEquals is null).ToList();
        return arguments is { Count: > 0 }
            ? Location.Create(syntax!.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(arguments[0].Expression.SpanStart, arguments[arguments.Count - 1].Span.End))
            : null;
    }

    /// <summary>The value that a property of the attribute is given.</summary>
    public static Location? NamedLocation(AttributeSyntax? syntax, string name) =>
        syntax?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression.GetLocation();

    private void ReadArgument(Key key, TypedConstant constant, Location location)
    {
        _locations[key.Path] = location;
        if (constant.Kind == TypedConstantKind.Error)
            return;
        var value = ReadValue(key, constant, out var problem);
        problem ??= value is null ? null : KeyChecker.Check(key, value, KeySurface.CSharp);
        if (problem is not null)
            _failed.Add(key.Path);
        if (problem is not null)
            problems.Add(new(Descriptors.Get(problem.Code), location, problem.Message) { Original = problem.Original, Replacement = problem.Replacement });
        if (value is not null)
            settings.Set(key, value);
    }

    private static KeyValue? ReadValue(Key key, TypedConstant constant, out KeyProblem? problem)
    {
        problem = null;
        switch (key.Type)
        {
            case KeyType.Integer when constant.Value is int integer:
                return new KeyValue.Integer(integer);
            case KeyType.Number when constant.Value is double number && !double.IsNaN(number) && !double.IsInfinity(number):
                return new KeyValue.Number(number);
            case KeyType.Boolean when constant.Value is bool boolean:
                return new KeyValue.Boolean(boolean);
            case KeyType.Template when constant.Value is string template:
                return new KeyValue.Text(template.Replace("\r\n", "\n"));
            case KeyType.Pattern when constant.Value is string { Length: > 0 } pattern:
                return new KeyValue.Text(pattern);
            case KeyType.Text or KeyType.Files when constant.Value is string { Length: > 0 } text && !text.Any(char.IsControl):
                return new KeyValue.Text(text);
            case KeyType.IntegerList when constant.Kind == TypedConstantKind.Array && !constant.IsNull:
                return new KeyValue.Integers(new(constant.Values.Select(item => item.Value).OfType<int>()));
            case KeyType.NumberMap when constant.Value is string map:
                var parse = KeyParser.ParseMap(key, MapText.Split(map));
                problem = parse.Problem is { } wrong ? wrong with { Message = wrong.Message.Replace($"'{key.Path}'", KeyText.Name(key, KeySurface.CSharp)) } : null;
                return parse.Value;
            case KeyType.ModuleList or KeyType.NameList when constant.Value is string names:
                return new KeyValue.List(new(names.Split(',').Select(item => item.Trim()).Where(item => item.Length > 0)));
            case KeyType.Choice when ChoiceOf(key, constant) is { } choice:
                return new KeyValue.Text(choice);
            case KeyType.ChoiceList when constant.Kind == TypedConstantKind.Array && !constant.IsNull:
                var choices = constant.Values.Select(item => ChoiceOf(key, item)).ToList();
                if (choices.TrueForAll(item => item is not null))
                    return new KeyValue.List(new(choices.OfType<string>()));
                break;
        }

        problem = key.Type is KeyType.Choice or KeyType.ChoiceList
            ? new(KeyCodes.UnknownValue, $"{KeyText.Name(key, KeySurface.CSharp)} has a value that {key.CSharpType} does not name; choose one of its members.")
            : key.Type == KeyType.Number ? new(KeyCodes.NotFinite, $"{KeyText.Name(key, KeySurface.CSharp)} must be a finite number; leave it out for its default.")
            : constant.Value is string path && path.Any(char.IsControl) ? KeyParser.ControlCharacter(key, path, KeySurface.CSharp)
            : new(KeyCodes.WrongType, $"{KeyText.Name(key, KeySurface.CSharp)} must be {(key.Type == KeyType.IntegerList ? "a list of integers" : "a text that is not empty")}.");
        return null;
    }

    private static string? ChoiceOf(Key key, TypedConstant constant)
    {
        if (constant.Kind != TypedConstantKind.Enum || constant.Type is not { } type)
            return null;
        var member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, constant.Value));
        return key.Choices.FirstOrDefault(choice => choice.CSharpName == member?.Name)?.Name;
    }
}
