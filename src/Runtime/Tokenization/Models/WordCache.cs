using System.Runtime.InteropServices;

namespace FineTune.Tokenization.Models;

/// <summary>
/// Tokens of words already seen. A direct-mapped table: a later word takes the place of an earlier one, so that it is
/// bounded, needs no lock (entries are immutable and published by one reference) and cannot be slowed down by collisions.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longer words are rare and cheap to tell apart by their tokens only.</summary>
    public const int LongestWord = 64;

    private readonly Entry?[] _entries = new Entry?[1 << 15];

    /// <summary>The tokens of a word; <see langword="null"/> if it is not here.</summary>
    public Token[]? Find(ReadOnlySpan<char> word)
    {
        var entry = Volatile.Read(ref _entries[Slot(word)]);
        return entry is not null && word.SequenceEqual(entry.Word) ? entry.Tokens : null;
    }

    public void Add(ReadOnlySpan<char> word, Token[] tokens)
    {
        if (word.Length <= LongestWord)
            Volatile.Write(ref _entries[Slot(word)], new Entry(word.ToString(), tokens));
    }

    private int Slot(ReadOnlySpan<char> word)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15UL;
        var hash = (ulong)word.Length;
        var quads = MemoryMarshal.Cast<char, ulong>(word);
        foreach (var quad in quads)
            hash = (ulong.RotateLeft(hash, 5) ^ quad) * Multiplier;
        foreach (var unit in word[(quads.Length * 4)..])
            hash = (ulong.RotateLeft(hash, 5) ^ unit) * Multiplier;
        return (int)(hash >> 32) & (_entries.Length - 1);
    }

    private sealed record Entry(string Word, Token[] Tokens);
}
