using System.Text;

namespace FineTune.TestSupport.Fuzzing;

/// <summary>Changes of files that know nothing of their format: bytes changed, removed, repeated, and signs of text formats put in.</summary>
public static class ByteChanges
{
    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud83d", "\\u0000", "null", "1e999", "-0", "99999999999999999999", "\n", "\r", "\r\n", "\t", "\0", "\uFEFF", "\u2028", "é", "😀", "'", ";", "--", "0x", "true",
    ];

    /// <summary>Makes one to four changes.</summary>
    public static byte[] Apply(byte[] seed, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bytes = new List<byte>(seed);
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 16), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                case 4 when at < bytes.Count:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(1, 64), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(20) == 0 ? bytes.Count - at : 0);
                    break;
            }
        }

        return [.. bytes];
    }
}
