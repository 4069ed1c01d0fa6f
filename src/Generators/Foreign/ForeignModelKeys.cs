using static FineTune.Foreign.ForeignStanding;
using static FineTune.Foreign.ForeignTools;

namespace FineTune.Foreign;

/// <summary>Settings of other tools about the base model: loading, types of numbers, quantization, attention, tokens.</summary>
internal static class ForeignModelKeys
{
    public static readonly ForeignKey[] All =
    [
        new(Axolotl | LlamaFactory | Trl, "bf16 bfloat16", Said, "write 'dtype: bfloat16' in 'model'") { Value = "true" },
        new(Axolotl | LlamaFactory | Trl, "bf16 bfloat16", Said, "write 'dtype: float32' in 'model', or leave it out") { Value = "false" },
        new(Axolotl | LlamaFactory | Trl, "bf16 bfloat16", Said, "write 'dtype: auto' in 'model', which is the default"),
        new(LlamaFactory, "pure_bf16", Said, "write 'dtype: bfloat16' in 'model'"),
        new(Axolotl | LlamaFactory | Trl, "fp16 float16", Missing, "16-bit floating point overflows in training; write 'dtype: bfloat16' in 'model'")
            { Value = "true" },
        new(Axolotl | LlamaFactory | Trl, "fp16 float16", Unneeded, "it is never used"),
        new(Axolotl, "float32 fp32", Said, "write 'dtype: float32' in 'model'"),
        new(LlamaFactory, "compute_dtype", Unneeded, "products run in the type that 'model.dtype' says"),
        new(Axolotl | Trl, "tf32", Unneeded, "products run in the type that 'model.dtype' says"),
        new(Axolotl | LlamaFactory, "fp8* enable_fp8*", Missing, "8-bit floating point is not supported; the nearest is 'dtype: bfloat16' in 'model'"),
        new(LlamaFactory | Trl | Axolotl, "upcast_layernorm upcast_lmhead_output cast_lm_head_to_fp32 embeddings_skip_upcast fp32_norms fp32_norm_classes", Unneeded, "norms, softmax and losses are computed in 32 bits"),

        new(Axolotl | LlamaFactory | Trl, "load_in_4bit load_in_8bit quantization_bit bits quantize", Missing, "base weights are held in 16 or 32 bits; with an adapter, 'dtype: bfloat16' in 'model' takes the least memory"),
        new(Axolotl | LlamaFactory | Trl, "bnb_* quantization_method quantization_type quantization_device_map quantization_config double_quantization use_bnb_nested_quant gptq model_quantization_config* qat quantization weight_dtype activation_dtype quantize_embedding group_size fake_quant_after_n_steps quantize_moe_experts use_onebitllms", Missing, "base weights are not quantized; with an adapter, 'dtype: bfloat16' in 'model' takes the least memory"),

        new(Axolotl | LlamaFactory | Trl, "flash_attention flash_attn flash_attn_* flash_optimum attn_implementation sdp_attention sdpa_varlen xformers_attention flex_attn* flex_attention eager_attention fused_attn_kernel gemma4_hybrid_attn_impl large_head_attention", Unneeded, "the attention is chosen for the machine, and never crosses a packed row's border"),
        new(Axolotl | LlamaFactory, "sage_attention shift_attn s2_attention scaling_softmax* use_pose pose_*", Missing, "attention is the model's own"),
        new(Axolotl | LlamaFactory, "rope_scaling", Missing, "the position embedding is that of the model's config.json"),
        new(Axolotl, "overrides_of_model_config overrides_of_model_kwargs base_model_config cls_model_config model_init_kwargs", Missing, "a model is what its config.json says; change that file"),
        new(Trl, "model_init_kwargs", Missing, "a model is what its config.json says; change that file"),

        new(Axolotl | LlamaFactory | Trl, "model_revision revision revision_of_model", Missing, "the base model is a folder; keep the revision that you want in it"),
        new(Axolotl | LlamaFactory | Trl, "trust_remote_code", Unneeded, "code of a model folder never runs"),
        new(Axolotl | LlamaFactory, "model_type type_of_model is_falcon_derived_model is_llama_derived_model is_mistral_derived_model is_qwen_derived_model", Unneeded, "the architecture is that of config.json"),
        new(Axolotl | LlamaFactory, "tokenizer_type tokenizer_config tokenizer_use_fast use_fast_tokenizer tokenizer_legacy tokenizer_use_mistral_common tokenizer_save_jinja_files tokenizer tokenizer_name_or_path", Unneeded, "the tokenizer is the one in the model's folder"),
        new(Axolotl | LlamaFactory | Trl, "pad_token padding_side padding_value pad_to_multiple_of pad_to_sequence_len eval_packing", Unneeded, "rows are packed without padding"),
        new(Axolotl | LlamaFactory | Trl, "special_tokens tokens add_tokens add_special_tokens added_tokens_overrides additional_special_tokens new_special_tokens_config init_special_tokens resize_vocab resize_token_embeddings_to_32x mean_resizing_embeddings shrink_embeddings eos_token bos_token unk_token eot_tokens fix_untrained_tokens split_special_tokens trainable_token_indices", Missing, "tokens are those of the model's tokenizer; the one that ends a text follows each prompt by itself, and a chat template has its own"),
        new(Axolotl | LlamaFactory, "low_cpu_mem_usage experimental_skip_move_to_device use_kv_cache lora_on_cpu qlora_sharded_model_loading", Unneeded, "weights are read straight into their tensors, one at a time"),
        new(LlamaFactory, "cache_dir download_mode", Unneeded, "the base model is a folder"),
        new(LlamaFactory | Axolotl, "mixture_of_depths use_llama_pro moe_aux_loss_coef router_aux_loss_coef experts_implementation moe_grouped_gemm llama4_linearized_experts tiled_mlp*", Missing, "a model is trained as its config.json describes it"),
        new(LlamaFactory, "freeze_trainable_* freeze_extra_modules num_layer_trainable name_module_trainable", Missing, "freezing parts of a model is not supported; the nearest is an adapter with 'targets' and 'layers_to_transform'"),
        new(Axolotl, "unfrozen_parameters freeze_mm_modules", Missing, "freezing parts of a model is not supported; the nearest is an adapter with 'targets' and 'layers_to_transform'"),
        new(LlamaFactory | Axolotl, "freeze_vision_tower freeze_multi_modal_projector freeze_language_model image_* video_* audio_* crop_to_patches use_audio_in_video processor_* media_dir role_boundaries", Missing, "models of text only are trained"),
    ];
}
