using System.Globalization;

namespace FineTune.Build.Tasks;

/// <summary>A place as the runtime tells it: a file, or <c>file:line</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1; 0 where unknown.</param>
internal readonly record struct MessagePlace(string File, int Line)
{
    /// <summary>Takes a place apart; a Windows path has a colon of its own.</summary>
    public static MessagePlace Parse(string place)
    {
        int colon = place.LastIndexOf(':');
        return colon > 0 && int.TryParse(place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int line)
            ? new(place[..colon], line)
            : new(place, 0);
    }
}
