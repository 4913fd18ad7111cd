using System.Diagnostics;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Testing;

/// <summary>
/// The directory of this test process, with all its clusters. When the process ends, however it ends, a small shell script ends its servers
/// and deletes the directory; what even that left behind is cleared by the next test process.
/// </summary>
public static class TestHome
{
    private static readonly Lazy<string> Home = new(Create);
    private static FileClaim? claim;
    private static Process? guard;
    private static int count;

    private static string Root => Path.Combine(StandardPlaces.Clusters, "tests");

    /// <summary>A fresh path for a data directory that is removed at the end of the process.</summary>
    public static string NewDataDirectory(string name)
        => Path.Combine(Home.Value, $"{name}-{Interlocked.Increment(ref count)}");

    private static string Create()
    {
        FileOwner.CreateDirectory(Root);
        foreach (var home in Directory.EnumerateDirectories(Root))
        {
            // The claim's file stands beside the home, so that the home can be deleted while the claim is held.
            using var dead = FileClaim.TryTake(home + ".owner");
            if (dead is not null)
            {
                using var clearing = StartClearing(home);
                clearing.StandardInput.Close();
                clearing.WaitForExit();
            }
        }

        var mine = Path.Combine(Root, Guid.NewGuid().ToString("n")[..12]);
        claim = FileClaim.TryTake(mine + ".owner");
        FileOwner.CreateDirectory(mine);
        guard = StartClearing(mine, aside: OperatingSystem.IsLinux());
        return mine;
    }

    // 'aside' leaves the process tree of the test process, which test runners end as a whole.
    private static Process StartClearing(string home, bool aside = false)
    {
        using var stream = typeof(TestHome).Assembly.GetManifestResourceStream("clear-home.sh")!;
        using var reader = new StreamReader(stream);
        string[] command = ["sh", "-c", reader.ReadToEnd(), "clear-home", home];
        var start = aside ? new ProcessStartInfo("setsid", ["--fork", .. command]) : new ProcessStartInfo(command[0], command[1..]);
        start.RedirectStandardInput = true;
        return Process.Start(start) ?? throw new InvalidOperationException("No shell could be started.");
    }
}
