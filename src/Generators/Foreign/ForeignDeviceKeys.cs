using static FineTune.Foreign.ForeignStanding;
using static FineTune.Foreign.ForeignTools;

namespace FineTune.Foreign;

/// <summary>Settings of other tools about devices, processes and their memory.</summary>
internal static class ForeignDeviceKeys
{
    private const string OneDevice = "a run uses one device";

    public static readonly ForeignKey[] All =
    [
        new(Axolotl | LlamaFactory | Torchtune, "device device_map use_cpu no_cuda export_device", Elsewhere, "the project's property FineTuneDevice says cpu, cuda or external"),
        new(Axolotl | LlamaFactory | Trl, "deepspeed* ds3_* fsdp fsdp_* zero_* ddp ddp_* ignore_bias_buffers world_size local_rank devices num_nodes num_processes master_addr master_port ray_* use_ray resources_per_worker", Missing, OneDevice),
        new(Axolotl, "offload_params sync_module_states cpu_ram_efficient_loading cpu_offload_pin_memory use_orig_params state_dict_type final_state_dict_type auto_wrap_policy transformer_layer_cls_to_wrap min_num_params reshard_after_forward mixed_precision_policy", Missing, OneDevice),
        new(Axolotl | LlamaFactory, "tensor_parallel_size tensor_model_parallel_size pipeline_model_parallel_size expert_model_parallel_size context_parallel_size virtual_pipeline_model_parallel_size sequence_parallel* dp_shard_size dp_replicate_size heads_k_stride ring_attn_func use_mca use_megatron_bridge megatron_* extra_config use_hyper_parallel hyper_parallel_* use_distributed_optimizer overlap_* account_for_* masked_softmax_fusion bias_activation_fusion apply_rope_fusion moe_token_dispatcher_type mixed_precision", Missing, OneDevice),
        new(Axolotl, "max_memory gpu_memory_limit gpu_memory_utilization", Missing, "'dotnet run -- plan' shows the memory by part; 'training.micro_batch_tokens' bounds the activations"),
    ];
}
