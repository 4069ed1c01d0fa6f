namespace FineTune.Models;

/// <summary>
/// The rotary embedding's frequencies: plain (Su et al. 2021), or stretched to longer contexts in the ways of Hugging Face's
/// <c>rope_scaling</c> / <c>rope_parameters</c>.
/// </summary>
internal sealed record RopeConfig
{
    /// <summary><c>default</c>, <c>linear</c>, <c>dynamic</c>, <c>llama3</c> or <c>yarn</c>.</summary>
    public required string Type { get; init; }

    public required double Theta { get; init; }

    /// <summary>The rotated elements of a head.</summary>
    public required int Size { get; init; }

    /// <summary>The context that the model was trained with.</summary>
    public required double OriginalPositions { get; init; }

    public double Factor { get; init; } = 1;

    public double LowFrequencyFactor { get; init; } = 1;

    public double HighFrequencyFactor { get; init; } = 4;

    public double BetaFast { get; init; } = 32;

    public double BetaSlow { get; init; } = 1;

    public bool Truncate { get; init; } = true;

    /// <summary>Multiplies cosine and sine.</summary>
    public double AttentionFactor { get; init; } = 1;

    /// <summary>Reads either style: <c>rope_theta</c> and <c>rope_scaling</c>, or <c>rope_parameters</c>.</summary>
    public static RopeConfig Read(JsonSettings json, int headSize, int maxPositions)
    {
        var section = json.Section("rope_parameters") ?? json.Section("rope_scaling");
        var theta = section?.Has("rope_theta") == true ? section.Number("rope_theta") : json.Number("rope_theta", 10000);
        var type = section is null ? "default" : section.String("rope_type", section.String("type", "default"));
        var plain = new RopeConfig { Type = type, Theta = theta, Size = headSize, OriginalPositions = maxPositions };
        if (type == "default")
            return plain;
        if (type is not ("linear" or "dynamic" or "llama3" or "yarn"))
            throw new FineTuneException("FT5112", $"The rotary embedding '{type}' is not supported. Supported: default, linear, dynamic, llama3, yarn.", json.Path);
        var factor = section!.Number("factor");
        var scaled = plain with { Factor = factor, OriginalPositions = section.Number("original_max_position_embeddings", maxPositions) };
        return type switch
        {
            "llama3" => scaled with { LowFrequencyFactor = section.Number("low_freq_factor"), HighFrequencyFactor = section.Number("high_freq_factor") },
            "yarn" => scaled with
            {
                BetaFast = section.Number("beta_fast", 32),
                BetaSlow = section.Number("beta_slow", 1),
                Truncate = section.Boolean("truncate", true),
                AttentionFactor = section.Has("attention_factor") ? section.Number("attention_factor") : YarnAttentionFactor(section, factor),
            },
            // The dynamic kind stretches what is beyond the configured context.
            "dynamic" => scaled with { OriginalPositions = maxPositions },
            _ => scaled,
        };
    }

    /// <summary>The angle that each pair of elements turns by from one position to the next.</summary>
    /// <param name="longest">Positions in use: the dynamic kind depends on it.</param>
    /// <returns>[Size / 2] frequencies.</returns>
    public double[] Frequencies(int longest) => Type switch
    {
        "linear" => [.. Plain(Theta).Select(f => f / Factor)],
        "dynamic" when longest > OriginalPositions =>
            Plain(Theta * Math.Pow((Factor * longest / OriginalPositions) - (Factor - 1), Size / (Size - 2.0))),
        "llama3" => [.. Plain(Theta).Select(Llama3)],
        "yarn" => Yarn(),
        _ => Plain(Theta),
    };

    private double[] Plain(double theta) => [.. Enumerable.Range(0, Size / 2).Select(i => 1 / Math.Pow(theta, 2.0 * i / Size))];

    private double Llama3(double frequency)
    {
        var wavelength = 2 * Math.PI / frequency;
        if (wavelength < OriginalPositions / HighFrequencyFactor)
            return frequency;
        if (wavelength > OriginalPositions / LowFrequencyFactor)
            return frequency / Factor;
        var smooth = (OriginalPositions / wavelength - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return (1 - smooth) * frequency / Factor + smooth * frequency;
    }

    // Peng et al. 2023: fast pairs stay, slow ones are interpolated, with a ramp between.
    private double[] Yarn()
    {
        double Dimension(double rotations) => Size * Math.Log(OriginalPositions / (rotations * 2 * Math.PI)) / (2 * Math.Log(Theta));
        var (low, high) = (Dimension(BetaFast), Dimension(BetaSlow));
        if (Truncate)
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, Size - 1));
        if (low == high)
            high += 0.001;
        return
        [
            .. Plain(Theta).Select((frequency, i) =>
            {
                var ramp = Math.Clamp((i - low) / (high - low), 0, 1);
                return frequency * (1 - ramp) + frequency / Factor * ramp;
            }),
        ];
    }

    private static double YarnAttentionFactor(JsonSettings section, double factor)
    {
        double Scale(double m) => factor <= 1 ? 1 : 0.1 * m * Math.Log(factor) + 1;
        return section.Has("mscale") && section.Has("mscale_all_dim")
            ? Scale(section.Number("mscale")) / Scale(section.Number("mscale_all_dim"))
            : Scale(1);
    }
}
