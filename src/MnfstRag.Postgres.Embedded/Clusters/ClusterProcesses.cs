using System.Diagnostics;
using System.Globalization;
using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>
/// Which living processes serve a data directory. A process id alone proves nothing, the system reuses them: a process is ours when it is
/// a postgres whose working directory is the cluster's.
/// </summary>
internal static class ClusterProcesses
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    /// <summary>True when the process is a server of this data directory.</summary>
    public static async Task<bool> IsServerOfAsync(int process, string dataDirectory, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux())
        {
            return Works(process, Libc.RealPath(dataDirectory));
        }

        try
        {
            using var running = Process.GetProcessById(process);
            if (!running.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }
        catch (ArgumentException)
        {
            // No such process.
            return false;
        }

        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var id = process.ToString(CultureInfo.InvariantCulture);
        var result = await Command.RunAsync(
            new ProcessStartInfo("ps", ["-o", "command=", "-p", id]), TimeSpan.FromSeconds(5), cancellationToken);
        return result.Output.Contains(dataDirectory, StringComparison.Ordinal);
    }

    /// <summary>Every process of the cluster, the postmaster's children included (Linux; elsewhere empty).</summary>
    public static IReadOnlyList<int> Of(string dataDirectory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var real = Libc.RealPath(dataDirectory);
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && Works(id, real)),
        ];
    }

    /// <summary>Ends what outlived its postmaster: such processes hold the shared memory, and a new server would refuse to start.</summary>
    public static async Task EndOrphansAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        foreach (var orphan in Of(dataDirectory))
        {
            if (Libc.Signal(orphan, PosixSignal.Kill) == 0)
            {
                await WaitForEndAsync(orphan, dataDirectory, TimeSpan.FromSeconds(5), cancellationToken);
            }
        }
    }

    /// <summary>Waits until a server's process has left its directory; false when it is still there after the time.</summary>
    /// <remarks>Asks for the directory, not for the process: where nobody reaps the dead, a process id outlives its process.</remarks>
    public static async Task<bool> WaitForEndAsync(int process, string dataDirectory, TimeSpan time, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < time; waited += Poll)
        {
            if (!await IsServerOfAsync(process, dataDirectory, cancellationToken))
            {
                return true;
            }

            await Task.Delay(Poll, cancellationToken);
        }

        return false;
    }

    private static bool Works(int process, string directory)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").Trim() == "postgres"
                && new FileInfo($"/proc/{process}/cwd").LinkTarget == directory;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or is another user's: not ours either way.
            return false;
        }
    }
}
