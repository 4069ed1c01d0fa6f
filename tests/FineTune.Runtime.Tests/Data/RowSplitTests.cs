using System.Text.Json;
using FineTune.Data;
using FineTune.Tests.Recipes;

namespace FineTune.Tests.Data;

public sealed class RowSplitTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");

    private string Path => System.IO.Path.Combine(_root.FullName, "rows.jsonl");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void AShare_IsHeldOut_AndNothingIsOnBothSides()
    {
        Write(Enumerable.Range(0, 1000));
        var (train, test) = Split(0.2);
        Assert.InRange(test.Count, 160, 240);
        Assert.Equal(Enumerable.Range(0, 1000), train.Concat(test).Order());
    }

    [Fact]
    public void MoreRows_MoveNoOther()
    {
        Write(Enumerable.Range(0, 1000));
        var (train, test) = Split(0.2);
        Write(Enumerable.Range(0, 2000).Reverse());
        var (moreTrain, moreTest) = Split(0.2);
        Assert.Equal(train.Order(), moreTrain.Where(row => row < 1000).Order());
        Assert.Equal(test.Order(), moreTest.Where(row => row < 1000).Order());
    }

    [Fact]
    public void TheSpellingOfARow_DoesNotMatter()
    {
        var plain = RowContent.Hash("""{"a":"é","b":[1,{"d":2,"c":null}]}"""u8.ToArray(), null);
        Assert.Equal(plain, RowContent.Hash("""{ "b" : [1, {"c":null, "d":2}], "a" : "\u00e9" }"""u8.ToArray(), null));
        Assert.NotEqual(plain, RowContent.Hash("""{"a":"é","b":[{"d":2,"c":null},1]}"""u8.ToArray(), null));
    }

    // The side of a row must not change with the version of this library.
    [Fact]
    public void TheHash_IsForEver() => Assert.Equal(0xC33898F76285CECCUL, RowContent.Hash("""{"question":"2+2","answer":"4"}"""u8.ToArray(), null));

    [Fact]
    public void ACount_HoldsOutSoMany()
    {
        Write(Enumerable.Range(0, 300));
        var (train, test) = Split(25);
        Assert.Equal((275, 25), (train.Count, test.Count));
    }

    [Fact]
    public void RowsWithTheSameValue_AreOnOneSide()
    {
        Write(Enumerable.Range(0, 400), group: row => $"group {row % 40}");
        var (train, test) = Split(0.3, "group");
        Assert.Empty(train.Select(row => row % 40).Intersect(test.Select(row => row % 40)));
        Assert.InRange(test.Count, 40, 200);

        Assert.InRange(Split(15, "group").Test.Count, 15, 24);
    }

    [Fact]
    public void ARowWithoutTheColumn_IsNamed()
    {
        File.WriteAllText(Path, """{"question":"a","answer":"b","group":"x"}""" + "\n" + """{"question":"a","answer":"b","group":null}""");
        var error = Assert.Throws<FineTuneException>(() => Split(0.5, "group"));
        Assert.Equal(("FT5128", Path + ":2"), (error.Code, error.Place));
    }

    [Fact]
    public void ASideWithoutRows_IsAnError()
    {
        Write(Enumerable.Range(0, 20), group: _ => "all");
        Assert.Equal("FT5129", Assert.Throws<FineTuneException>(() => Split(0.5, "group")).Code);
        Assert.Equal("FT5129", Assert.Throws<FineTuneException>(() => Split(20)).Code);
    }

    private void Write(IEnumerable<int> rows, Func<int, string>? group = null) => File.WriteAllLines(
        Path, rows.Select(row => JsonSerializer.Serialize(new { question = $"{row}", answer = "yes", group = group?.Invoke(row) })));

    private (List<int> Train, List<int> Test) Split(double size, string? column = null)
    {
        var pipeline = new QuestionPipeline();
        var rows = new RecipeRows(pipeline, pipeline.Options with { Data = new() { Train = Path, TestSize = size, SplitBy = column } });
        return (rows.Training(Path).Select(Number).ToList(), rows.Test().Select(Number).ToList());
    }

    private static int Number(ReadRow row) => int.Parse(row.Row!.Value.Prompt.Text.Split('\n')[0]["Q: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
}
