using System.Globalization;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Benchmarks.Peers;

/// <summary>pg_activity of Debian in as many pseudo-terminals as asked for, refreshing every second.</summary>
internal sealed class PgActivity : IPeer
{
    private const string Program = "/usr/bin/pg_activity";
    private const string Terminal = "/usr/bin/script";

    private readonly List<ChildProcess> _terminals = [];

    private PgActivity()
    {
    }

    /// <summary>Why it cannot run; null when it can.</summary>
    public static string? Missing => !File.Exists(Program) ? $"{Program} is not installed" : !File.Exists(Terminal) ? $"{Terminal} is not installed" : null;

    public TimeSpan Cpu => TimeSpan.FromTicks(_terminals.Sum(terminal => terminal.CpuOfAll.Ticks));

    public static PgActivity Start(WatchedServer server, TestRole role, int terminals)
    {
        var peer = new PgActivity();
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        // 'script' gives it a terminal to draw on.
        var command = $"stty cols 160 rows 50; exec {Program} -h 127.0.0.1 -p {port} -U {role.Name} -d watched --refresh 1 --no-db-size";
        for (var number = 0; number < terminals; number++)
        {
            peer._terminals.Add(ChildProcess.Start(
                Terminal,
                ["-qfec", command, "/dev/null"],
                new Dictionary<string, string>(StringComparer.Ordinal) { ["PGPASSWORD"] = role.Password, ["TERM"] = "xterm-256color" }));
        }

        return peer;
    }

    /// <summary>What one of them last drew or said, when it has ended.</summary>
    public string? Fault => _terminals.FirstOrDefault(terminal => terminal.HasExited)?.Output;

    public async ValueTask DisposeAsync()
    {
        foreach (var terminal in _terminals)
        {
            await terminal.DisposeAsync();
        }
    }
}
