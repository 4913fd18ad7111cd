using System.Diagnostics;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Embedded.Clusters;
using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Testing;

/// <summary>
/// The directory of this test process, with all its clusters. It is emptied when the process ends; what a killed test process left (running
/// servers included) is cleared by the next one.
/// </summary>
public static class TestHome
{
    private const int Quit = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Lazy<string> Home = new(Create);
    private static FileClaim? claim;
    private static int count;

    /// <summary>A fresh path for a data directory that is removed at the end of the process.</summary>
    public static string NewDataDirectory(string name)
        => Path.Combine(Home.Value, $"{name}-{Interlocked.Increment(ref count)}");

    private static string Root => Path.Combine(StandardPlaces.Clusters, "tests");

    private static string Create()
    {
        FileOwner.CreateDirectory(Root);
        // The claims file of a home stands beside it, so that a home can be deleted while its claim is held.
        foreach (var home in Directory.EnumerateDirectories(Root))
        {
            using var dead = FileClaim.TryTake(home + ".owner");
            if (dead is not null)
            {
                Clear(home);
            }
        }

        var mine = Path.Combine(Root, Guid.NewGuid().ToString("n")[..12]);
        claim = FileClaim.TryTake(mine + ".owner");
        FileOwner.CreateDirectory(mine);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Clear(mine);
            claim?.Dispose();
        };
        return mine;
    }

    private static void Clear(string home)
    {
        if (!Directory.Exists(home))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(home, "postmaster.pid", SearchOption.AllDirectories))
        {
            End(Path.GetDirectoryName(file)!);
        }

        Directory.Delete(home, recursive: true);
        File.Delete(home + ".owner");
    }

    // SIGQUIT lets the server clear its shared memory away; SIGKILL is for what does not listen.
    private static void End(string dataDirectory)
    {
        var processes = ClusterProcesses.Of(dataDirectory);
        var postmaster = PostmasterFile.Read(Path.Combine(dataDirectory, "postmaster.pid"));
        if (postmaster is not null && processes.Contains(postmaster.ProcessId))
        {
            foreach (var process in processes)
            {
                _ = Libc.Signal(process, PosixSignal.Continue);
            }

            _ = Libc.Signal(postmaster.ProcessId, Quit);
            WaitForEnd(postmaster.ProcessId);
        }

        foreach (var process in ClusterProcesses.Of(dataDirectory))
        {
            _ = Libc.Signal(process, PosixSignal.Kill);
            WaitForEnd(process);
        }
    }

    private static void WaitForEnd(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            running.WaitForExit(Patience);
        }
        catch (ArgumentException)
        {
            // Gone already.
            return;
        }
    }
}
