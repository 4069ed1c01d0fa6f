namespace FineTune.Samples.Tests;

/// <summary>The pretraining text of real types.</summary>
public sealed class ProseDocumentTests(ReferencePackFixture packs)
{
    [Fact]
    public void Type_ReadsAsAPageOfAManual()
    {
        var text = packs.Documents.Single(document => document.Family == "System.ParamArrayAttribute").Text;

        Assert.Equal(
            """
            ParamArrayAttribute class
            Indicates that a method will allow a variable number of arguments in its invocation. This class cannot be inherited.
            public sealed class System.ParamArrayAttribute : Attribute

            ParamArrayAttribute.ParamArrayAttribute constructor
            Initializes a new instance of the ParamArrayAttribute class with default properties.
            public ParamArrayAttribute.ParamArrayAttribute()

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void HalfOfTheTypes_HaveTheDeclarationFirst()
    {
        var documents = packs.Documents;
        var declarationFirst = documents.Count(document => document.Text.StartsWith("public ", StringComparison.Ordinal));
        Assert.InRange(declarationFirst / (double)documents.Count, 0.45, 0.55);
    }

    [Fact]
    public void Overloads_DoNotRepeatTheirParameters()
    {
        var text = packs.Documents.Single(document => document.Family == "System.String").Text;
        var parameters = text.Split('\n').Where(line => line.StartsWith("comparisonType: ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(parameters);
        Assert.Equal(parameters.Distinct(), parameters);
    }
}
