using System.Collections;
using System.Runtime.CompilerServices;
using FineTune.Keys;

namespace FineTune.Recipes;

/// <summary>The files of a recipe's training rows: one, or a mixture of several. Equal to another of equal files.</summary>
[CollectionBuilder(typeof(DataFiles), nameof(Create))]
public sealed class DataFiles : IReadOnlyList<DataFile>, IEquatable<DataFiles>
{
    private readonly DataFile[] _files;

    private DataFiles(DataFile[] files)
    {
        _files = files;
    }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public DataFile this[int index] => _files[index];

    /// <summary>One file.</summary>
    public static implicit operator DataFiles(string path) => new([path]);

    /// <summary>Several files, in order.</summary>
    public static DataFiles Create(ReadOnlySpan<DataFile> files) => new(files.ToArray());

    /// <inheritdoc/>
    public IEnumerator<DataFile> GetEnumerator() => ((IEnumerable<DataFile>)_files).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(DataFiles? other) => other is not null && _files.AsSpan().SequenceEqual(other._files);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataFiles);

    /// <inheritdoc/>
    public override int GetHashCode() => _files.Aggregate(_files.Length, HashCode.Combine);

    /// <summary>The files for a person to read, such as <c>a.jsonl, 0.5 × b.jsonl</c>.</summary>
    public override string ToString() =>
        string.Join(", ", _files.Select(file => file.Weight == 1 ? file.Path : $"{NumberText.Write(file.Weight)} × {file.Path}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
