namespace FineTune.Tokenization.SentencePiece;

/// <summary>A SentencePiece model file (sentencepiece_model.proto), as far as tokenization needs it.</summary>
internal sealed class SentencePieceFile
{
    private SentencePieceFile(string file) => File = file;

    public string File { get; }

    /// <summary>The pieces; the place is the id.</summary>
    public List<(string Text, float Score, PieceKind Kind)> Pieces { get; } = [];

    /// <summary>Whether the model is BPE; else unigram.</summary>
    public bool IsBytePair { get; private set; }

    public bool ByteFallback { get; private set; }

    public int UnknownId { get; private set; }

    public int BosId { get; private set; } = 1;

    public int EosId { get; private set; } = 2;

    public int PadId { get; private set; } = -1;

    /// <summary>What an unknown piece decodes to.</summary>
    public string UnknownSurface { get; private set; } = " \u2047 ";

    /// <summary>The compiled normalization rules; empty where there are none.</summary>
    public byte[] CharacterMap { get; private set; } = [];

    public bool AddDummyPrefix { get; private set; } = true;

    public bool RemoveExtraWhitespaces { get; private set; } = true;

    public static SentencePieceFile Read(string path)
    {
        var model = new SentencePieceFile(path);
        var reader = new ProtobufReader(System.IO.File.ReadAllBytes(path), path);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    model.ReadPiece(reader.Message());
                    break;
                case 2:
                    model.ReadTrainerSpec(reader.Message());
                    break;
                case 3:
                    model.ReadNormalizerSpec(reader.Message());
                    break;
            }
        }

        return model.Pieces.Count > 0 ? model : throw TokenizerErrors.Malformed(path, "it has no pieces");
    }

    private void ReadPiece(ProtobufReader reader)
    {
        var (text, score, kind) = ("", 0f, PieceKind.Normal);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    text = reader.Text();
                    break;
                case 2:
                    score = reader.Single();
                    break;
                case 3:
                    kind = (PieceKind)reader.Number();
                    break;
            }
        }

        Pieces.Add((text, score, kind));
    }

    private void ReadTrainerSpec(ProtobufReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 3:
                    IsBytePair = reader.Number() switch
                    {
                        1 => false,
                        2 => true,
                        var other => throw TokenizerErrors.Unsupported(File, $"SentencePiece's model type {other} (word or char)"),
                    };
                    break;
                case 24 when reader.Number() != 0:
                    throw TokenizerErrors.Unsupported(File, "SentencePiece's treat_whitespace_as_suffix");
                case 35:
                    ByteFallback = reader.Number() != 0;
                    break;
                case 40:
                    UnknownId = reader.Number();
                    break;
                case 41:
                    BosId = reader.Number();
                    break;
                case 42:
                    EosId = reader.Number();
                    break;
                case 43:
                    PadId = reader.Number();
                    break;
                case 44:
                    UnknownSurface = reader.Text();
                    break;
            }
        }
    }

    private void ReadNormalizerSpec(ProtobufReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    CharacterMap = reader.Bytes().ToArray();
                    break;
                case 3:
                    AddDummyPrefix = reader.Number() != 0;
                    break;
                case 4:
                    RemoveExtraWhitespaces = reader.Number() != 0;
                    break;
                case 5 when reader.Number() == 0:
                    throw TokenizerErrors.Unsupported(File, "SentencePiece without escape_whitespaces");
            }
        }
    }
}
