namespace FineTune.Samples.Tests;

/// <summary>Declarations of real members, as IntelliSense shows them.</summary>
public sealed class SignatureTests(ReferencePackFixture packs)
{
    [Theory]
    // Types.
    [InlineData("T:System.String", "public sealed class System.String")]
    [InlineData("T:System.IO.FileStream", "public class System.IO.FileStream : Stream")]
    [InlineData("T:System.Math", "public static class System.Math")]
    [InlineData("T:System.IO.Stream", "public abstract class System.IO.Stream : MarshalByRefObject")]
    [InlineData("T:System.DateTime", "public readonly struct System.DateTime")]
    [InlineData("T:System.Span`1", "public readonly ref struct System.Span<T>")]
    [InlineData("T:System.Enum", "public abstract class System.Enum")]
    [InlineData("T:System.DayOfWeek", "public enum System.DayOfWeek")]
    [InlineData("T:System.Collections.Generic.IReadOnlyDictionary`2", "public interface System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>")]
    [InlineData("T:System.Collections.Generic.Dictionary`2.Enumerator", "public struct System.Collections.Generic.Dictionary<TKey, TValue>.Enumerator")]
    [InlineData("T:System.Func`2", "public delegate TResult System.Func<in T, out TResult>(T arg)")]
    // Constructors and finalizers.
    [InlineData("M:System.String.#ctor(System.Char,System.Int32)", "public String.String(char c, int count)")]
    [InlineData("M:System.Collections.Generic.List`1.#ctor(System.Int32)", "public List<T>.List(int capacity)")]
    [InlineData("M:System.Object.Finalize", "Object.~Object()")]
    // Methods: params, ref, in, out, this, defaults, arrays, pointers, tuples, nullables, nested and generic types.
    [InlineData("M:System.String.Join(System.String,System.String[])", "public static string String.Join(string separator, params string[] value)")]
    [InlineData("M:System.Int32.TryParse(System.String,System.Int32@)", "public static bool Int32.TryParse(string s, out int result)")]
    [InlineData("M:System.Threading.Interlocked.Increment(System.Int32@)", "public static int Interlocked.Increment(ref int location)")]
    [InlineData("M:System.Runtime.CompilerServices.Unsafe.ReadUnaligned``1(System.Byte@)", "public static T Unsafe.ReadUnaligned<T>(ref readonly byte source)")]
    [InlineData("M:System.String.GetPinnableReference", "public ref readonly char String.GetPinnableReference()")]
    [InlineData("M:System.Linq.Enumerable.Select``2(System.Collections.Generic.IEnumerable{``0},System.Func{``0,``1})",
        "public static IEnumerable<TResult> Enumerable.Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)")]
    [InlineData("M:System.String.Split(System.Char,System.StringSplitOptions)",
        "public string[] String.Split(char separator, StringSplitOptions options = StringSplitOptions.None)")]
    [InlineData("M:System.IO.File.ReadAllTextAsync(System.String,System.Threading.CancellationToken)",
        "public static Task<string> File.ReadAllTextAsync(string path, CancellationToken cancellationToken = default)")]
    [InlineData("M:System.Math.DivRem(System.Int32,System.Int32)", "public static (int, int) Math.DivRem(int left, int right)")]
    [InlineData("M:System.Threading.Monitor.Exit(System.Object)", "public static void Monitor.Exit(object obj)")]
    [InlineData("M:System.Decimal.GetBits(System.Decimal)", "public static int[] Decimal.GetBits(decimal d)")]
    [InlineData("M:System.IO.Stream.Read(System.Byte[],System.Int32,System.Int32)", "public abstract int Stream.Read(byte[] buffer, int offset, int count)")]
    [InlineData("M:System.IO.FileStream.Flush", "public override void FileStream.Flush()")]
    [InlineData("M:System.IO.Stream.Close", "public virtual void Stream.Close()")]
    [InlineData("M:System.Collections.Generic.List`1.Add(`0)", "public void List<T>.Add(T item)")]
    [InlineData("M:System.IDisposable.Dispose", "void IDisposable.Dispose()")]
    [InlineData("M:System.Numerics.INumberBase`1.Abs(`0)", "static abstract TSelf INumberBase<TSelf>.Abs(TSelf value)")]
    [InlineData("M:System.Object.MemberwiseClone", "protected object Object.MemberwiseClone()")]
    // Operators.
    [InlineData("M:System.DateTime.op_Addition(System.DateTime,System.TimeSpan)", "public static DateTime DateTime.operator +(DateTime d, TimeSpan t)")]
    [InlineData("M:System.Decimal.op_Explicit(System.Decimal)~System.Int32", "public static explicit Decimal.operator int(decimal value)")]
    [InlineData("M:System.Half.op_CheckedExplicit(System.Half)~System.Byte", "public static explicit Half.operator checked byte(Half value)")]
    // Properties, indexers, events, fields.
    [InlineData("P:System.String.Length", "public int String.Length { get; }")]
    [InlineData("P:System.String.Chars(System.Int32)", "public char String.this[int index] { get; }")]
    [InlineData("P:System.Collections.Generic.Dictionary`2.Item(`0)", "public TValue Dictionary<TKey, TValue>.this[TKey key] { get; set; }")]
    [InlineData("P:System.Threading.Tasks.ParallelOptions.MaxDegreeOfParallelism", "public int ParallelOptions.MaxDegreeOfParallelism { get; set; }")]
    [InlineData("P:System.Exception.HResult", "public int Exception.HResult { get; set; }")]
    [InlineData("P:System.IO.EnumerationOptions.MatchType", "public MatchType EnumerationOptions.MatchType { get; set; }")]
    [InlineData("P:System.Formats.Asn1.AsnReaderOptions.UtcTimeTwoDigitYearMax", "public int AsnReaderOptions.UtcTimeTwoDigitYearMax { get; set; }")]
    [InlineData("P:System.Collections.ObjectModel.Collection`1.Items", "protected IList<T> Collection<T>.Items { get; }")]
    [InlineData("E:System.AppDomain.UnhandledException", "public event UnhandledExceptionEventHandler AppDomain.UnhandledException")]
    [InlineData("F:System.DayOfWeek.Friday", "DayOfWeek.Friday = 5")]
    [InlineData("F:System.Int32.MaxValue", "public const int Int32.MaxValue = 2147483647")]
    [InlineData("F:System.String.Empty", "public static readonly string String.Empty")]
    public void Declaration_ReadsAsIntelliSenseShowsIt(string id, string signature) => Assert.Equal(signature, packs[id].Member.Signature);
}
