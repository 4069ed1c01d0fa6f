namespace FineTune.App.Display;

/// <summary>A bar of the given width, as Spectre's markup.</summary>
internal static class ProgressBar
{
    public static string Markup(double share, int width, bool unicode)
    {
        // Halves of a cell make a short bar move visibly.
        var halves = (int)Math.Round(Math.Clamp(share, 0, 1) * width * 2);
        if (!unicode)
            return $"[blue]{new string('#', halves / 2)}[/][grey]{new string('-', width - halves / 2)}[/]";
        var (full, half) = (halves / 2, halves % 2);
        return $"[blue]{new string('━', full)}{(half == 1 ? "╸" : "")}[/][grey]{new string('━', width - full - half)}[/]";
    }
}
