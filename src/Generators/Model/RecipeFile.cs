using FineTune.Diagnostics;

namespace FineTune.Model;

/// <summary>A file or folder that a recipe names.</summary>
/// <param name="Key">The key that names it.</param>
/// <param name="Path">As named.</param>
/// <param name="Location">Where it is named. Beside the model, never in it: a line that moves must not re-emit a pipeline.</param>
internal sealed record RecipeFile(string Key, string Path, LocationInfo Location);
