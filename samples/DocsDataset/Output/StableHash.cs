using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DocsDataset.Output;

/// <summary>A hash of names that is the same in every process and on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    public static uint Of(string name) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
