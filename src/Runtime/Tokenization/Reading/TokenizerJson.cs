using System.Text.Encodings.Web;
using System.Text.Json;
using FineTune.Facts;
using FineTune.Tokenization.Added;

namespace FineTune.Tokenization.Reading;

/// <summary>Hugging Face's tokenizer.json, read and written.</summary>
internal static class TokenizerJson
{
    private static readonly string[] SectionNames = ["truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder"];

    public static TokenizerDefinition Read(string path)
    {
        try
        {
            using var document = FolderJson.Parse(File.ReadAllBytes(path));
            var root = new FileNode(document.RootElement, path, "the file");
            if (root.Child("model") is not { } modelNode)
                throw TokenizerErrors.Malformed(path, "it lacks 'model'");
            var model = ModelReader.Read(modelNode);
            var sections = SectionNames.Where(name => root.Value(name) is not null).ToDictionary(name => name, name => root.Value(name)!.Value.Clone());
            return new TokenizerDefinition(path, sections, [.. root.Children("added_tokens").Select(node => AddedToken(node, node.Index("id")))], model);
        }
        catch (JsonException exception)
        {
            throw TokenizerErrors.NotJson(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TokenizerErrors.Malformed(path, exception.Message.TrimEnd('.'), exception);
        }
    }

    public static void Write(TokenizerDefinition definition, Stream stream)
    {
        // As the reference writes it: characters as themselves, not as escapes.
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var writer = new Utf8JsonWriter(stream, options);
        writer.WriteStartObject();
        writer.WriteString("version", "1.0");
        WriteSection(writer, definition, "truncation");
        WriteSection(writer, definition, "padding");
        writer.WriteStartArray("added_tokens");
        foreach (var token in definition.AddedTokens.OrderBy(token => token.Id))
            WriteAddedToken(writer, token);
        writer.WriteEndArray();
        foreach (var name in SectionNames[2..])
            WriteSection(writer, definition, name);
        writer.WritePropertyName("model");
        definition.Model.Write(writer);
        writer.WriteEndObject();
    }

    /// <summary>An added token whose id stands beside it.</summary>
    public static AddedToken AddedToken(FileNode node, int id)
    {
        var special = node.Flag("special", false);
        return new AddedToken(
            id,
            node.Text("content"),
            node.Flag("single_word", false),
            node.Flag("lstrip", false),
            node.Flag("rstrip", false),
            node.Flag("normalized", !special),
            special);
    }

    private static void WriteSection(Utf8JsonWriter writer, TokenizerDefinition definition, string name)
    {
        writer.WritePropertyName(name);
        if (definition.Sections.TryGetValue(name, out var section))
            section.WriteTo(writer);
        else
            writer.WriteNullValue();
    }

    private static void WriteAddedToken(Utf8JsonWriter writer, AddedToken token)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", token.Id);
        writer.WriteString("content", token.Content);
        writer.WriteBoolean("single_word", token.SingleWord);
        writer.WriteBoolean("lstrip", token.LeftStrip);
        writer.WriteBoolean("rstrip", token.RightStrip);
        writer.WriteBoolean("normalized", token.Normalized);
        writer.WriteBoolean("special", token.Special);
        writer.WriteEndObject();
    }
}
