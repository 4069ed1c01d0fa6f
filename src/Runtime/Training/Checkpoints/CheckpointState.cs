namespace FineTune.Training.Checkpoints;

/// <summary>What a checkpoint says of itself in <c>state.json</c>.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="TrainedTokens">Tokens that counted in the loss in those steps.</param>
/// <param name="Loss">The loss of the last of them.</param>
/// <param name="Run">The hash of recipe, base model and data: a checkpoint belongs to one run.</param>
/// <param name="ProductType">The type of the products: a resumed run goes on in it.</param>
/// <param name="Best">The evaluations so far.</param>
internal sealed record CheckpointState(int Step, long TrainedTokens, double Loss, string Run, string ProductType, BestEvaluation Best);
