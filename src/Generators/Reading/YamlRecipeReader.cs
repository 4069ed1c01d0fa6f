using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Model;
using FineTune.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Reading;

/// <summary>Reads a <c>*.recipe.yaml</c>.</summary>
internal sealed class YamlRecipeReader
{
    private readonly string _path;
    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<DiagnosticInfo> _diagnostics = [];
    private readonly KeySettings _settings = new();
    private readonly Dictionary<string, TextSpan> _keySpans = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly List<RecipeFile> _files = [];
    private readonly List<SettingPlace> _places = [];
    private YamlText? _name;
    private YamlText? _prompt;

    private YamlRecipeReader(string path, SourceText source)
    {
        _path = path;
        _source = source;
        _text = source.ToString();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, for places.</param>
    /// <param name="source">Its text.</param>
    /// <param name="rootNamespace">The namespace that its class goes to.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static RecipeDraft Read(string path, SourceText source, string rootNamespace, CancellationToken cancellation) =>
        new YamlRecipeReader(path, source).Read(rootNamespace, cancellation);

    private RecipeDraft Read(string rootNamespace, CancellationToken cancellation)
    {
        var root = YamlDocumentReader.Read(_text, Report, cancellation);
        if (root is YamlMap map)
        {
            ReadTopLevel(map);
            CheckRequired();
            // What the rows are may follow from the data, which is not known here.
            if (!_settings.TryGet(DataKeys.Type, out _) && _prompt is null)
                _failed.Add(DataKeys.Type.Path);
            foreach (var (key, problem) in KeyRules.Check(_settings, KeySurface.Yaml))
            {
                // What a key whose value is wrong was meant to be is not known.
                if (!key.Needs.Any(need => _failed.Contains(need.Path)))
                    Report(problem, SpanOf(key));
            }

            foreach (var (rule, problem) in RecipeRules.Check(_settings, KeySurface.Yaml, key => !_failed.Contains(key.Path)))
                Report(problem, SpanOf(rule.Key));
        }
        else if (root is not null && new YamlMistakes(_text).Find(_text.Length) is { } mistake)
        {
            Report(mistake.Descriptor, mistake.Span, mistake.Message);
        }
        else if (root is not null)
        {
            Report(
                RecipeDiagnostics.WrongType, root.Span,
                $"A recipe is a mapping that begins with 'recipe: Name', but this is {root.Description}.");
        }

        var name = _name?.Value;
        var prompt = name is null ? [] : ReadPrompt();
        var fullName = rootNamespace.Length == 0 ? name : rootNamespace + "." + name;
        var settings = _settings.Given.Where(given => given.Key != RecipeKeys.Name).Select(given => new Setting(given.Key.Path, given.Value));
        return new(
            rootNamespace,
            Path.GetFileName(_path),
            new(settings),
            new(prompt),
            name is null ? null : new(name, fullName!, LocationInfo.Create(_path, _source, _name!.Span)),
            new(_files),
            new(_places),
            new(_diagnostics));
    }

    private void ReadTopLevel(YamlMap map)
    {
        foreach (var entry in map.Entries)
        {
            if (KeyTable.Find(RecipeKeys.Section, entry.Key.Value) is { } key)
                ReadKey(key, entry.Key, entry.Value);
            else if (entry.Key.Value.Length > 0 && KeyTable.FindSection(entry.Key.Value) is { } section)
                ReadSection(section, entry.Key, entry.Value);
            else
                ReadUnknown(RecipeKeys.Section, entry.Key, entry.Value);
        }
    }

    private void ReadSection(KeySection section, YamlText name, YamlNode node)
    {
        _keySpans[section.Name] = name.Span;
        _places.Add(new(section.Name, "", LocationInfo.Create(_path, _source, name.Span)));
        if (node is YamlList && section.ListKey is { } listKey)
        {
            ReadKey(KeyTable.Find(section, listKey)!, name, node);
            return;
        }

        if (node is not YamlMap map)
        {
            ReportNoSection(section, name, node);
            return;
        }

        foreach (var entry in map.Entries)
        {
            if (KeyTable.Find(section, entry.Key.Value) is { } key)
                ReadKey(key, entry.Key, entry.Value);
            else
                ReadUnknown(section, entry.Key, entry.Value);
        }

        if (section == AdapterKeys.Section && !_settings.TryGet(AdapterKeys.Kind, out _) && !_failed.Contains(AdapterKeys.Kind.Path))
            _settings.Set(AdapterKeys.Kind, new KeyValue.Text("lora"));
    }

    private void ReportNoSection(KeySection section, YamlText name, YamlNode node)
    {
        _failed.UnionWith(KeyTable.Of(section).Select(key => key.Path));
        var span = node.Span.IsEmpty ? name.Span : node.Span;
        var first = KeyTable.Of(section).First();
        if (node is YamlText { Value.Length: 0 })
            Report(RecipeDiagnostics.EmptySection, name.Span, $"'{section.Name}' is empty; indent its keys below it, as in '{section.Name}: {{ {first.Name}: … }}', or remove it.");
        else if (node is not YamlText text)
            Report(RecipeDiagnostics.SectionWithoutKeys, span, $"'{section.Name}' holds keys, but is a list; write them without dashes, as in '{section.Name}: {{ {first.Name}: … }}'.");
        else if (new YamlMistakes(text.Value).Find(0) is { } mistake)
            Report(mistake.Descriptor, span, mistake.Message);
        else if (KeyParser.Parse(first, text.Value, quoted: false).Problem is { Code: KeyCodes.RenamedValue or KeyCodes.MissingValue } problem)
            Report(problem, span);
        else
            Report(
                RecipeDiagnostics.SectionWithoutKeys, span,
                $"'{section.Name}' holds keys, but is a text; write '{section.Name}: {(section.ListKey is null ? $"{{ {first.Name}: {text.Value} }}" : $"[{text.Value}]")}'.");
    }

    // What stands within a setting of another tool is explained too, where it is known.
    private void ReadUnknown(KeySection section, YamlText name, YamlNode node)
    {
        if (name.Value.Length == 0)
            return;
        Report(KeyNames.Unknown(section, name.Value, (node as YamlText)?.Value), name.Span);
        var inner = KeyNames.FindRenamedSection(name.Value) ?? section;
        // What was meant for a key is not missing too.
        if (section == RecipeKeys.Section && inner != section)
            _failed.UnionWith(KeyTable.Of(inner).Select(key => key.Path));
        if (KeyNames.FindMeant(section, name.Value) is { } meant)
            _failed.Add(meant.Path);
        ExplainForeign(inner, node);
    }

    private void ExplainForeign(KeySection section, YamlNode node)
    {
        if (node is YamlList list)
            list.Items.ForEach(item => ExplainForeign(section, item));
        if (node is not YamlMap map)
            return;
        foreach (var entry in map.Entries)
        {
            var isKey = KeyTable.Find(section, entry.Key.Value) is not null;
            if (!isKey && KeyNames.Known(section, entry.Key.Value, (entry.Value as YamlText)?.Value, KeySurface.Yaml) is { } problem)
                Report(problem, entry.Key.Span);
            ExplainForeign(section, entry.Value);
        }
    }

    private void ReadKey(Key key, YamlText name, YamlNode node)
    {
        _keySpans[key.Path] = name.Span;
        AddPlaces(key, name, node);
        var parse = node switch
        {
            YamlText { IsPlain: true } plain when LookAlikeIn(key, plain.Value) is { } lookAlike => lookAlike,
            YamlText text => KeyParser.Parse(key, text.Value, quoted: !text.IsPlain),
            YamlList list when key.Type == KeyType.Files => ReadFiles(key, list),
            YamlList list => ReadList(key, list),
            YamlMap map when key.Type == KeyType.NumberMap =>
                KeyParser.ParseMap(key, map.Entries.Select(entry => new KeyValuePair<string, string?>(entry.Key.Value, (entry.Value as YamlText)?.Value))),
            _ when key.Type == KeyType.Template => new KeyProblem(KeyCodes.UnquotedBraces, YamlMistakes.UnquotedBraces),
            _ => KeyParser.NotOneValue(key, node.Description),
        };
        if (parse.Value is { } value)
            _settings.Set(key, value);
        if (RecipeFilesReader.IsFile(key) && parse.Value is KeyValue.Text file)
            _files.Add(new(key.Path, file.Value, LocationInfo.Create(_path, _source, node.Span)));
        if (parse.Value is KeyValue.Files && node is YamlList entries)
            _files.AddRange(entries.Items.Select((item, i) => new RecipeFile(key.Path, KeyFiles.Of(parse.Value)[i].Path, LocationInfo.Create(_path, _source, item.Span))));
        if (parse.Problem is { } problem)
        {
            _failed.Add(key.Path);
            Report(problem, node is YamlText { Span.IsEmpty: false } ? node.Span : name.Span);
        }

        if (key == RecipeKeys.Name && parse.Value is not null)
            ReadName((YamlText)node);
        else if (key == DataKeys.Prompt && parse.Value is not null)
            _prompt = (YamlText)node;
    }

    // Within a path such a character may be meant; at its ends it is a quote that is none.
    private static KeyProblem? LookAlikeIn(Key key, string text) =>
        key.Type == KeyType.Text && text.Length > 0 && (LookAlikes.Explain(text.Substring(0, 1)) ?? LookAlikes.Explain(text.Substring(text.Length - 1))) is { } problem
            ? problem
            : null;

    private void AddPlaces(Key key, YamlText name, YamlNode node)
    {
        Add("", node is YamlText { Span.IsEmpty: false } ? node.Span : name.Span);
        if (node is YamlList list)
        {
            foreach (var item in list.Items.OfType<YamlText>())
                Add(item.Value, item.Span);
        }

        void Add(string item, TextSpan span) => _places.Add(new(key.Path, item, LocationInfo.Create(_path, _source, span)));
    }

    private KeyParse ReadFiles(Key key, YamlList list)
    {
        var files = new List<KeyFile>();
        foreach (var item in list.Items)
        {
            var problem = YamlFileReader.Read(item, out var file, out var span);
            if (problem is null)
            {
                files.Add(file!);
                continue;
            }

            _failed.Add(key.Path);
            Report(problem, span.IsEmpty ? list.Span : span);
        }

        if (files.Count < list.Items.Count)
            return KeyParse.None;
        return KeyFiles.Check(key, files) is { } whole ? whole : new KeyParse(KeyFiles.Value(files), null);
    }

    // Each item's mistake is at the item; what concerns the list as a whole, at its key.
    private KeyParse ReadList(Key key, YamlList list)
    {
        var items = list.Items.OfType<YamlText>().ToList();
        var whole = KeyParser.ParseList(key, items.Select(item => item.Value));
        if (key.Type is not (KeyType.ChoiceList or KeyType.ModuleList or KeyType.NameList))
            return whole;
        var wrong = list.Items.FirstOrDefault(item => item is not YamlText);
        var bad = items.FirstOrDefault(item => KeyChecker.CheckItem(key, item.Value, KeySurface.Yaml) is not null);
        if (wrong is null && bad is null)
            return whole;
        _failed.Add(key.Path);
        if (wrong is not null)
            Report(new KeyProblem(
                KeyCodes.WrongType,
                $"An item of {KeyText.Name(key, KeySurface.Yaml)} must be a name, but is {wrong.Description}."), wrong.Span);
        foreach (var item in items)
        {
            if (KeyChecker.CheckItem(key, item.Value, KeySurface.Yaml) is { } problem)
                Report(problem, item.Span.IsEmpty ? list.Span : item.Span);
        }

        return KeyParse.None;
    }

    private void ReadName(YamlText node)
    {
        if (ClassName.Check(node.Value) is { } problem)
            Report(RecipeDiagnostics.UnusableName, node.Span, problem);
        else
            _name = node;
    }

    private void CheckRequired()
    {
        foreach (var key in KeyTable.All)
        {
            if (!key.Required || _settings.TryGet(key, out _) || _failed.Contains(key.Path) || _keySpans.ContainsKey(key.Path))
                continue;
            var section = _keySpans.TryGetValue(key.Section.Name, out var span) ? span : new TextSpan(0, 0);
            Report(new KeyProblem(key.MissingCode, $"'{key.Path}' is missing. {key.Summary}"), section);
        }
    }

    private IReadOnlyList<PromptTemplatePiece> ReadPrompt()
    {
        if (_prompt is null)
            return [];
        CheckPromptStyle(_prompt);
        var template = _prompt.EndsWithBlock ? _prompt.Value.Substring(0, _prompt.Value.Length - 1) : _prompt.Value;
        var prompt = PromptTemplateReader.Read(template);
        // Of a template with mistakes it is not known what it shows.
        var isShown = prompt.Problems.Count > 0 || GrpoKeys.AreRead(_settings);
        foreach (var problem in prompt.Problems.Concat(!isShown && PromptTemplateReader.CheckCompletion(prompt.Pieces) is { } unshown ? [unshown] : []))
            _diagnostics.Add(new(problem.Id, problem.Message, LocationInfo.Create(_path, _source, Locate(problem.Offset, problem.Length))));
        foreach (var piece in prompt.Pieces.Where(piece => piece.IsField))
            _places.Add(new(DataKeys.Prompt.Path, piece.Text, LocationInfo.Create(_path, _source, Locate(piece.Offset, piece.Text.Length))));
        _settings.Set(DataKeys.Prompt, new KeyValue.Text(template));
        return prompt.Pieces;

        TextSpan Locate(int offset, int length) => BraceMap.Find(template, offset, length, _text, SpanOfText(_prompt)) ?? SpanOf(DataKeys.Prompt);
    }

    // What YAML makes of the text is not what it looks like.
    private void CheckPromptStyle(YamlText prompt)
    {
        var end = prompt.Span.End;
        var comment = end;
        while (comment < _text.Length && _text[comment] is ' ' or '\t')
            comment++;
        if (prompt.IsPlain && comment > end && comment < _text.Length && _text[comment] == '#')
            Report(RecipeDiagnostics.CutByComment, new(comment, 1), "A comment begins here, and the prompt ends before it; put the prompt in quotes, or the comment on a line of its own.");
        if (_text[prompt.Span.Start] == '>' && prompt.Value.TrimEnd('\n').IndexOfAny(['\n']) < 0 && _text.Substring(prompt.Span.Start, prompt.Span.Length).Trim().Count(character => character == '\n') > 1)
            Report(RecipeDiagnostics.FoldedPrompt, new(prompt.Span.Start, 1), "A block after '>' joins its lines by spaces, so that the prompt is one line; write '|' to keep them.");
    }

    // A block's header may have a comment with braces.
    private TextSpan SpanOfText(YamlText text)
    {
        var start = text.Span.Start;
        if (_text[start] is '|' or '>')
            start = Math.Min(_source.Lines.GetLineFromPosition(start).EndIncludingLineBreak, text.Span.End);
        return TextSpan.FromBounds(start, text.Span.End);
    }

    private TextSpan SpanOf(Key key) =>
        _keySpans.TryGetValue(key.Path, out var span) || _keySpans.TryGetValue(key.Section.Name, out span) ? span : new(0, 0);

    private void Report(KeyProblem problem, TextSpan span) =>
        _diagnostics.Add(new(problem.Code, problem.Message, LocationInfo.Create(_path, _source, span)));

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, string message) =>
        _diagnostics.Add(new(descriptor.Id, message, LocationInfo.Create(_path, _source, span)));
}
