using static FineTune.Foreign.ForeignStanding;
using static FineTune.Foreign.ForeignTools;

namespace FineTune.Foreign;

/// <summary>Settings of other tools about rows, prompts, lengths and packing.</summary>
internal static class ForeignDataKeys
{
    private const string Packing = "rows are always packed, and attention never crosses from one to another";
    private const string Template = "'data.prompt' says how a row becomes text, or 'data.type' that its shape does; Map in the recipe's partial class changes rows before";
    private const string Conversations = "conversations are rendered by the model's chat template, or by that of 'data.chat_template'";
    private const string TrainsAll = "write 'train_on: all' in 'data', or mark each field of 'data.prompt', as in '{field|completion}'";
    private const string TrainsAnswers = "of conversations the assistant's messages are trained, of prompts what they mark with '{field|completion}'; 'data.train_on' says otherwise";

    public static readonly ForeignKey[] All =
    [
        new(Axolotl | LlamaFactory | Trl | Torchtune, "packing sample_packing packed neat_packing eval_sample_packing padding_free batch_flattening", Unneeded, Packing),
        new(Axolotl | Trl | LlamaFactory, "sample_packing_* multipack_real_batches packing_strategy max_packed_sequence_len block_diag_attn use_packed_sequences pretrain_multipack_* pretraining_sample_concatenation sft_packing", Unneeded, Packing),
        new(Axolotl | LlamaFactory | Trl, "group_by_length train_sampling_strategy length_column_name", Unneeded, Packing),

        new(Axolotl | LlamaFactory | Torchtune, "train_on_inputs train_on_prompt train_on_input train_on_source", Said, TrainsAll) { Value = "true" },
        new(Axolotl | LlamaFactory | Torchtune, "train_on_inputs train_on_prompt train_on_input train_on_source mask_prompt", Unneeded, TrainsAnswers),
        new(Trl, "completion_only_loss", Said, "write 'train_on: all' in 'data'") { Value = "false" },
        new(Trl, "completion_only_loss assistant_only_loss", Unneeded, TrainsAnswers),
        new(Axolotl | Trl | LlamaFactory, "train_on_eos train_on_eot ignore_pad_token_for_loss", Unneeded, "the token that ends a message or a text is trained where that is trained"),

        new(LlamaFactory, "disable_shuffling", Said, "write 'shuffle: false' in 'data'") { Value = "true" },
        new(LlamaFactory, "disable_shuffling", Said, "write 'shuffle: true' in 'data', which is the default"),
        new(Axolotl, "curriculum_sampling sample_packing_sequentially", Said, "write 'shuffle: false' in 'data'"),
        new(Axolotl, "shuffle_before_merging_datasets", Said, "write 'shuffle: true' in 'data', which is the default"),

        new(Axolotl | LlamaFactory, "chat_template_kwargs default_system default_system_message enable_thinking preserve_thinking tool_format split_thinking drop_system_message", Missing, Conversations),
        new(Axolotl, "message_property_mappings", Said, "write 'role_field' and 'content_field' in 'data'"),
        new(Axolotl, "field_instruction field_input field_output field_system field_prompt field_human field_model system_prompt system_format no_input_format prompt_format completion_format", Said, "write 'prompt' in 'data' with the columns, as in '{instruction}{output|completion}'"),
        new(Axolotl, "field text_column", Said, "write 'prompt' in 'data', as in '{body|completion}'"),
        new(Axolotl, "message_field_training", Said, "give messages a field 'train', which wins over 'data.train_on'"),
        new(Axolotl, "message_field_training_detail", Missing, "a message is trained whole or not at all, by 'data.train_on' or its own field 'train'"),
        new(Axolotl, "field_tools", Missing, "tools are read from the column 'tools'"),
        new(Axolotl, "roles", Missing, "the roles are user, assistant, system and tool, and with 'type: sharegpt' in 'data' those of ShareGPT"),
        new(Axolotl, "conversation field_* message_field_* template_thinking_key chosen_format rejected_format", Missing, Template),
        new(Trl, "dataset_text_field", Said, "write 'type: text' in 'data' for a column of the name text, or else 'prompt', as in '{body|completion}'"),
        new(Trl, "formatting_func columns", Missing, Template),
        new(LlamaFactory, "mask_history", Said, "write 'train_on: last' in 'data'") { Value = "true" },
        new(LlamaFactory, "mask_history", Unneeded, "all messages of the assistant are trained"),
        new(Axolotl, "input_transform", Missing, Template),

        new(Axolotl | Trl | LlamaFactory, "split skip dataset_train_split dataset_test_split dataset_config name", Missing, "'data.train' names files, whose rows are all read, and 'data.test' or 'data.test_size' says what is held out"),
        new(LlamaFactory | Axolotl, "dataset_dir data_dir", Said, "write the whole path, relative to the project, in 'data.train'"),
        new(LlamaFactory, "mix_strategy", Unneeded, "the files of 'data.train' are read together") { Value = "concat" },
        new(LlamaFactory | Axolotl, "mix_strategy interleave_probs", Said, "give the files of 'data.train' weights, as in '{ path: data/more.jsonl, weight: 0.5 }'"),
        new(Trl, "eval_on_each_dataset", Missing, "the held-out rows are measured together"),
        new(Axolotl | LlamaFactory | Trl, "streaming* dataset_streaming buffer_size preprocess_iterable", Missing, "rows are read from a file, once; 'data.limit' reads fewer"),
        new(Axolotl, "dataset_exact_deduplication", Missing, "'dotnet run -- data' tells which rows are there twice; remove them from the file, or by Filter in the recipe's partial class"),
        new(Axolotl | LlamaFactory | Trl, "dataset_prepared_path dataset_shard_* shards shards_idx preprocess_shards num_dataset_shards_to_save skip_prepare_dataset dataset_keep_in_memory dataset_processes dataset_num_proc preprocessing_num_workers preprocessing_batch_size overwrite_cache tokenized_path data_shared_file_system dataset_kwargs dataset_cache is_preprocess push_dataset_to_hub", Unneeded, "rows are tokenized as the run starts, and nothing is kept between runs"),
        new(Axolotl | Trl, "dataloader_* remove_unused_columns accelerator_config", Unneeded, "batches are made in the same process, of the columns that the prompt uses"),
        new(Axolotl, "eval_sequence_len max_prompt_len", Missing, "'data.max_length' is the one limit, of training and held-out rows"),
        new(Axolotl, "min_sample_len", Missing, "Filter in the recipe's partial class leaves out rows that are too short"),
        new(Trl, "max_prompt_length", Missing, "'data.max_length' is the one limit, of prompt and completion together"),
    ];
}
