using DocsDataset.Documentation;
using DocsDataset.Metadata;
using DocsDataset.Output;

namespace FineTune.Samples.Tests;

/// <summary>Which members become rows, and on which side.</summary>
public sealed class RowTests(ReferencePackFixture packs)
{
    [Fact]
    public void RealPacks_GiveTensOfThousandsOfRows_AboutThreePercentHeldOut()
    {
        var rows = packs.Rows;

        Assert.InRange(rows.Train.Count, 45_000, 60_000);
        Assert.InRange(rows.Test.Count / (double)rows.Train.Count, 0.02, 0.04);
    }

    [Fact]
    public void NoTypeIsOnBothSides_NorAnyTestSummaryInTraining()
    {
        var rows = packs.Rows;

        Assert.Empty(rows.Train.Select(row => row.Family).Intersect(rows.Test.Select(row => row.Family)));
        Assert.Empty(rows.Train.Select(row => row.Summary).Intersect(rows.Test.Select(row => row.Summary)));
        Assert.Empty(rows.Train.Select(row => row.Signature).Intersect(rows.Test.Select(row => row.Signature)));
    }

    [Fact]
    public void NestedTypesAndArities_AreOneFamily()
    {
        string[] ids = ["T:System.Collections.Generic.List`1", "T:System.Collections.Generic.List`1.Enumerator", "P:System.Collections.Generic.List`1.Enumerator.Current"];
        Assert.All(ids, id => Assert.Equal("System.Collections.Generic.List", packs[id].Member.Family));
        Assert.Equal(packs["T:System.Func`1"].Member.Family, packs["T:System.Func`5"].Member.Family);
    }

    [Fact]
    public void ProseOfTestTypes_IsNotInTheTrainingText()
    {
        var rows = packs.Rows;
        var training = packs.Documents.Where(document => !TypeSplit.IsTest(document.Family))
            .SelectMany(document => document.Text.Split('\n')).ToHashSet();

        Assert.NotEmpty(training);
        Assert.DoesNotContain(rows.Test, row => training.Contains(row.Signature));
    }

    [Fact]
    public void RowsThatTeachNothing_AreDroppedAndCounted()
    {
        var rows = new ApiRows(
        [
            .. Enumerable.Range(0, ApiRows.MostSharers + 1).Select(i => Row($"N.T{i}", $"public T{i}.T{i}()", $"Initializes a new instance of the T{i} class.")),
            Row("N.A", "public void A.Clear()", "Removes every entry."),
            Row("N.A", "public void A.Clear(int count)", "Removes every entry."),
            Row("N.B", "public void B.Clear()", "Removes all entries of the table."),
            Row("M.B", "public void B.Clear()", "Removes all entries of the table."),
            Row("N.B", "public void B.None()", ""),
            Row("N.B", "public void B.Short()", "The action."),
            Row("N.B", "public void B.Long()", "This is long: " + new string('x', 300)),
            Row("System.Runtime.Intrinsics.X86.Avx", "public static int Avx.Add(int a, int b)", "int _mm_add (int a, int b)"),
        ]);

        Assert.Equal(["Removes all entries of the table.", "Removes every entry."], rows.Train.Concat(rows.Test).Select(row => row.Summary).Order());
        Assert.Equal([1, 1, 1, 1, ApiRows.MostSharers + 1, 1, 1, 0], rows.Dropped.Select(rule => rule.Members));
    }

    [Fact]
    public void AsManySharersAsAllowed_AreKept()
    {
        var rows = new ApiRows(
            [.. Enumerable.Range(0, ApiRows.MostSharers).Select(i => Row($"N.T{i}", $"public T{i}.T{i}()", $"Initializes a new instance of the T{i} class."))]);

        Assert.Equal(ApiRows.MostSharers, rows.Train.Count + rows.Test.Count);
    }

    private static DocumentedMember Row(string family, string signature, string summary) =>
        new(new ApiMember("M:" + signature, ApiKind.Method, "N", family, "", signature), new MemberDocumentation(summary, [], [], "", [], ""));
}
