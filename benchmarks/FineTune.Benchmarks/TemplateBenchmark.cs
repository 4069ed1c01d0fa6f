using System.Diagnostics;
using System.Globalization;
using FineTune.Prompts;

namespace FineTune.Benchmarks;

/// <summary>
/// Renderings a second of real chat templates on a conversation of 7 messages, compiled, interpreted and by hand. The ways take turns, so that a busy
/// machine slows all of them; the best of the rounds counts.
/// </summary>
internal static class TemplateBenchmark
{
    private const int Rounds = 15;

    private static readonly string[] Names =
    [
        "Qwen-Qwen2.5-7B-Instruct", "meta-llama-Llama-3.1-8B-Instruct", "deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "microsoft-Phi-3.5-mini-instruct",
        "mistralai-Mistral-Nemo-Instruct-2407",
    ];

    private static readonly ChatRenderOptions Options = new() { AddGenerationPrompt = true, Now = new DateTime(2026, 1, 31) };

    public static int Run(BenchmarkOptions options)
    {
        Console.WriteLine("template                                  characters  compiled/s  interpreted/s  by hand/s  compiled:interpreted  by hand:compiled  compiled KB each");
        foreach (var name in Names)
        {
            var path = Path.Combine(options.Assets, "templates", "jinja", name + ".jinja");
            if (!File.Exists(path))
            {
                Console.WriteLine($"{path} is not there.");
                return 1;
            }

            Measure(name, File.ReadAllText(path));
        }

        return 0;
    }

    private static void Measure(string name, string source)
    {
        var tokens = new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" };
        var interpreted = ChatTemplate.Parse(source).With(tokens);
        var compiled = TemplateCompilation.Compile(source).With(tokens);
        var hand = HandWrittenTemplates.For(name);
        var messages = Conversation(system: !name.Contains("Mistral", StringComparison.Ordinal));
        var text = compiled.Format(messages, Options);
        if (interpreted.Format(messages, Options) != text || (hand is not null && hand(messages) != text))
            throw new InvalidOperationException($"{name}: the ways do not agree.");

        Func<string>[] ways = [() => compiled.Format(messages, Options), () => interpreted.Format(messages, Options), () => hand?.Invoke(messages) ?? ""];
        var best = new double[ways.Length];
        for (var round = 0; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
                best[way] = Math.Max(best[way], Rate(ways[way]));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        ways[0]();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var byHand = hand is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{best[2]:F0}");
        var handRatio = hand is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{best[2] / best[0]:F1}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-42}{text.Length,10}{best[0],12:F0}{best[1],15:F0}{byHand,11}{best[0] / best[1],22:F1}{handRatio,18}{allocated / 1024.0,18:F1}"));
    }

    private static double Rate(Func<string> way)
    {
        var watch = Stopwatch.StartNew();
        var count = 0L;
        var length = 0L;
        while (watch.ElapsedMilliseconds < 60)
        {
            for (var i = 0; i < 50; i++)
                length += way().Length;
            count += 50;
        }

        GC.KeepAlive(length);
        return count / watch.Elapsed.TotalSeconds;
    }

    private static List<ChatMessage> Conversation(bool system)
    {
        var messages = new List<ChatMessage>();
        if (system)
            messages.Add(new("system", "You are a helpful assistant who answers questions about libraries."));
        for (var i = 0; i < 3; i++)
        {
            messages.Add(new("user", $"Question {i}: which of the two methods should one take here, and why is the other one slower than it looks?"));
            messages.Add(new("assistant", $"Answer {i}: take the first. The second allocates a list for every call, which shows when it is called in a loop over many rows."));
        }

        if (!system)
            messages.Add(new("user", "Thank you. Is there anything else that one should know about it before using it in production?"));
        return messages;
    }
}
