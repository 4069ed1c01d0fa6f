namespace FineTune.Model;

/// <summary>How the messages of a column are written, where not as chat templates read them.</summary>
/// <param name="Role">The field of the role.</param>
/// <param name="Content">The field of the content.</param>
/// <param name="IsShareGpt">Whether roles are ShareGPT's, to be translated.</param>
internal sealed record MessageFields(string Role, string Content, bool IsShareGpt);
