using FineTune.Keys;

namespace FineTune.Model;

/// <summary>How a row of one of the field's shapes becomes a prompt.</summary>
/// <param name="Type">The shape, as <c>data.type</c> names it.</param>
/// <param name="Properties">The row's properties by the columns of the shape; optional ones may be missing.</param>
internal sealed record ShapeModel(string Type, EquatableArray<ShapeProperty> Properties);
