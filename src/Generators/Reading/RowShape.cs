using FineTune.Model;

namespace FineTune.Reading;

/// <summary>What a row type offers.</summary>
/// <param name="Columns">What is read.</param>
/// <param name="Fields">What a prompt can use: properties of readable types, computed ones included.</param>
internal sealed record RowShape(IReadOnlyList<ColumnModel> Columns, IReadOnlyDictionary<string, ValueModel> Fields);
