namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>One line on a terminal that says what is being asked.</summary>
internal sealed class ValidateProgress(ITerminal terminal) : IProgress<string>
{
    public void Report(string value) => terminal.Progress(value);

    /// <summary>Takes the line away.</summary>
    public void Clear() => terminal.Progress("");
}
