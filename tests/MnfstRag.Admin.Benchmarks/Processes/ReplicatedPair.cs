using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>A primary that is reached through a proxy, and its streaming standby.</summary>
internal sealed class ReplicatedPair : IAsyncDisposable
{
    private ReplicatedPair(PostgresServer primary, PostgresServer standby) => (Primary, Standby, Line) = (primary, standby, new FaultProxy(primary.Port));

    public PostgresServer Primary { get; }

    public PostgresServer Standby { get; }

    /// <summary>The way to the primary.</summary>
    public FaultProxy Line { get; }

    public static async Task<ReplicatedPair> StartAsync(string sql)
    {
        var primary = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await primary.ExecuteAsync(sql);
        return new ReplicatedPair(primary, await MnfstRag.Testing.Standby.StartAsync(primary));
    }

    /// <summary>Both hosts as Npgsql has them, as the superuser.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Primary.ConnectionString()) { Host = $"127.0.0.1:{Line.Port},127.0.0.1:{Standby.Port}" }.ConnectionString;

    /// <summary>The primary dies, or the line to it falls silent.</summary>
    public Task LoseAsync(bool silently)
    {
        if (silently)
        {
            Line.Swallow();
            return Task.CompletedTask;
        }

        return Primary.KillPostmasterAsync();
    }

    /// <summary>When the standby first has a session of that name: asked every few milliseconds.</summary>
    public async Task WhenServesAsync(string application, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Standby.ConnectionString()) { Pooling = false, ApplicationName = "looks" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{application}'", connection);
        while ((long)(await command.ExecuteScalarAsync(cancellationToken))! == 0)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
