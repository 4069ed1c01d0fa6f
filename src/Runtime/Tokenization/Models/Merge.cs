namespace FineTune.Tokenization.Models;

/// <param name="Rank">The place in the list of merges: the lowest is applied first.</param>
/// <param name="Id">The id of the merged token.</param>
internal readonly record struct Merge(int Rank, int Id)
{
    public static Merge None { get; } = new(int.MaxValue, -1);
}
