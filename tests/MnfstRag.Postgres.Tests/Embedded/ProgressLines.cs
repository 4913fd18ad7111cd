using System.Collections.Concurrent;

namespace MnfstRag.Postgres.Tests.Embedded;

/// <summary>Keeps progress lines in their order.</summary>
internal sealed class ProgressLines : IProgress<string>
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> All => lines;

    public void Report(string value) => lines.Enqueue(value);
}
