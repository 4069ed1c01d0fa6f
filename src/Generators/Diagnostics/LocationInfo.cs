using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Diagnostics;

/// <summary>A place in a file, as an equatable value: a <see cref="Location"/> would keep a whole compilation alive.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo Create(string path, SourceText text, TextSpan span) => new(path, span, text.Lines.GetLinePositionSpan(span));

    public static LocationInfo? Create(Location location) =>
        location.SourceTree is { } tree ? new(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span) : null;

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
