using System.Globalization;

namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>What a running server writes into <c>postmaster.pid</c>.</summary>
/// <param name="ProcessId">The postmaster's process.</param>
/// <param name="Port">The port it listens on.</param>
internal sealed record PostmasterFile(int ProcessId, int Port)
{
    /// <summary>The file's content, or null when it is missing or not (yet) whole.</summary>
    public static PostmasterFile? Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return lines.Length >= 4
            && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new PostmasterFile(process, port)
            : null;
    }
}
