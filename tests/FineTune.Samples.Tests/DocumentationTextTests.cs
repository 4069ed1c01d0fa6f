using System.Xml.Linq;
using DocsDataset.Documentation;
using DocsDataset.Metadata;

namespace FineTune.Samples.Tests;

/// <summary>Documentation elements as plain text.</summary>
public sealed class DocumentationTextTests(ReferencePackFixture packs)
{
    private static readonly ReferenceNames Names = new(
    [
        new ApiMember("T:System.String", ApiKind.Class, "System", "System.String", "String", ""),
        new ApiMember("T:System.Collections.Generic.Dictionary`2", ApiKind.Class, "", "", "Dictionary<TKey, TValue>", ""),
        new ApiMember("M:System.String.#ctor(System.Char[])", ApiKind.Constructor, "System", "System.String", "String.String", ""),
    ]);

    [Theory]
    [InlineData("""Returns a <see cref="T:System.String" />.""", "Returns a String.")]
    [InlineData("""A <see cref="T:System.Collections.Generic.Dictionary`2"/> of names.""", "A Dictionary<TKey, TValue> of names.")]
    [InlineData("""See <see cref="M:System.String.#ctor(System.Char[])"/>.""", "See String.")]
    [InlineData("""See <see cref="M:Unknown.Place.Type`1.Run(System.Int32)"/>.""", "See Type.Run.")]
    [InlineData("""See <see cref="T:Unknown.Place.Type`1"/>.""", "See Type.")]
    [InlineData("""See <see cref="F:System.Int32.MaxValue">Int32.MaxValue</see>.""", "See Int32.MaxValue.")]
    [InlineData("""<paramref name="x" /> is <see langword="null" />.""", "x is null.")]
    [InlineData("""An item of <typeparamref name="T" />.""", "An item of T.")]
    [InlineData("""Uses <c>a + b</c>.""", "Uses a + b.")]
    [InlineData("""<para>One.</para><para>Two.</para>""", "One. Two.")]
    [InlineData("One\n   and\t two.", "One and two.")]
    [InlineData("""See <see href="https://example.org"/>.""", "See https://example.org.")]
    [InlineData("""2<sup>31</sup>""", "2^31")]
    [InlineData("""<list type="bullet"><item><term>a</term><description>first</description></item></list>""", "a: first")]
    [InlineData("An ObjectSecurity`1 object.", "An ObjectSecurity object.")]
    public void Element_ReadsAsASentence(string content, string text) =>
        Assert.Equal(text, new DocumentationText(Names).Render(XElement.Parse($"<summary>{content}</summary>")));

    [Fact]
    public void RealMember_HasAllItsParts()
    {
        var documentation = packs["M:System.String.Join(System.String,System.String[])"].Documentation;

        Assert.Equal("Concatenates all the elements of a string array, using the specified separator between each element.", documentation.Summary);
        Assert.Equal(["separator", "value"], documentation.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(("ArgumentNullException", "value is null."), documentation.Exceptions[0]);
        Assert.StartsWith("A string that consists of the elements in value delimited by the separator string.", documentation.Returns, StringComparison.Ordinal);
    }
}
