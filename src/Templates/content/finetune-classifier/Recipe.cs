// Teaches a model to answer a message with its topic:  dotnet run

namespace MyFineTune;

[BaseModel(@"models/BASE_MODEL")]
public sealed class Base;

[Dataset("data/train.jsonl", Test = "data/test.jsonl")]
[Prompt("""
    Message: {Text}
    Topic:{Label|completion}
    """)]
public sealed record Message(string Text, string Label);

[Recipe<Base, Message>]
[Lora(Rank = 8, Alpha = 16)]
[Sft(LearningRate = 5e-4, Epochs = 10, TokensPerBatch = 2048)]
[Evaluate(Metric.RougeL, Metric.Perplexity, MaxNewTokens = 8)] // ROUGE-L of one word is 1 if it is the right one, else 0: the accuracy
public sealed partial class Topics;
