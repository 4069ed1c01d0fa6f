using FineTune.Keys;
using FineTune.Recipes;

namespace FineTune.Tests.Recipes;

public sealed class RecipeBindingsTests
{
    private static readonly RecipeOptions Defaults = new()
    {
        Name = "Sample",
        Model = new() { Base = "models/base" },
        Data = new() { Train = "train.jsonl" },
        Adapter = new(),
    };

    [Fact]
    public void EveryKeyIsBoundOnceAndInOrder() =>
        Assert.Equal(KeyTable.All.Select(key => key.Path), RecipeBindings.All.Select(binding => binding.Key.Path));

    [Fact]
    public void EveryOptionHasAKey()
    {
        Type[] records = [typeof(ModelOptions), typeof(DataOptions), typeof(LoraOptions), typeof(TrainingOptions), typeof(GrpoOptions), typeof(EvaluationOptions)];
        var options = records.SelectMany(record => record.GetProperties()).Select(property => property.Name);
        var keys = KeyTable.All.Where(key => key.Section != RecipeKeys.Section && key != AdapterKeys.Kind).Select(key => key.CSharpName);
        Assert.Equal(keys.Order(StringComparer.Ordinal), options.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryDefaultOfTheTableIsTheOptions()
    {
        foreach (var binding in RecipeBindings.All.Where(binding => !binding.Key.Required && binding.Key != AdapterKeys.Kind))
            Assert.Equal((binding.Key.Path, binding.Key.Default), (binding.Key.Path, binding.Get(Defaults)));
        Assert.Equal(new KeyValue.Text("none"), RecipeBindings.All.Single(binding => binding.Key == AdapterKeys.Kind).Get(Defaults with { Adapter = null }));
    }

    [Fact]
    public void TheStepWithoutASizeIsDocumented() =>
        Assert.StartsWith($"{TrainingOptions.DefaultTokensPerBatch} ", TrainingKeys.TokensPerBatch.Absent, StringComparison.Ordinal);

    [Fact]
    public void EveryKeySetsWhatItReads()
    {
        foreach (var binding in RecipeBindings.All)
        {
            foreach (var value in Samples(binding.Key))
            {
                var changed = binding.Set(Defaults, value);
                Assert.Equal((binding.Key.Path, value), (binding.Key.Path, binding.Get(changed)!));
                var others = RecipeBindings.All.Where(other => other != binding && !(binding.Key == AdapterKeys.Kind && other.Key.Section == AdapterKeys.Section));
                foreach (var other in others)
                    Assert.Equal((other.Key.Path, other.Get(Defaults)), (other.Key.Path, other.Get(changed)));
            }
        }
    }

    [Fact]
    public void EveryChoiceIsAMemberOfItsEnumeration()
    {
        foreach (var key in KeyTable.All.Where(key => key.CSharpType is not null))
        {
            var type = typeof(RecipeOptions).Assembly.GetType($"{key.CSharpNamespace}.{key.CSharpType}", throwOnError: true)!;
            Assert.Equal(Enum.GetNames(type).Order(), key.Choices.Select(choice => choice.CSharpName).Order());
        }
    }

    private static IEnumerable<KeyValue> Samples(Key key) => key.Type switch
    {
        KeyType.Integer => [new KeyValue.Integer(7), new KeyValue.Integer(int.MaxValue)],
        KeyType.Number => [new KeyValue.Number(0.125)],
        KeyType.Boolean => [new KeyValue.Boolean(true), new KeyValue.Boolean(false)],
        KeyType.Choice => key.Choices.Select(choice => new KeyValue.Text(choice.Name)),
        KeyType.ChoiceList => [new KeyValue.List(new(key.Choices.Select(choice => choice.Name)))],
        KeyType.IntegerList => [new KeyValue.Integers(new([0, 3]))],
        KeyType.NumberMap => [new KeyValue.Map(new([new("q_proj", 8), new("mlp\\..*", 4)]))],
        KeyType.ModuleList or KeyType.NameList => [new KeyValue.List(new(["q_proj", "v_proj"]))],
        KeyType.Files => [new KeyValue.Text("some text"), new KeyValue.Files(new([new("a.jsonl", 0.5), new("b.jsonl")]))],
        _ => [new KeyValue.Text("some text")],
    };
}
