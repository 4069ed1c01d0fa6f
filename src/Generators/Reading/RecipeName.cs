using FineTune.Diagnostics;

namespace FineTune.Reading;

/// <summary>A recipe's name and where it is given.</summary>
/// <param name="Name">The name.</param>
/// <param name="FullName">The name of its class with the namespace.</param>
/// <param name="Location">Where it is given.</param>
internal sealed record RecipeName(string Name, string FullName, LocationInfo? Location);
