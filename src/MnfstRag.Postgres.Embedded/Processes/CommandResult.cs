namespace MnfstRag.Postgres.Embedded.Processes;

/// <param name="ExitCode">The program's exit code.</param>
/// <param name="Output">Standard output and standard error together.</param>
internal sealed record CommandResult(int ExitCode, string Output);
