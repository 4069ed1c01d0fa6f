namespace FineTune.Recipes;

/// <summary>The first values of an adapter's factors.</summary>
public enum LoraInitialization
{
    /// <summary>A uniform within ±1/√in, B 0; on an embedding A 0 and B normal (Hu et al. 2021, as PEFT has it).</summary>
    Default,

    /// <summary>A normal with the deviation 1/rank, B 0.</summary>
    Gaussian,

    /// <summary>Both factors from halves of an orthogonal basis, so that neither is 0 and their product is (an even rank is needed).</summary>
    Orthogonal,

    /// <summary>The largest singular values and vectors of the weight, which keeps the rest (PiSSA, Meng et al. 2024).</summary>
    Pissa,

    /// <summary>The first columns and rows of the weight's QR decomposition, which keeps the rest (OLoRA, Büyükakyüz 2024).</summary>
    Olora,
}
