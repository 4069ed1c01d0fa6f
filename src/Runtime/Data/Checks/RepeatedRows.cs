using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FineTune.Data.Checks;

/// <summary>Finds rows that the model sees more than once, and held-out rows that it was trained on. Rows are the same if their texts are.</summary>
internal sealed class RepeatedRows
{
    private readonly Dictionary<UInt128, (string File, int Line)> _first = [];

    /// <summary>Remembers a training row, and tells if it is there already.</summary>
    public IEnumerable<RowFinding> Check(PromptRow row)
    {
        var hash = Hash(row);
        if (_first.TryAdd(hash, (row.File, row.Line)))
            return [];
        var (file, line) = _first[hash];
        return [RowFinding.Warning(
            "FT5148", row, $"The row is the same as {file}:{line}. Remove one of them; if rows are to count more than once, give their file a weight.")];
    }

    /// <summary>Tells if a held-out row is among the training rows.</summary>
    public IEnumerable<RowFinding> CheckTest(PromptRow row) =>
        _first.TryGetValue(Hash(row), out var found)
            ? [RowFinding.Warning(
                "FT5149", row, $"The held-out row is trained on too, in {found.File}:{found.Line}, so that part of what is measured is memory. Remove it from one of the two.")]
            : [];

    private static UInt128 Hash(PromptRow row) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(row.Prompt.Text)));
}
