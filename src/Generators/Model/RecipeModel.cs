using FineTune.Keys;

namespace FineTune.Model;

// Everything in this folder is what an incremental generator compares to decide whether anything changed: records of
// primitives, strings, enumerations, such records and EquatableArrays, never symbols, syntax, locations or source texts.
// GeneratorTest walks every cached value to hold that.

/// <summary>A recipe without mistakes, the same from either surface.</summary>
/// <param name="Namespace">The namespace of its class; empty for the global one.</param>
/// <param name="Name">Its name, and its class's.</param>
/// <param name="Source">The YAML file's name, or <see langword="null"/> for a recipe in C#.</param>
/// <param name="Settings">The keys given, in the table's order.</param>
/// <param name="Row">What it reads.</param>
/// <param name="Prompt">What it renders by a prompt of its own.</param>
/// <param name="Shape">What it renders otherwise: rows of one of the field's shapes.</param>
internal sealed record RecipeModel(
    string Namespace,
    string Name,
    string? Source,
    EquatableArray<Setting> Settings,
    RowModel Row,
    EquatableArray<PromptPart> Prompt,
    ShapeModel? Shape = null)
{
    /// <summary>The class's name with its namespace.</summary>
    public string FullName => Namespace.Length == 0 ? Name : Namespace + "." + Name;
}
