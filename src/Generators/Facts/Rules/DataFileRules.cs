using FineTune.Keys;

namespace FineTune.Facts.Rules;

/// <summary>Checks the data files of a recipe against each other.</summary>
internal static class DataFileRules
{
    public static IEnumerable<FactProblem> Check(DataFacts? train, DataFacts? test)
    {
        if (train is not null && test is not null && train.Name != test.Name && train.Bytes == test.Bytes && train.Bytes > 0 && train.Digest == test.Digest)
        {
            yield return new(
                DataKeys.Test, FactCodes.TestCopiesTrain,
                $"The files {KeyText.Quote(train.Name)} and {KeyText.Quote(test.Name)} are alike, so that the model would be tested on what it was trained on; hold other rows out.");
        }
    }
}
