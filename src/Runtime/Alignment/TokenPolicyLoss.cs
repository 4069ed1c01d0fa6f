namespace FineTune.Alignment;

/// <summary>The loss of a token of a sampled completion.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Derivative">Its derivative by the token's log-probability.</param>
/// <param name="Divergence">How far the model is from the base model there.</param>
/// <param name="Clipped">Whether the token's probability has moved beyond the bound, so that its gain counts no more.</param>
internal readonly record struct TokenPolicyLoss(double Loss, double Derivative, double Divergence, bool Clipped);
