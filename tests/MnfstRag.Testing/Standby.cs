using System.Diagnostics;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Embedded.Clusters;
using Npgsql;

namespace MnfstRag.Testing;

/// <summary>A real standby: a cold copy of a private server's data directory with <c>standby.signal</c>, streaming from its primary.</summary>
public static class Standby
{
    /// <summary>Starts a standby and waits until it has replayed all. Its primary is stopped for a moment to be copied. Dispose the standby first.</summary>
    /// <param name="primary">A server of <see cref="PostgresServer.StartOwnAsync"/>.</param>
    /// <param name="name">The name that it gives its primary (application_name).</param>
    public static async Task<PostgresServer> StartAsync(PostgresServer primary, string name = "the-standby")
    {
        await primary.StopAsync(StopMode.Fast);
        var directory = TestHome.NewDataDirectory("standby");
        await CopyAsync(primary.DataDirectory, directory);
        await CopyAsync($"{primary.DataDirectory}.password", $"{directory}.password");
        await CopyAsync(Path.Combine(directory, "PG_VERSION"), Path.Combine(directory, "standby.signal"));
        await primary.RestartAsync();
        var source = new NpgsqlConnectionStringBuilder(primary.ConnectionString());
        var standby = await PostgresServer.StartOnAsync(primary.Major, directory, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["wal_receiver_status_interval"] = "1s",
            ["primary_conninfo"] = $"host=127.0.0.1 port={source.Port} user={source.Username} password={source.Password} application_name={name}",
        });
        await CatchUpAsync(primary);
        return standby;
    }

    /// <summary>What a switchover leaves behind: a private server that was a primary is a standby from now on, whose primary is elsewhere. <c>pg_promote()</c> takes it back.</summary>
    public static async Task TurnAsync(PostgresServer server)
    {
        await server.StopAsync(StopMode.Fast);
        await CopyAsync(Path.Combine(server.DataDirectory, "PG_VERSION"), Path.Combine(server.DataDirectory, "standby.signal"));
        await server.RestartAsync();
    }

    /// <summary>Waits until the one standby of <paramref name="primary"/> has replayed everything written so far.</summary>
    public static Task CatchUpAsync(PostgresServer primary) =>
        primary.UntilAsync("SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn >= pg_current_wal_lsn()");

    // cp keeps the owner: the server's account, which is not ours when we are root.
    private static async Task CopyAsync(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", from, to]);
        await copy.WaitForExitAsync();
        if (copy.ExitCode != 0)
        {
            throw new IOException($"{from} could not be copied.");
        }
    }
}
