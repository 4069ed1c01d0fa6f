namespace FineTune.Keys;

/// <summary>The keys of <c>data</c>.</summary>
internal static class DataKeys
{
    public static readonly KeySection Section = new("data", ["Dataset", "Prompt"], "Data", "The rows, and how one becomes a prompt.")
    {
        Synonyms = ["dataset", "datasets"],
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
        Required = true,
        MissingCode = KeyCodes.MissingPrompt,
        FixedAtBuild = true,
        Positional = true,
        Synonyms = ["template", "chat_template", "chat_template_path", "prompt_template", "format", "prompt_style", "input_format", "dataset_format"],
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

    public static readonly Key[] All = [Train, Test, TestSize, SplitBy, Prompt, MaxLength, Overlong, Shuffle, Limit];
}
