namespace FineTune.Generators.Tests;

/// <summary>Lists, mappings and patterns of an adapter, on both surfaces.</summary>
public sealed class AdapterKeyTests
{
    [Fact]
    public void InYaml() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        adapter:
          target_pattern: '.*\.(q|k_proj'
          exclude_modules: [o_proj, "", o_proj]
          layers_to_transform: [0, one, 1]
          rank_pattern: { q_proj: 8, v_proj: 2.5 }
          alpha_pattern: [v_proj]
          modules_to_save: []
          bias: lora
        """).Verify();

    [Fact]
    public void RangesAndNeeds() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        adapter:
          target_pattern: '.*q_proj'
          targets: [v_proj]
          exclude_pattern: "*"
          layers_to_transform: [0, -1]
          layers_pattern: layers
          rank_pattern: { "q_proj(": 8 }
          alpha_pattern: { q_proj: 0 }
          ensure_weight_tying: true
        """).Verify();

    [Fact]
    public void InCSharp() => GeneratorTest.Run(code: """
        using FineTune.Attributes;
        using FineTune.Recipes;
        namespace Samples;
        [BaseModel("models/tiny")]
        public sealed class Model;
        [Dataset("train.jsonl")]
        [Prompt("{A|completion}")]
        public sealed record Row(string A);
        [Recipe<Model, Row>]
        [Lora(
            TargetPattern = "(", ExcludeModules = "o_proj, o_proj", LayersToTransform = [1, 1], RankPattern = "q_proj: 8, v_proj",
            AlphaPattern = "q_proj=0", Bias = (LoraBiases)7, EnsureWeightTying = true)]
        [Sft]
        public sealed partial class Tiny;
        """).Verify();
}
