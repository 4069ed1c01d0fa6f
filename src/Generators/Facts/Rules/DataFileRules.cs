using FineTune.Keys;

namespace FineTune.Facts.Rules;

/// <summary>Checks the data files of a recipe against each other.</summary>
internal static class DataFileRules
{
    public static IEnumerable<FactProblem> Check(IReadOnlyList<DataFacts> trainFiles, IReadOnlyList<DataFacts> testFiles) =>
        from test in testFiles
        from train in trainFiles
        where train.Name != test.Name && train.Bytes == test.Bytes && train.Bytes > 0 && train.Digest == test.Digest
        select new FactProblem(
            DataKeys.Test, FactCodes.TestCopiesTrain,
            $"The files {KeyText.Quote(train.Name)} and {KeyText.Quote(test.Name)} are alike, so that the model would be tested on what it was trained on; hold other rows out.");
}
