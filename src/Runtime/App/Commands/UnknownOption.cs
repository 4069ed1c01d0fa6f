using System.CommandLine;

namespace FineTune.App.Commands;

/// <summary>The parser takes an option that it does not know for an argument: a mistyped option would become a recipe or a prompt.</summary>
internal static class UnknownOption
{
    public static void Reject(Argument argument) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            result.AddError($"There is no option '{token.Value.Split('=')[0]}'.");
    });
}
