namespace MnfstRag.Admin.Hosting.Development;

/// <summary>Progress lines on the terminal, in the order in which they are reported.</summary>
internal sealed class TerminalProgress(ITerminal terminal) : IProgress<string>
{
    /// <inheritdoc />
    public void Report(string value) => terminal.Progress(value);
}
