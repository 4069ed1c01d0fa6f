using static FineTune.Foreign.ForeignStanding;
using static FineTune.Foreign.ForeignTools;

namespace FineTune.Foreign;

/// <summary>Settings of other tools about adapters.</summary>
internal static class ForeignAdapterKeys
{
    private const string LoraOnly = "LoRA is the one kind of adapter; write 'kind: lora' in 'adapter'";

    public static readonly ForeignKey[] All =
    [
        new(Axolotl, "lora_target_linear", Said, "write 'targets: all-linear' in 'adapter', which is the default") { Value = "true" },
        new(Axolotl, "lora_target_linear", Said, "name the modules by 'targets' in 'adapter'"),
        new(Trl, "use_peft", Said, "write 'kind: lora' in 'adapter'") { Value = "true" },
        new(Trl, "use_peft", Said, "write 'kind: none' in 'adapter', or leave that section out"),
        new(Torchtune, "apply_lora_to_mlp", Said, "name gate_proj, up_proj and down_proj by 'targets' in 'adapter'") { Value = "true" },
        new(Torchtune, "apply_lora_to_output", Said, "name lm_head by 'targets' in 'adapter'") { Value = "true" },
        new(Torchtune, "apply_lora_to_mlp apply_lora_to_output", Said, "name the modules by 'targets' in 'adapter'"),
        new(LitGpt, "lora_query lora_key lora_value lora_projection lora_mlp lora_head", Said, "name the modules by 'targets' in 'adapter'"),

        new(Peft | Trl, "task_type lora_task_type auto_mapping inference_mode peft_version base_model_name_or_path runtime_config ephemeral_gpu_offload megatron_core megatron_config", Unneeded, "it is written into the finished adapter by itself"),
        new(Axolotl | Peft, "fan_in_fan_out lora_fan_in_fan_out", Unneeded, "how a layer stores its weights is known from the model"),
        new(Axolotl | Peft, "autocast_adapter_dtype peft_autocast_adapter_dtype", Unneeded, "adapters are trained in 32 bits"),
        new(Axolotl | LlamaFactory, "lora_mlp_kernel lora_qkv_kernel lora_o_kernel lora_embedding_kernel unsloth_* use_unsloth*", Unneeded, "fused operations are used by themselves"),
        new(Axolotl | LlamaFactory | Peft, "lora_model_dir adapter_name_or_path adapter_folder create_new_adapter resume_lora_training adapters", Missing, "a run begins with a new adapter; merge the older one into the base model first"),
        new(Axolotl, "merge_lora merge_method", Elsewhere, "'dotnet run -- merge' merges a trained adapter"),
        new(Peft | Axolotl | Trl, "target_parameters lora_target_parameters", Missing, "adapters are put on linear layers, by 'targets' in 'adapter'"),
        new(Peft | Axolotl, "layer_replication peft_layer_replication trainable_token_indices peft_trainable_token_indices alora_invocation_tokens", Missing, "layers keep their number, and embeddings are trained whole, by 'modules_to_save' in 'adapter'"),
        new(Axolotl | LlamaFactory | Trl | Peft, "pissa_iter pissa_convert", Unneeded, "singular values are computed exactly, and the finished adapter is written as a plain one of twice the rank"),
        new(Axolotl | LlamaFactory | Peft, "loftq_* eva_config corda_* lora_ga_config", Missing, "the factors start as 'initialization' in 'adapter' says"),
        new(Peft, "arrow_config use_bdlora kasa_config velora_config monteclora_config use_qalora qalora_group_size", Missing, LoraOnly),
        new(Peft, "num_virtual_tokens token_dim num_transformer_submodules prefix_projection encoder_* prompt_tuning_* projection_prng_key vera_dropout d_initial feedforward_modules init_ia3_weights target_r init_r tinit tfinal deltaT orth_reg_weight decompose_both decompose_factor rank_dropout rank_dropout_scale use_effective_conv2d", Missing, LoraOnly),
        new(Peft | LlamaFactory, "oft_* module_dropout coft block_share use_cayley_neumann num_cayley_neumann_terms", Missing, LoraOnly),
        new(Axolotl, "relora* jagged_restart_* lisa_*", Missing, "the nearest is one LoRA run after another, merged between them"),
    ];
}
