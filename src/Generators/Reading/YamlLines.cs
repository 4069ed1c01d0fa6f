namespace FineTune.Reading;

/// <summary>The lines of a YAML text, by the positions at which they begin.</summary>
internal sealed class YamlLines(string text)
{
    /// <summary>Where the lines begin that are not within a block scalar.</summary>
    public IEnumerable<int> OutsideBlocks()
    {
        for (var start = 0; start < text.Length; start = Next(start))
        {
            if (!IsInsideBlock(start))
                yield return start;
        }
    }

    /// <summary>The line with its line break.</summary>
    public string At(int start) => text.Substring(start, Next(start) - start);

    /// <summary>The line's number, from 1.</summary>
    public int Number(int position) => text.Take(position).Count(character => character == '\n') + 1;

    public int Next(int start) => text.IndexOf('\n', start) is >= 0 and var end ? end + 1 : text.Length;

    /// <summary>
    /// Whether a line is a block scalar's text. It is if, of the lines above that are indented less than all lines below them,
    /// one ends in a block's header.
    /// </summary>
    public bool IsInsideBlock(int start)
    {
        var indentation = Indentation(start);
        for (var line = Previous(start); line >= 0 && indentation > 0; line = Previous(line))
        {
            var content = At(line).Trim();
            if (content.Length == 0 || Indentation(line) >= indentation)
                continue;
            indentation = Indentation(line);
            var header = content.Split('#')[0].TrimEnd(' ', '+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (header.EndsWith("|", StringComparison.Ordinal) || header.EndsWith(">", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private int Previous(int start) => start == 0 ? -1 : start == 1 ? 0 : text.LastIndexOf('\n', start - 2) + 1;

    private int Indentation(int start)
    {
        var end = start;
        while (end < text.Length && text[end] == ' ')
            end++;
        return end - start;
    }
}
