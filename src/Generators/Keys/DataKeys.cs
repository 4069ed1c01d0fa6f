namespace FineTune.Keys;

/// <summary>The keys of <c>data</c>.</summary>
internal static class DataKeys
{
    public static readonly KeySection Section = new("data", ["Dataset", "Prompt"], "Data", "The rows, and how one becomes a prompt.")
    {
        Synonyms = ["dataset", "datasets"],
    };

    private static readonly string[] Conversations = ["messages", "sharegpt"];

    public static readonly Key Type = new(Section, "type", "Type", KeyType.Choice, "What the rows are.")
    {
        Default = new KeyValue.Text("template"),
        Absent = "template with a prompt; else what the columns of the data, or the record's properties, show",
        FixedAtBuild = true,
        CSharpType = "DatasetType",
        Choices =
        [
            new("template", "Template", "any columns, of which the prompt makes text", "prompt", "completion_template"),
            new("text", "Text", "a column `text`, all of which is trained", "completion", "pretrain", "language_modeling", "raw"),
            new("messages", "Messages", "a column `messages`: a conversation, rendered by the chat template", "chat_template", "chat", "openai", "chatml", "conversational"),
            new("prompt_completion", "PromptCompletion", "columns `prompt` and `completion`: texts or lists of messages; the completion is trained", "prompt-completion"),
            new("preference", "Preference", "columns `prompt`, `chosen` and `rejected`; no training method uses them yet", "dpo", "ranking", "chatml.intel"),
            new("unpaired_preference", "UnpairedPreference", "columns `prompt`, `completion` and `label`; no training method uses them yet", "kto", "unpaired-preference"),
            new("sharegpt", "ShareGpt", "a column `conversations` of messages with `from` and `value`: a conversation, rendered by the chat template", "conversations"),
            new("alpaca", "Alpaca", "columns `instruction`, `output` and mostly `input`, rendered by Stanford Alpaca's two prompts; the output is trained", "instruct"),
        ],
        Synonyms = ["ds_type", "dataset_format", "formatting"],
    };

    public static readonly Key Train = new(
        Section, "train", "Train", KeyType.Files,
        "The training rows: a file, relative to the project, or a list of files, each with or without a weight.")
    {
        Required = true,
        MissingCode = KeyCodes.MissingRows,
        Positional = true,
        Synonyms =
        [
            "train_file", "train_data", "train_dataset", "dataset", "datasets", "dataset_path", "data_files", "pretraining_dataset",
            "train_path", "path", "dataset_name", "data",
        ],
    };

    public static readonly Key Test = new(
        Section, "test", "Test", KeyType.Text, "The held-out rows: a JSON lines file, relative to the project.")
    {
        Absent = "no rows are held out and nothing is evaluated",
        Synonyms =
        [
            "eval", "validation", "valid", "val", "test_file", "test_datasets", "test_dataset", "eval_dataset", "eval_file",
            "val_data", "test_data",
        ],
    };

    public static readonly Key TestSize = new(
        Section, "test_size", "TestSize", KeyType.Number, "Holds out some of the training rows: a share, or from 1 on their number. Their content decides which.")
    {
        Absent = "test says which rows are held out",
        Range = KeyRange.Above(0),
        Excludes = ["data.test"],
        Unit = "rows",
        Synonyms = ["val_set_size", "val_size", "test_split_size", "train_test_split", "validation_split", "eval_size", "valid_size"],
    };

    public static readonly Key SplitBy = new(
        Section, "split_by", "SplitBy", KeyType.Text, "A column whose value decides whether a row is held out, so that rows with the same value are on one side.")
    {
        Absent = "the whole row decides",
        Needs = [new("data.test_size")],
        Synonyms = ["group_by", "group_column", "groups", "split_column"],
    };

    public static readonly Key Prompt = new(
        Section, "prompt", "Prompt", KeyType.Template,
        "The template that turns a row into text: {column}, and {column|completion} for what is trained.")
    {
        Absent = "type, or what the data shows, says how rows become text",
        FixedAtBuild = true,
        Positional = true,
        Synonyms = ["template", "prompt_template", "format", "prompt_style", "input_format"],
    };

    public static readonly Key ChatTemplate = new(
        Section, "chat_template", "ChatTemplate", KeyType.Text, "A Jinja template that renders conversations, in place of the model's own: a file, relative to the project.")
    {
        Absent = "the model's own template",
        Needs = [new("data.type", [.. Conversations, "prompt_completion"])],
        Synonyms = ["chat_template_path", "chat_template_jinja"],
    };

