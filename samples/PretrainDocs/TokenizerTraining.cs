using System.Text;
using System.Text.Json;
using FineTune.Tokenization.Training;

namespace PretrainDocs;

/// <summary>Trains the model's own byte-level BPE tokenizer. The same text gives the same tokenizer.</summary>
internal static class TokenizerTraining
{
    private const string EndOfText = "<|endoftext|>";

    public static int Run(string textFile, string modelFolder)
    {
        var texts = File.ReadLines(textFile).Select(ReadText).ToList();
        var trainer = new BytePairTrainer(new BytePairTrainerOptions
        {
            VocabularySize = 4096,
            SpecialTokens = [EndOfText],
            // It ends every document, and nothing begins one.
            EosToken = EndOfText,
            BosToken = EndOfText,
            PadToken = EndOfText,
            // Splits ReadOnlySpan into Read, Only and Span, which 4,096 tokens can hold; they could not hold all such names.
            SplitPattern = SplitPattern.O200k,
            ModelMaxLength = 512,
        });
        texts.ForEach(trainer.Add);
        var tokenizer = trainer.Train();
        tokenizer.Save(modelFolder);

        var bytes = texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
        var tokens = texts.Sum(text => (long)tokenizer.Encode(text).Length);
        Console.WriteLine($"{tokenizer.VocabularySize:N0} tokens. The text has {bytes:N0} bytes and {tokens:N0} tokens: {bytes / (double)tokens:F2} bytes a token.");
        return 0;
    }

    private static string ReadText(string line)
    {
        using var row = JsonDocument.Parse(line);
        return row.RootElement.GetProperty("text").GetString()!;
    }
}
