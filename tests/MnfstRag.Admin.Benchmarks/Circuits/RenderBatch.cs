using System.Buffers.Binary;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>
/// One serialised render batch. Its last five numbers point to its tables; the last of all to the string table, a list of
/// positions of length-prefixed UTF-8 strings.
/// </summary>
internal sealed class RenderBatch(byte[] bytes)
{
    private const int Number = sizeof(int);

    /// <summary>Bytes before any compression.</summary>
    public int Length => bytes.Length;

    /// <summary>Whether a string of the table contains it: every text and attribute that a batch changes is there.</summary>
    public bool Contains(ReadOnlySpan<byte> utf8) => bytes.AsSpan(0, Strings).IndexOf(utf8) >= 0;

    private int Strings => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - Number));
}
