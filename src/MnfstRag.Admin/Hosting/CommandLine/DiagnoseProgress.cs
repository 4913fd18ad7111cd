using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>One line on a terminal that counts checks as they end.</summary>
internal sealed class DiagnoseProgress(ITerminal terminal, int total) : IProgress<CheckResult>
{
    private int done;

    public void Report(CheckResult value) => terminal.Progress($"Checked {Interlocked.Increment(ref done)} of {total}: {value.Name}");

    /// <summary>Takes the line away.</summary>
    public void Clear() => terminal.Progress("");
}
