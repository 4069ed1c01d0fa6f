using FineTune.App;
using FineTune.Tests.Training;

namespace FineTune.Tests.App;

public sealed class RowPreviewTests
{
    [Fact]
    public void TheTokens_AreTheRowsText_AndTheMaskIsTheCompletions()
    {
        using var project = new TinyProject(3);
        project.WriteRows([("red", " naïve 日本"), ("blue", " two")]);

        var rows = RowPreview.Read(project.Pipeline, project.Options, new(Test: false, 1)).Rows;

        var row = Assert.Single(rows);
        Assert.Equal(1, row.Line);
        Assert.Equal("Q: red A: naïve 日本<|end|>", string.Concat(row.Tokens.Select(token => token.Text)));
        Assert.Equal(" naïve 日本<|end|>", string.Concat(row.Tokens.Where(token => token.Trained).Select(token => token.Text)));
        Assert.Contains(row.Tokens, token => token.Text.Length == 0); // a byte within a character
    }
}
