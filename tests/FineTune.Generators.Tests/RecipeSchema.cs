using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Keys;

namespace FineTune.Generators.Tests;

/// <summary>Writes the JSON Schema of recipes from the table of keys, for editors: draft 7, which all of them know.</summary>
internal static class RecipeSchema
{
    private const string Line = "^[^\\x00-\\x1f]+$";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var properties = new JsonObject();
        foreach (var key in KeyTable.Of(RecipeKeys.Section))
            properties[key.Name] = Of(key);
        foreach (var section in KeyTable.Sections.Where(section => section != RecipeKeys.Section))
            properties[section.Name] = Of(section);
        var rules = new JsonArray([.. KeyTable.All.SelectMany(Needs).Concat(KeyTable.All.SelectMany(Excludes))]);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["$id"] = "https://raw.githubusercontent.com/finetune-sdk/FineTune.Sdk/main/src/Sdk/schema/finetune.schema.json",
            ["title"] = "FineTune.Sdk recipe",
            ["description"] = "What to train, on which rows, how, and how to judge the result.",
            ["type"] = "object",
            ["required"] = Names(KeyTable.All.Where(key => key.Required).Select(key => key.Section.Name.Length == 0 ? key.Name : key.Section.Name).Distinct()),
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["allOf"] = rules,
        };
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Of(KeySection section)
    {
        var properties = new JsonObject();
        foreach (var key in KeyTable.Of(section))
            properties[key.Name] = Of(key);
        var mapping = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = Names(KeyTable.Of(section).Where(key => key.Required).Select(key => key.Name));
        if (required.Count > 0)
            mapping["required"] = required;
        if (section.ListKey is null)
        {
            mapping["description"] = section.Summary;
            return mapping;
        }

        return new JsonObject { ["description"] = section.Summary, ["oneOf"] = new JsonArray(mapping, Of(KeyTable.Find(section, section.ListKey)!)) };
    }

    private static JsonObject Of(Key key)
    {
        var schema = new JsonObject { ["description"] = Description(key) };
        switch (key.Type)
        {
            case KeyType.Integer or KeyType.Number:
                schema["type"] = key.Type == KeyType.Integer ? "integer" : "number";
                if (key.Range is { } range)
                    AddRange(schema, range);
                break;
            case KeyType.Boolean:
                schema["type"] = "boolean";
                break;
            case KeyType.Choice:
                AddChoices(schema, key);
                break;
            case KeyType.ChoiceList:
                var item = new JsonObject();
                AddChoices(item, key);
                schema["type"] = "array";
                schema["items"] = item;
                schema["uniqueItems"] = true;
                break;
            case KeyType.ModuleList:
                schema["oneOf"] = new JsonArray(
                    new JsonObject { ["type"] = "string", ["minLength"] = 1 },
                    new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 }, ["minItems"] = 1, ["uniqueItems"] = true });
                break;
            case KeyType.NameList:
                schema["type"] = "array";
                schema["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
                schema["minItems"] = 1;
                schema["uniqueItems"] = true;
                break;
            case KeyType.IntegerList:
                var integer = new JsonObject { ["type"] = "integer" };
                AddRange(integer, key.Range!);
                schema["type"] = "array";
                schema["items"] = integer;
                schema["minItems"] = 1;
                schema["uniqueItems"] = true;
                break;
            case KeyType.NumberMap:
                var number = new JsonObject { ["type"] = key.Whole ? "integer" : "number" };
                AddRange(number, key.Range!);
                schema["type"] = "object";
                schema["additionalProperties"] = number;
                schema["minProperties"] = 1;
                break;
            case KeyType.Files:
                var file = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["pattern"] = Line };
                var weighted = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["path"] = file.DeepClone(), ["weight"] = new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 1000 } },
                    ["required"] = Names(["path"]),
                    ["additionalProperties"] = false,
                };
                var files = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["oneOf"] = new JsonArray(file.DeepClone(), weighted) }, ["minItems"] = 1 };
                schema["oneOf"] = new JsonArray(file, files);
                break;
            case KeyType.Text:
                schema["type"] = "string";
                schema["minLength"] = 1;
                schema["pattern"] = key == RecipeKeys.Name ? "^[A-Z][A-Za-z0-9_]*$" : Line;
                break;
            default:
                schema["type"] = "string";
                break;
        }

        if (key.Default is { } value && !key.Required)
            schema["default"] = Value(value);
        return schema;
    }

    private static string Description(Key key)
    {
        var unit = key.Unit is null ? "" : $" In {key.Unit}.";
        var absent = key.Absent is null ? "" : $" Without it: {key.Absent}.";
        return key.Summary + unit + absent + KeyReference.Since(key);
    }

    private static void AddChoices(JsonObject schema, Key key)
    {
        schema["type"] = "string";
        schema["enum"] = Names(key.Choices.Select(choice => choice.Name));
        schema["markdownEnumDescriptions"] = Names(key.Choices.Select(choice => choice.Summary));
    }

    private static void AddRange(JsonObject schema, KeyRange range)
    {
        schema[range.AboveMinimum ? "exclusiveMinimum" : "minimum"] = range.Minimum;
        if (!double.IsPositiveInfinity(range.Maximum))
            schema[range.BelowMaximum ? "exclusiveMaximum" : "maximum"] = range.Maximum;
    }

    // Of two keys that exclude each other one rule speaks.
    private static IEnumerable<JsonNode> Excludes(Key key) =>
        from path in key.Excludes
        let other = KeyTable.Get(path)
        where KeyTable.All.ToList().IndexOf(other) < KeyTable.All.ToList().IndexOf(key)
        select (JsonNode)new JsonObject { ["not"] = new JsonObject { ["allOf"] = new JsonArray(Given(other), Given(key)) } };

    private static IEnumerable<JsonNode> Needs(Key key) => key.Needs.Select(need =>
        (JsonNode)new JsonObject { ["if"] = Given(key), ["then"] = need.Or is { } other ? new JsonObject { ["anyOf"] = new JsonArray(Met(need), Met(new(other))) } : Met(need) });

    // A value that is the default is as good as none.
    private static JsonObject Given(Key key)
    {
        var at = new JsonObject { ["required"] = Names([key.Name]) };
        if (key.Default is { } value)
            at["properties"] = new JsonObject { [key.Name] = new JsonObject { ["not"] = new JsonObject { ["const"] = Value(value) } } };
        var given = InSection(key, at);
        return key.Section.ListKey == key.Name
            ? new JsonObject { ["anyOf"] = new JsonArray(given, InSection(key, new JsonObject { ["type"] = "array", ["minItems"] = 1 })) }
            : given;
    }

    private static JsonObject Met(KeyNeed need)
    {
        var key = KeyTable.Get(need.Path);
        if (need.Values.Length == 0)
            return key.Section.ListKey == key.Name
                ? new JsonObject
                {
                    ["anyOf"] = new JsonArray(
                        InSection(key, new JsonObject { ["type"] = "object", ["required"] = Names([key.Name]) }),
                        InSection(key, new JsonObject { ["type"] = "array" })),
                }
                : InSection(key, new JsonObject { ["required"] = Names([key.Name]) });
        var allowed = new JsonObject { ["properties"] = new JsonObject { [key.Name] = new JsonObject { ["enum"] = Names(need.Values) } } };
        // An adapter's section without its kind is LoRA, and the data may show of what type its rows are.
        var byDefault = key == AdapterKeys.Kind || key == DataKeys.Type || (key.Default is KeyValue.Text { Value: var otherwise } && need.Values.Contains(otherwise));
        if (!byDefault)
            allowed["required"] = Names([key.Name]);
        var met = InSection(key, allowed);
        if (byDefault)
            met.Remove("required");
        return met;
    }

    private static JsonObject InSection(Key key, JsonObject schema) => key.Section.Name.Length == 0
        ? schema
        : new JsonObject
        {
            ["required"] = Names([key.Section.Name]),
            ["properties"] = new JsonObject { [key.Section.Name] = schema.ContainsKey("type") ? schema : Typed(schema) },
        };

    // 'required' and 'properties' say nothing of what is no mapping.
    private static JsonObject Typed(JsonObject schema)
    {
        schema["type"] = "object";
        return schema;
    }

    private static JsonNode Value(KeyValue value) => value switch
    {
        KeyValue.Integer integer => integer.Value,
        KeyValue.Number number => number.Value,
        KeyValue.Boolean boolean => boolean.Value,
        KeyValue.List list => list.Items.Count == 1 ? list.Items[0] : Names(list.Items),
        KeyValue.Text text => text.Value,
        _ => throw new InvalidOperationException("A value of an unknown kind."),
    };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
}
