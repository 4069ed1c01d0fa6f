namespace FineTune.Alignment;

/// <summary>What the policy loss of an optimizer step came to.</summary>
internal sealed class PolicyStep
{
    private double _divergence;
    private int _clipped;

    /// <summary>The loss.</summary>
    public double Loss { get; set; }

    /// <summary>The tokens that it counts.</summary>
    public int Tokens { get; private set; }

    /// <summary>The mean divergence from the base model.</summary>
    public double Divergence => Tokens == 0 ? 0 : _divergence / Tokens;

    /// <summary>The share of tokens whose gain counts no more, as they have moved beyond the bound.</summary>
    public double ClippedShare => Tokens == 0 ? 0 : (double)_clipped / Tokens;

    /// <summary>Takes in a token.</summary>
    public void Add(TokenPolicyLoss token)
    {
        Tokens++;
        _divergence += token.Divergence;
        _clipped += token.Clipped ? 1 : 0;
    }
}
