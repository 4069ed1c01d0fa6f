using System.Globalization;

namespace FineTune.Evaluation.Metrics;

/// <summary>How BLEU is computed, named and preset as in sacrebleu.</summary>
internal sealed record BleuOptions
{
    public bool Lowercase { get; init; }

    public string Tokenize { get; init; } = "13a";

    /// <summary><c>exp</c>, <c>floor</c>, <c>add-k</c> or <c>none</c>: what stands for orders without a match.</summary>
    public string Smoothing { get; init; } = "exp";

    /// <summary>The value of <c>floor</c> (0.1 if not given) and <c>add-k</c> (1).</summary>
    public double? SmoothingValue { get; init; }

    public int MaxOrder { get; init; } = 4;

    /// <summary>Whether orders beyond the length of the text are left out, as single sentences need it.</summary>
    public bool EffectiveOrder { get; init; }

    /// <summary>The value in use.</summary>
    public double Value => SmoothingValue ?? (Smoothing == "floor" ? 0.1 : 1);

    /// <summary>The settings in sacrebleu's form, which belongs beside every score.</summary>
    public string Signature(int references)
    {
        var value = Smoothing is "floor" or "add-k" ? string.Create(CultureInfo.InvariantCulture, $"[{Value:F2}]") : "";
        return $"nrefs:{references}|case:{(Lowercase ? "lc" : "mixed")}|eff:{(EffectiveOrder ? "yes" : "no")}|tok:{Tokenize}"
            + $"|smooth:{Smoothing}{value}|version:{Bleu.Version}";
    }
}
