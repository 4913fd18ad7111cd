#pragma warning disable RS0030 // The one place that may touch the console.
namespace MnfstRag.Admin.Hosting;

/// <summary>The process's own standard streams.</summary>
public sealed class ConsoleTerminal : ITerminal
{
    private readonly Lock _lock = new();
    private int _progressLength;

    /// <inheritdoc />
    public bool ShowsColour { get; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc />
    public bool ShowsProgress { get; } = !Console.IsErrorRedirected;

    /// <inheritdoc />
    public void Line(string text)
    {
        lock (_lock)
        {
            EndProgress();
            Console.Out.WriteLine(text);
        }
    }

    /// <inheritdoc />
    public void Progress(string text)
    {
        lock (_lock)
        {
            if (Console.IsErrorRedirected)
            {
                Console.Error.WriteLine(text);
                return;
            }

            // An empty text takes the line away: what is written next begins at the left.
            Console.Error.Write("\r" + text.PadRight(_progressLength) + (text.Length == 0 ? "\r" : ""));
            _progressLength = text.Length;
        }
    }

    /// <inheritdoc />
    public void Error(string text)
    {
        lock (_lock)
        {
            EndProgress();
            Console.Error.WriteLine(text);
        }
    }

    /// <inheritdoc />
    public string? ReadLine() => Console.In.ReadLine();

    private void EndProgress()
    {
        if (_progressLength > 0)
        {
            Console.Error.WriteLine();
            _progressLength = 0;
        }
    }
}
