using System.Collections.Concurrent;
using MnfstRag.Admin.Hosting;

namespace MnfstRag.Admin.Tests.Hosting.Development;

/// <summary>Keeps what a person would have read.</summary>
internal sealed class RecordingTerminal : ITerminal
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public Action<string>? OnProgress { get; init; }

    public void Line(string text) => lines.Enqueue(text);

    public void Progress(string text)
    {
        lines.Enqueue(text);
        OnProgress?.Invoke(text);
    }

    public void Error(string text) => lines.Enqueue(text);

    public string? ReadLine() => null;
}
