namespace FineTune.Evaluation.Metrics;

/// <summary>Strengths of models from games between them: 1 is a win of the first, 0 of the second, 0.5 a draw.</summary>
internal static class Ratings
{
    private const double Start = 1000;
    private const double Scale = 400;

    /// <summary>Elo's ratings: all start at 1000, games count in order.</summary>
    public static Dictionary<string, double> Elo(
        IReadOnlyList<string> models, IEnumerable<(string First, string Second, double Result)> games, double factor)
    {
        var ratings = models.ToDictionary(model => model, _ => Start);
        foreach (var (first, second, result) in games)
        {
            var change = factor * (result - 1 / (1 + Math.Pow(10, (ratings[second] - ratings[first]) / Scale)));
            ratings[first] += change;
            ratings[second] -= change;
        }

        return ratings;
    }

    /// <summary>
    /// The strengths θ with mean 0 that make the results most likely, where the first wins with probability σ(θ1 − θ2)
    /// (Bradley and Terry 1952), by Hunter's iteration (2004). A draw is half a win of each.
    /// </summary>
    public static Dictionary<string, double> BradleyTerry(
        IReadOnlyList<string> models, IReadOnlyList<(string First, string Second, double Result)> games)
    {
        const int MostIterations = 100_000;
        var strengths = models.ToDictionary(model => model, _ => 1.0);
        var wins = models.ToDictionary(
            model => model,
            model => games.Sum(game => game.First == model ? game.Result : game.Second == model ? 1 - game.Result : 0));
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var next = models.ToDictionary(
                model => model,
                model => wins[model] / games.Where(game => game.First == model || game.Second == model)
                    .Sum(game => 1 / (strengths[game.First] + strengths[game.Second])));
            var mean = Math.Exp(next.Values.Average(Math.Log));
            next = next.ToDictionary(pair => pair.Key, pair => pair.Value / mean);
            var isDone = models.All(model => Math.Abs(next[model] - strengths[model]) <= 1e-14 * strengths[model]);
            strengths = next;
            if (isDone)
                break;
        }

        return strengths.ToDictionary(pair => pair.Key, pair => Math.Log(pair.Value));
    }

    /// <summary>A strength on Elo's scale.</summary>
    public static double ToElo(double theta) => Start + Scale / Math.Log(10) * theta;

    /// <summary>The log-likelihood of results under strengths.</summary>
    public static double LogLikelihood(IReadOnlyDictionary<string, double> thetas, IEnumerable<(string First, string Second, double Result)> games) =>
        games.Sum(game =>
        {
            var difference = thetas[game.First] - thetas[game.Second];
            return -game.Result * Math.Log(1 + Math.Exp(-difference)) - (1 - game.Result) * Math.Log(1 + Math.Exp(difference));
        });
}
