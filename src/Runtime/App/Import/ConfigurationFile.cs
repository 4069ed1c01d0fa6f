using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FineTune.App.Import;

/// <summary>A configuration of another tool.</summary>
/// <param name="Tool">The tool, recognised by the content.</param>
/// <param name="Root">Its settings.</param>
internal sealed record ConfigurationFile(ConfigurationTool Tool, ConfigurationNode Root)
{
    private const int LargestFile = 1 << 20;
    private const int DeepestNesting = 32;

    private static readonly string[] LlamaFactoryKeys = ["finetuning_type", "cutoff_len", "lora_target", "template", "dataset_dir", "stage", "do_train"];

    /// <summary>Reads a file; JSON is read as the YAML that it is.</summary>
    /// <exception cref="FineTuneException">FT5040: it cannot be read. FT5041: no known tool wrote it.</exception>
    public static ConfigurationFile Read(string path)
    {
        if (!File.Exists(path))
            throw new FineTuneException("FT5040", "There is no such file. Name a configuration of axolotl, LLaMA-Factory or TRL, or an adapter_config.json of PEFT.", path);
        return Parse(ReadText(path), path);
    }

    /// <summary>Reads a file that a configuration refers to.</summary>
    /// <exception cref="FineTuneException">FT5040: it cannot be read.</exception>
    public static ConfigurationNode? ReadNode(string path) => ReadNode(ReadText(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="path">Its file, for messages.</param>
    public static ConfigurationFile Parse(string text, string path)
    {
        var root = ReadNode(text, path);
        return root is { Entries.Count: > 0 } && ToolOf(root) is { } tool
            ? new ConfigurationFile(tool, root)
            : throw new FineTuneException(
                "FT5041",
                "The file is no configuration of a known tool: axolotl's has 'base_model', LLaMA-Factory's and TRL's 'model_name_or_path', PEFT's 'peft_type'.", path);
    }

    private static string ReadText(string path)
    {
        if (new FileInfo(path).Length > LargestFile)
            throw new FineTuneException("FT5040", "The file is larger than 1 MiB, which no configuration is.", path);
        return File.ReadAllText(path);
    }

    private static ConfigurationTool? ToolOf(ConfigurationNode root) =>
        root["peft_type"] is not null ? ConfigurationTool.Peft
        : root["base_model"] is not null ? ConfigurationTool.Axolotl
        : root["model_name_or_path"] is null ? null
        : LlamaFactoryKeys.Any(key => root[key] is not null) ? ConfigurationTool.LlamaFactory
        : ConfigurationTool.Trl;

    private static ConfigurationNode? ReadNode(string text, string path)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is NodeEvent)
                    return new NodeReader(parser, path).Read(depth: 0);
            }

            return null;
        }
        catch (Exception exception) when (exception is not FineTuneException and not OutOfMemoryException)
        {
            // Malformed text makes the parser throw more than its own exceptions.
            var line = exception is YamlException yaml ? $"{path}:{yaml.Start.Line}" : path;
            throw new FineTuneException("FT5040", $"The file is neither YAML nor JSON: {exception.Message}", line, exception);
        }
    }

    // By events, so that no nesting is deeper than is checked.
    private sealed class NodeReader(IParser parser, string path)
    {
        private readonly Dictionary<AnchorName, ConfigurationNode> _anchors = [];

        public ConfigurationNode Read(int depth)
        {
            var start = parser.Current!;
            if (depth > DeepestNesting)
                throw new FineTuneException("FT5040", $"The file nests more than {DeepestNesting} levels, which no configuration does.", $"{path}:{start.Start.Line}");
            var node = start switch
            {
                Scalar { Style: ScalarStyle.Plain, Value: "" or "null" or "~" } => new ConfigurationNode(null, [], []),
                Scalar scalar => new ConfigurationNode(scalar.Value, [], []),
                AnchorAlias alias => _anchors.GetValueOrDefault(alias.Value) ?? new ConfigurationNode(null, [], []),
                SequenceStart => new ConfigurationNode(null, ReadItems(depth), []),
                _ => new ConfigurationNode(null, [], ReadEntries(depth)),
            };
            if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
                _anchors[anchored.Anchor] = node;
            return node;
        }

        private List<ConfigurationNode> ReadItems(int depth)
        {
            var items = new List<ConfigurationNode>();
            while (parser.MoveNext() && parser.Current is not SequenceEnd)
                items.Add(Read(depth + 1));
            return items;
        }

        private List<KeyValuePair<string, ConfigurationNode>> ReadEntries(int depth)
        {
            var entries = new List<KeyValuePair<string, ConfigurationNode>>();
            while (parser.MoveNext() && parser.Current is not MappingEnd)
            {
                var key = Read(depth + 1).Text ?? "";
                if (!parser.MoveNext())
                    break;
                entries.Add(KeyValuePair.Create(key, Read(depth + 1)));
            }

            return entries;
        }
    }
}