    public static readonly Key TrainOn = new(
        Section, "train_on", "TrainOn", KeyType.Choice, "Which messages of a conversation are trained; a message's own `train` field wins.")
    {
        Default = new KeyValue.Text("assistant"),
        CSharpType = "TrainOn",
        CSharpNamespace = "FineTune.Prompts",
        Needs = [new("data.type", [.. Conversations, "prompt_completion", "alpaca"])],
        Choices =
        [
            new("assistant", "Assistant", "all messages of the assistant", "turn", "completion", "assistant_only"),
            new("last", "Last", "the last message of the assistant", "last_turn"),
            new("all", "All", "everything, prompts too", "inputs", "full"),
            new("none", "None", "nothing but messages whose `train` field is true"),
        ],
        Synonyms = ["roles_to_train", "train_on_roles"],
    };

    public static readonly Key MessagesColumn = new(
        Section, "messages_column", "MessagesColumn", KeyType.Text, "The column of the messages, where it has another name than the type's.")
    {
        Absent = "messages, or with sharegpt conversations",
        FixedAtBuild = true,
        YamlOnly = true,
        Needs = [new("data.type", Conversations)],
        Synonyms = ["field_messages", "conversation_column", "messages_field"],
    };

    public static readonly Key RoleField = new(
        Section, "role_field", "RoleField", KeyType.Text, "The field of a message that says who speaks, where it has another name than the type's.")
    {
        Absent = "role, or with sharegpt from",
        FixedAtBuild = true,
        Needs = [new("data.type", Conversations)],
        Synonyms = ["message_field_role", "role_tag"],
    };

    public static readonly Key ContentField = new(
        Section, "content_field", "ContentField", KeyType.Text, "The field of a message that has its text, where it has another name than the type's.")
    {
        Absent = "content, or with sharegpt value",
        FixedAtBuild = true,
        Needs = [new("data.type", Conversations)],
        Synonyms = ["message_field_content", "content_tag"],
    };

    public static readonly Key MaxLength = new(Section, "max_length", "MaxLength", KeyType.Integer, "The longest sequence.")
    {
        Absent = "the model's context length",
        Range = KeyRange.AtLeast(2),
        Unit = "tokens",
        Synonyms =
        [
            "sequence_len", "cutoff_len", "max_seq_length", "max_seq_len", "seq_length", "sequence_length", "model_max_length",
            "context_length", "block_size",
        ],
    };

    public static readonly Key Overlong = new(
        Section, "overlong", "Overlong", KeyType.Choice, "What happens to a row that is longer than max_length.")
    {
        Default = new KeyValue.Text("error"),
        CSharpType = "OverlongRows",
        Choices =
        [
            new("error", "Error", "the run stops and names the row", "raise"),
            new("drop", "Drop", "the row is left out, and the number of such rows is reported", "skip", "discard", "filter"),
            new("truncate_end", "TruncateEnd", "tokens at the end are cut off", "truncate", "keep_start", "right"),
            new("truncate_start", "TruncateStart", "tokens at the start are cut off", "keep_end", "left"),
            new("split", "Split", "the row becomes several sequences", "bfd_split", "chunk"),
        ],
        Synonyms = ["excess_length_strategy", "truncation_mode", "truncation", "truncation_side"],
    };

    public static readonly Key Shuffle = new(
        Section, "shuffle", "Shuffle", KeyType.Boolean, "Whether rows are shuffled anew in each epoch, by the seed.")
    {
        Default = new KeyValue.Boolean(true),
        Synonyms = ["shuffle_dataset", "shuffle_merged_datasets"],
    };

    public static readonly Key Limit = new(Section, "limit", "Limit", KeyType.Integer, "Reads at most this many training rows of each file.")
    {
        Absent = "all rows",
        Range = KeyRange.AtLeast(1),
        Unit = "rows",
        Synonyms = ["max_samples", "max_train_samples", "max_rows", "num_samples"],
    };

    public static readonly Key[] All = [Train, Test, TestSize, SplitBy, Type, Prompt, ChatTemplate, TrainOn, MessagesColumn, RoleField, ContentField, MaxLength, Overlong, Shuffle, Limit];
}
