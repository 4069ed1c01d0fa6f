using System.Globalization;
using System.Net;
using System.Text;
using FineTune.App.Display;
using FineTune.Recipes;

namespace FineTune.App.Reports;

/// <summary>
/// Rows as a page for a browser: tokens with their ids, what is trained, who speaks, what is wrong, and how long rows are. One
/// file without anything from elsewhere; what is in rows is escaped.
/// </summary>
internal static class PreviewPage
{
    private static readonly string Style = Resource("PreviewPage.css");
    private static readonly string Script = Resource("PreviewPage.js");

    public static string Write(RecipeOptions options, RowPreviews previews, bool test)
    {
        var page = new StringBuilder();
        var source = test ? options.Data.TestName : options.Data.Train.ToString();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>{Text(options.Name)}: preview</title>
            <style>
            {Style}</style>
            </head>
            <body>
            <header>
            <h1>{Text(options.Name)}</h1>
            <p class="source">{Text(source)} <span>for</span> {Text(options.Model.Base)}</p>
            </header>

            """);
        WriteFigures(page, previews);
        LengthHistogram.Write(page, previews.Lengths, previews.MaxLength);
        page.Append(CultureInfo.InvariantCulture, $"""
            <nav>
            <span class="legend">{Legend(options)} <i class="t y s">special</i> of the tokenizer; a dotted line is the border of two tokens, and pointing at one shows its id</span>
            <label class="only"><input type="checkbox" id="only"> only rows with findings</label>
            </nav>
            <main>

            """);
        foreach (var row in previews.Rows)
            WriteRow(page, row);
        return page.Append("</main>\n<script>\n").Append(Script).Append("</script>\n</body>\n</html>\n").ToString();
    }

    private static string Legend(RecipeOptions options) => options.Training.Samples
        ? "<i class=\"t n\">prompt</i> the model writes what follows, and rewards judge it"
        : "<i class=\"t y\">trained</i> the loss counts these <i class=\"t n\">context</i> it does not";

    private static void WriteFigures(StringBuilder page, RowPreviews previews)
    {
        var lengths = previews.Lengths.Order().ToList();
        var shown = previews.Rows.Sum(row => row.Tokens.Count);
        var trained = previews.Rows.Sum(row => row.Tokens.Count(token => token.Trained));
        var findings = previews.Rows.Sum(row => row.Findings.Count);
        page.Append("<section class=\"figures\">\n");
        Figure(Quantity.Count(lengths.Count), previews.Rows.Count < lengths.Count ? $"rows, {Quantity.Count(previews.Rows.Count)} of them below" : "rows");
        Figure(Quantity.Short(lengths.Sum(length => (double)length)), "tokens");
        Figure(Quantity.Percent((double)trained / Math.Max(1, shown)), "of those below trained");
        Figure(lengths.Count == 0 ? "0" : Quantity.Count(lengths[lengths.Count / 2]), "tokens in the median row");
        Figure(lengths.Count == 0 ? "0" : Quantity.Count(lengths[^1]), $"in the longest; {Quantity.Count(previews.MaxLength)} fit");
        Figure(Quantity.Count(findings), "findings below", findings > 0 ? " class=\"bad\"" : "");
        page.Append("</section>\n");

        void Figure(string value, string what, string attributes = "") =>
            page.Append(CultureInfo.InvariantCulture, $"<div{attributes}><b>{Text(value)}</b> {Text(what)}</div>\n");
    }

    private static void WriteRow(StringBuilder page, PreviewRow row)
    {
        var trained = row.Tokens.Count(token => token.Trained);
        var kind = row.Findings.Any(finding => finding.IsError) ? " error" : row.Findings.Count > 0 ? " warning" : "";
        page.Append(CultureInfo.InvariantCulture, $"<article class=\"row{kind}\">\n<h2>{Text($"{row.File}:{row.Line}")} <span>{Quantity.Count(row.Tokens.Count)} tokens, {Quantity.Count(trained)} trained</span></h2>\n");
        foreach (var finding in row.Findings)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"finding {(finding.IsError ? "error" : "warning")}\"><b>{Text(finding.Code)}</b> {Text(finding.Message)}</p>\n");
        var first = 0;
        foreach (var message in row.Messages)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"message {RoleClass(message.Role)}\"><h3>{Text(message.Role)}</h3>");
            WriteTokens(page, row.Tokens, first, message.End);
            page.Append("</div>\n");
            first = message.End;
        }

        if (first < row.Tokens.Count)
            WriteTokens(page, row.Tokens, first, row.Tokens.Count);
        page.Append("</article>\n");
    }

    private static void WriteTokens(StringBuilder page, IReadOnlyList<PreviewToken> tokens, int first, int end)
    {
        page.Append("<pre>");
        for (var t = first; t < end; t++)
        {
            var token = tokens[t];
            page.Append(CultureInfo.InvariantCulture, $"<i class=\"t {(token.Trained ? "y" : "n")}{(token.IsSpecial ? " s" : "")}\" data-i=\"{token.Id}\">");
            // A token that ends within a character has no text of its own, but is a token all the same.
            page.Append(token.Text.Length == 0 ? "<u>·</u>" : Text(TerminalText.Visible(token.Text)).Replace("\n", "<u>↵</u>\n", StringComparison.Ordinal)).Append("</i>");
        }

        page.Append("</pre>\n");
    }

    private static string RoleClass(string role) => role is "system" or "user" or "assistant" or "tool" or "developer" ? role : "other";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = typeof(PreviewPage).Assembly.GetManifestResourceStream("FineTune." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
