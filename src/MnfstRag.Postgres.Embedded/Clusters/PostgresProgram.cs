using System.ComponentModel;
using System.Diagnostics;
using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>Runs PostgreSQL's own programs and reads why they failed.</summary>
internal static class PostgresProgram
{
    private static readonly string[] Marks = ["PANIC:", "FATAL:", "ERROR:", "error:", "could not"];

    public static string Path(string programs, string name)
        => System.IO.Path.Combine(programs, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await Command.RunAsync(start, timeout, cancellationToken);
        }
        catch (Win32Exception fault) when (start.FileName == "setpriv")
        {
            throw new EmbeddedServerException(
                "PostgreSQL refuses to run as root, and 'setpriv' to run it as another account was not found: "
                + "install util-linux, or start the dashboard as another user.",
                fault);
        }
        catch (Win32Exception fault)
        {
            throw new EmbeddedServerException(
                $"{start.FileName} could not be started ({fault.Message}): delete {System.IO.Path.GetDirectoryName(start.WorkingDirectory)} "
                + "so that it is fetched anew.",
                fault);
        }
        catch (TimeoutException fault)
        {
            throw new EmbeddedServerException($"{fault.Message} Is this machine overloaded? Start again when it is not.", fault);
        }
    }

    /// <summary>The line that tells most, for a message: the last fault in a program's output or log.</summary>
    public static string Reason(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var line = lines.LastOrDefault(text => Marks.Any(mark => text.Contains(mark, StringComparison.Ordinal)))
            ?? lines.LastOrDefault() ?? "no message";
        return line.TrimEnd('.');
    }
}
