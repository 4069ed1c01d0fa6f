namespace FineTune.Evaluation.Metrics;

/// <summary>How chrF is computed, named and preset as in sacrebleu.</summary>
internal sealed record ChrFOptions
{
    public int CharacterOrder { get; init; } = 6;

    /// <summary>2 is chrF++.</summary>
    public int WordOrder { get; init; }

    /// <summary>How often recall counts as much as precision.</summary>
    public int Beta { get; init; } = 2;

    public bool Lowercase { get; init; }

    /// <summary>Whether white space counts as characters.</summary>
    public bool Whitespace { get; init; }

    /// <summary>Whether orders without a match count a little, as in Moses, instead of being left out where there is none to count.</summary>
    public bool EpsilonSmoothing { get; init; }

    public string Name => $"chrF{Beta}{new string('+', WordOrder)}";

    /// <summary>The settings in sacrebleu's form, which belongs beside every score.</summary>
    public string Signature(int references) =>
        $"nrefs:{references}|case:{(Lowercase ? "lc" : "mixed")}|eff:{(EpsilonSmoothing ? "no" : "yes")}|nc:{CharacterOrder}|nw:{WordOrder}"
        + $"|space:{(Whitespace ? "yes" : "no")}|version:{Bleu.Version}";
}
