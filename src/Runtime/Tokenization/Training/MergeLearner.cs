using System.Text;

namespace FineTune.Tokenization.Training;

/// <summary>
/// Learns byte-pair merges from word counts. The next merge is the pair with the highest count, among equal counts the one
/// with the smallest ids. Counts are kept up to date by looking only at the words that hold the merged pair.
/// </summary>
internal sealed class MergeLearner
{
    private readonly MergeLearnerOptions _options;
    private readonly List<string> _tokens = [];
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<(string Left, string Right)> _merges = [];
    private readonly HashSet<ulong> _merged = [];
    private readonly Dictionary<ulong, PairCount> _pairs = [];
    private readonly PriorityQueue<ulong, (long Count, ulong Pair)> _queue = new(Comparer<(long Count, ulong Pair)>.Create(
        (left, right) => left.Count != right.Count ? right.Count.CompareTo(left.Count) : left.Pair.CompareTo(right.Pair)));

    private readonly List<LearnedWord> _words = [];

    private MergeLearner(MergeLearnerOptions options) => _options = options;

    /// <summary>Learns from words and how often each occurs.</summary>
    public static LearnedMerges Learn(IReadOnlyCollection<KeyValuePair<string, long>> words, MergeLearnerOptions options)
    {
        var learner = new MergeLearner(options);
        learner.AddAlphabet(words);
        foreach (var (word, count) in words.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            learner.AddWord(word, count);
        learner.CountPairs();
        while (learner._tokens.Count < options.VocabularySize && learner.MergeBest())
        {
        }

        return new LearnedMerges(learner._tokens, learner._merges);
    }

    private void AddAlphabet(IReadOnlyCollection<KeyValuePair<string, long>> words)
    {
        foreach (var token in _options.SpecialTokens)
            Intern(token);

        var counts = new Dictionary<Rune, long>();
        foreach (var (word, count) in words)
        {
            foreach (var rune in word.EnumerateRunes())
                counts[rune] = counts.GetValueOrDefault(rune) + count;
        }

        foreach (var character in _options.InitialAlphabet)
            counts[Rune.GetRuneAt(character, 0)] = long.MaxValue;
        var kept = counts.AsEnumerable();
        if (_options.LimitAlphabet is { } limit && counts.Count > limit)
            kept = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(limit);
        foreach (var (rune, _) in kept.OrderBy(pair => pair.Key))
            Intern(rune.ToString());
    }

    private void AddWord(string word, long count)
    {
        var symbols = new List<int>(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var rune = Rune.GetRuneAt(word, i);
            var isFirst = i == 0;
            i += rune.Utf16SequenceLength;
            var character = rune.ToString();
            // A character outside a limited alphabet vanishes.
            if (!_ids.ContainsKey(character))
                continue;
            var prefix = isFirst ? null : _options.ContinuingSubwordPrefix;
            var suffix = i == word.Length ? _options.EndOfWordSuffix : null;
            symbols.Add(Intern(string.Concat(prefix, character, suffix)));
        }

        _words.Add(new LearnedWord([.. symbols], count));
    }

    private void CountPairs()
    {
        for (var index = 0; index < _words.Count; index++)
        {
            var symbols = _words[index].Symbols;
            for (var i = 0; i + 1 < symbols.Count; i++)
                Change(Key(symbols[i], symbols[i + 1]), _words[index].Count, index);
        }

        foreach (var (pair, count) in _pairs)
            _queue.Enqueue(pair, (count.Count, pair));
    }

    private bool MergeBest()
    {
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            var current = _pairs[pair];
            if (current.Count != priority.Count)
            {
                // The count changed since the pair was queued.
                if (current.Count > 0)
                    _queue.Enqueue(pair, (current.Count, pair));
                continue;
            }

            if (current.Count < 1 || current.Count < _options.MinimumFrequency)
                return false;
            Merge(pair, current);
            return true;
        }

        return false;
    }

    private void Merge(ulong pair, PairCount where)
    {
        var (left, right) = ((int)(pair >> 32), (int)(uint)pair);
        var second = _tokens[right];
        if (_options.ContinuingSubwordPrefix is { } prefix && second.StartsWith(prefix, StringComparison.Ordinal))
            second = second[prefix.Length..];
        var id = Intern(_tokens[left] + second);
        // Merged again, a pair keeps its place in the list.
        if (_merged.Add(pair))
            _merges.Add((_tokens[left], _tokens[right]));

        var changed = new HashSet<ulong>();
        var limit = _options.MaxTokenLength ?? int.MaxValue;
        // The lists are taken: the word indices of this pair are about to be used up.
        var words = where.Words;
        where.Words = [];
        var last = -1;
        words.Sort();
        foreach (var index in words)
        {
            if (index == last)
                continue;
            last = index;
            var word = _words[index];
            word.Merge(left, right, id, limit, (first, next, change) =>
            {
                var key = Key(first, next);
                Change(key, change * word.Count, index);
                if (change > 0)
                    changed.Add(key);
            });
        }

        foreach (var key in changed)
        {
            if (_pairs[key].Count > 0)
                _queue.Enqueue(key, (_pairs[key].Count, key));
        }
    }

    private void Change(ulong pair, long change, int word)
    {
        if (!_pairs.TryGetValue(pair, out var count))
            _pairs[pair] = count = new PairCount();
        count.Count += change;
        if (change > 0 && (count.Words.Count == 0 || count.Words[^1] != word))
            count.Words.Add(word);
    }

    private int Intern(string token)
    {
        if (_ids.TryGetValue(token, out var id))
            return id;
        _tokens.Add(token);
        return _ids[token] = _tokens.Count - 1;
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    /// <summary>How often a pair occurs, and the words that may hold it.</summary>
    private sealed class PairCount
    {
        public long Count { get; set; }

        public List<int> Words { get; set; } = [];
    }
}
