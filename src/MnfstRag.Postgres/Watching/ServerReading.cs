using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching;

/// <summary>What one round trip of <see cref="ServerReader"/> brought.</summary>
/// <param name="Capabilities">What the server is; null before the first success. Older than this reading when <paramref name="Fault"/> is set.</param>
/// <param name="Fault">Why the server as a whole could not be read; null when it could, even where single readers failed.</param>
/// <param name="Connected">A new connection was made for this reading.</param>
/// <param name="Elapsed">Time it took, connecting included.</param>
/// <param name="ReaderFaults">Readers that failed while the server answered, by name, with the reason in words.</param>
public sealed record ServerReading(
    Capabilities? Capabilities,
    ConnectionFault? Fault,
    bool Connected,
    TimeSpan Elapsed,
    IReadOnlyDictionary<string, string> ReaderFaults)
{
    internal ImmutableDictionary<string, object> Values { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>What <paramref name="reader"/> brought. Values read before a fault are kept.</summary>
    public Reading<T> Of<T>(IReader<T> reader)
        where T : class =>
        Values.GetValueOrDefault(reader.Name) is T value
            ? new Reading<T>(value, Fault: null)
            : new Reading<T>(Value: null, ReaderFaults.GetValueOrDefault(reader.Name) ?? Fault?.Words);
}
