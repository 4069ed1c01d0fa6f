namespace FineTune.Tokenization.Unicode;

/// <summary>
/// GPT-2's stand-in character of every byte: printable bytes are themselves, the others U+0100 and up in order.
/// Byte-level vocabularies are written in them.
/// </summary>
internal static class ByteCharacters
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Bytes = Characters.Select((character, value) => (character, value))
        .ToDictionary(pair => pair.character, pair => (byte)pair.value);

    /// <summary>The character of each byte.</summary>
    public static ReadOnlySpan<char> All => Characters;

    public static bool TryGetByte(char character, out byte value) => Bytes.TryGetValue(character, out value);

    /// <summary>The UTF-8 bytes of a text, each as its character.</summary>
    public static string Encode(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = text.Length <= 128 ? stackalloc byte[384] : new byte[text.Length * 3];
        var count = System.Text.Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(count, bytes[..count], static (characters, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                characters[i] = Characters[source[i]];
        });
    }

    private static char[] Build()
    {
        var characters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = printable ? (char)value : (char)next++;
        }

        return characters;
    }
}
