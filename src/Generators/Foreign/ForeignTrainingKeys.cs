using static FineTune.Foreign.ForeignStanding;
using static FineTune.Foreign.ForeignTools;

namespace FineTune.Foreign;

/// <summary>Settings of other tools about steps, optimizers, schedules and losses.</summary>
internal static class ForeignTrainingKeys
{
    public static readonly ForeignKey[] All =
    [
        new(Axolotl | LlamaFactory | Trl | Torchtune, "gradient_checkpointing gradient_checkpointing_kwargs selective_checkpointing disable_gradient_checkpointing enable_activation_checkpointing enable_activation_offloading activation_checkpointing activation_offloading layer_offloading use_reentrant_gc recompute_* offload_* grad_checkpoint", Missing, "a block keeps little and computes the rest again by itself; 'training.micro_batch_tokens' bounds the memory, and a smaller one gives the same result"),
        new(Axolotl | LlamaFactory | Trl, "auto_find_batch_size per_device_eval_batch_size eval_batch_size eval_accumulation_steps mini_batch_size num_mini_batches", Unneeded, "'training.micro_batch_tokens' bounds the memory of a forward pass, in evaluation too"),
        new(Axolotl | LlamaFactory | Trl, "liger_* use_liger_kernel use_liger_loss enable_liger_kernel chunked_cross_entropy* cut_cross_entropy* use_kernels use_v1_kernels cross_entropy_loss_fusion fused compile torch_compile* deepcompile calculate_per_token_loss", Unneeded, "fused operations are used by themselves, and logits are computed only where they are trained"),
        new(Axolotl | Trl | LlamaFactory, "torch_empty_cache_steps gc_steps gc_collect_steps", Unneeded, "a step allocates nothing that outlives it"),

        new(LitGpt, "global_batch_size", Said, "write 'batch_size' in 'training' for the rows of a micro-batch, and 'gradient_accumulation' for how many make a step"),
        new(Torchtune, "betas", Said, "write 'beta1' and 'beta2' in 'training'"),
        new(LitGpt, "min_lr", Said, "write 'min_lr_rate' in 'training', which is a share of the peak and not a learning rate"),
        new(MlxLm, "scale scaling", Said, "write 'alpha' in 'adapter', which is that factor times the rank"),
        new(Axolotl | LlamaFactory | Trl, "lr_scheduler_kwargs", Said, "'training' has the schedule's settings, such as 'min_lr_rate', as keys of their own"),
        new(Axolotl, "lr_quadratic_warmup cosine_constant_lr_ratio lr_div_factor", Missing, "'training.schedule' has the schedules of transformers"),
        new(Axolotl, "lr_groups embedding_lr embedding_lr_scale", Missing, "one learning rate holds for all weights but those of 'loraplus_lr_ratio' and 'loraplus_lr_embedding' in 'training'"),
        new(LlamaFactory | Axolotl, "galore_* use_galore apollo_* use_apollo badam_* use_badam use_adam_mini dion_* qgalore_* optim_target_modules torchdistx_path adam_beta3 adam_epsilon2", Missing, "'training.optimizer' lists what there is; with an adapter its state is small"),
        new(LlamaFactory, "use_muon", Said, "write 'optimizer: muon' in 'training'"),
        new(Axolotl | Trl, "optim_args", Said, "'training' has beta1, beta2, epsilon, momentum and weight_decay as keys of their own"),
        new(LlamaFactory | Axolotl, "use_asft_loss asft_alpha use_eaft* eaft_*", Missing, "'training.loss_type' lists what there is"),
        new(Axolotl, "eval_table_size", Unneeded, "'evaluation' shows examples by itself"),
        new(Axolotl, "trainer_cls plugins rollout_func", Missing, "the training loop is the product's own; a loss, metrics and callbacks are members of the recipe's partial class"),
        new(Torchtune | MlxLm, "_component_ class_path init_args", Missing, "a recipe names no classes"),
        new(LlamaFactory | Trl, "do_train do_predict predict_with_generate", Elsewhere, "'dotnet run' trains and evaluates; 'dotnet run -- evaluate' evaluates alone"),
        new(LlamaFactory, "compute_accuracy", Unneeded, "evaluations during training tell the accuracy of tokens, by 'training.eval_steps'"),
        new(LlamaFactory, "do_sample num_beams eval_num_beams length_penalty skip_special_tokens n_shot", Missing, "completions are generated greedily and scored by 'evaluation.metrics'"),
        new(Axolotl | LlamaFactory, "generate_samples generation_* gradio_*", Elsewhere, "'dotnet run -- generate' completes texts of your own; 'evaluation' shows examples by itself"),
        new(LlamaFactory | Trl, "temperature top_p top_k min_p repetition_penalty", Elsewhere, "they are options of 'dotnet run -- generate'; evaluation is greedy"),
        new(Axolotl, "do_causal_lm_eval do_bench_eval bench_dataset bench_split", Said, "list what is measured in 'evaluation'"),
    ];
}
