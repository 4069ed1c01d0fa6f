using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>A diagnostic, as an equatable value.</summary>
/// <param name="Id">The descriptor's id.</param>
/// <param name="Message">The whole message.</param>
/// <param name="Location">The place, or <see langword="null"/> for the project.</param>
internal sealed record DiagnosticInfo(string Id, string Message, LocationInfo? Location)
{
    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptors.Get(Id), Location?.ToLocation() ?? Microsoft.CodeAnalysis.Location.None, Message);
}
