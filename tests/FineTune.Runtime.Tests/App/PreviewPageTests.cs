using System.Text.RegularExpressions;
using FineTune.App;
using FineTune.App.Reports;
using FineTune.Tests.Recipes;

namespace FineTune.Tests.App;

public sealed class PreviewPageTests
{
    private static readonly string Page = PreviewPage.Write(
        new QuestionPipeline().Options,
        new RowPreviews(
            [
                new PreviewRow("a<b>.jsonl", 3, [new(7, "<script>alert(1)</script>\n", false), new(8, "", true), new(9, "é\u001b", true) { IsSpecial = true }])
                {
                    Messages = [new("user\" onload=\"x", 1), new("assistant", 3)],
                    Findings = [new("FT5148", false, "The <row> is \"there\" & again.", "a:3")],
                },
                new PreviewRow("b.jsonl", 1, []) { Findings = [new("FT5012", true, "No row.", "b:1")] },
            ],
            [3, 10, 10, 400],
            MaxLength: 256),
        test: false);

    [Fact]
    public void WhatIsInRows_IsEscaped()
    {
        Assert.DoesNotContain("<script>alert", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("onload=\"x", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<row>", Page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLegend_SaysWhatIsLearned()
    {
        var options = new QuestionPipeline().Options;
        Assert.Contains("the loss counts these", Page, StringComparison.Ordinal);
        var sampled = PreviewPage.Write(options with { Training = options.Training with { Method = FineTune.Recipes.TrainingMethod.Grpo } }, new RowPreviews([], [], MaxLength: 8), test: false);
        Assert.Contains("rewards judge it", sampled, StringComparison.Ordinal);
        Assert.DoesNotContain("the loss counts these", sampled, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingComesFromElsewhere()
    {
        Assert.DoesNotMatch("(?i)(src|href)=|url\\(|@import|https?:", Page);
        Assert.Contains("default-src 'none'", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_HaveTheirIdsAndKinds()
    {
        Assert.Contains("<i class=\"t n\" data-i=\"7\">", Page, StringComparison.Ordinal);
        Assert.Contains("<i class=\"t y\" data-i=\"8\"><u>·</u></i>", Page, StringComparison.Ordinal);
        Assert.Contains("<i class=\"t y s\" data-i=\"9\">&#233;␛</i>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_HaveTheirMessagesAndFindings()
    {
        Assert.Contains("<div class=\"message assistant\"><h3>assistant</h3><pre><i class=\"t y\" data-i=\"8\">", Page, StringComparison.Ordinal);
        Assert.Contains("<article class=\"row warning\">", Page, StringComparison.Ordinal);
        Assert.Contains("<article class=\"row error\">", Page, StringComparison.Ordinal);
        Assert.Contains("<b>FT5012</b> No row.", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_AreDrawn_WithTheLimit()
    {
        Assert.Single(Regex.Matches(Page, "<rect class=\"bar over\"[^>]* height=\"60\""));
        Assert.Contains("10 to 19 tokens: 2 rows", Page, StringComparison.Ordinal);
        Assert.Contains("256 tokens fit", Page, StringComparison.Ordinal);
    }
}
