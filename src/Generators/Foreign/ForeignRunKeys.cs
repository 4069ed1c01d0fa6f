using static FineTune.Foreign.ForeignStanding;
using static FineTune.Foreign.ForeignTools;

namespace FineTune.Foreign;

/// <summary>Settings of other tools about folders, checkpoints, logs and trackers.</summary>
internal static class ForeignRunKeys
{
    public static readonly ForeignKey[] All =
    [
        new(Axolotl | LlamaFactory | Trl | Torchtune, "output_dir overwrite_output_dir save_dir out_dir logging_dir adapter_path", Elsewhere, "a run goes to runs/<Recipe>; 'dotnet run -- train --restart' begins it anew"),
        new(Axolotl | LlamaFactory | Trl | Torchtune, "resume_from_checkpoint auto_resume_from_checkpoints resume resume_adapter_file checkpoint_files adapter_checkpoint recipe_checkpoint ignore_data_skip", Unneeded, "an interrupted run resumes by itself"),
        new(Axolotl | Trl, "saves_per_epoch", Said, "write 'save_steps' in 'training', below 1 a share of all steps"),
        new(Axolotl | Trl | LlamaFactory, "save_strategy", Unneeded, "there is always a checkpoint at the end; 'training.save_steps' sets their distance") { Value = "no" },
        new(Axolotl | Trl | LlamaFactory, "save_strategy", Said, "write 'load_best: true' in 'training'") { Value = "best" },
        new(Axolotl | Trl | LlamaFactory, "save_strategy", Said, "write 'save_steps' in 'training'"),
        new(Axolotl | Trl | LlamaFactory, "save_only_model save_safetensors save_first_step export_legacy_format", Unneeded, "checkpoints are whole, and weights are safetensors"),
        new(Axolotl, "dynamic_checkpoint trigger_file_path check_interval", Unneeded, "Ctrl-C saves a checkpoint and stops"),
        new(LlamaFactory, "export_*", Elsewhere, "'dotnet run -- merge' writes the merged model"),
        new(Axolotl | LlamaFactory | Trl, "hub_* push_to_hub hf_use_auth_token hf_hub_token ms_hub_token om_hub_token", Missing, "nothing is uploaded; the adapter's folder under runs/ is what the hub takes"),
        new(Axolotl | LlamaFactory | Trl, "logging_steps log_every_n_steps log_interval logging_strategy logging_first_step steps_per_report report_to log_level plot_loss include_tokens_per_second include_tkps include_effective_tokens_per_second include_num_input_tokens_seen print_param_status verbose", Unneeded, "every step is logged to runs/<Recipe>/metrics.jsonl, and the loss is drawn"),
        new(Axolotl | LlamaFactory | Trl | Torchtune, "use_wandb wandb_* use_mlflow mlflow_* hf_mlflow_* use_comet comet_* use_swanlab swanlab_* use_trackio trackio_* use_tensorboard use_otel_metrics otel_* metric_logger logger_name", Missing, "there is no tracker; runs/<Recipe>/metrics.jsonl has a line a step, and OnStep in the recipe's partial class can send it on"),
        new(Axolotl | LlamaFactory | Torchtune, "profiler* profiler_* enable_torch_profiler profile_modules", Missing, "there is no profiler in a recipe"),
        new(Axolotl, "loss_watchdog_*", Unneeded, "a loss that is not finite stops the run and keeps the last good checkpoint"),
        new(Axolotl | LlamaFactory, "strict axolotl_config_path total_num_tokens total_supervised_tokens sample_packing_eff_est capabilities env_capabilities dataset_info", Unneeded, "a recipe is always checked as a whole"),
    ];
}
