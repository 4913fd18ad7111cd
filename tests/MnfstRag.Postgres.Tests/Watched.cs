using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests;

/// <summary>A fresh database with a reader that watches it as a role of some kind.</summary>
internal sealed class Watched : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _sessions = [];

    private Watched(TestDatabase database, TestRole? role, ServerReaderOptions options)
    {
        Database = database;
        Role = role;
        Url = DatabaseUrl.Parse(database.Server.ConnectionString(database.Name, role)).Url!;
        Reader = new ServerReader(Url, options, TimeProvider.System);
    }

    public TestDatabase Database { get; }

    public TestRole? Role { get; }

    public DatabaseUrl Url { get; }

    public ServerReader Reader { get; }

    public static async Task<Watched> StartAsync(int major, WatchingRole kind = WatchingRole.Superuser) =>
        await StartAsync(await PostgresServers.GetAsync(major), kind);

    public static async Task<Watched> StartAsync(PostgresServer server, WatchingRole kind = WatchingRole.Superuser, ServerReaderOptions? options = null)
    {
        var role = kind switch
        {
            WatchingRole.Superuser => null,
            WatchingRole.Monitor => await server.CreateRoleAsync("pg_monitor"),
            _ => await server.CreateRoleAsync(),
        };

        // Debug builds on a machine that runs other suites are slow; tests of time limits give their own.
        return new Watched(await server.CreateDatabaseAsync(), role, options ?? new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) });
    }

    /// <summary>Reads once and expects it to succeed.</summary>
    public async Task<T> ReadAsync<T>(IReader<T> reader)
        where T : class
    {
        var reading = await Reader.ReadAsync([reader], CancellationToken.None);
        Assert.Null(reading.Fault);
        Assert.Null(reading.Of(reader).Fault);
        return reading.Of(reader).Value!;
    }

    /// <summary>Reads until <paramref name="condition"/> holds; fails with the last reading after ten seconds.</summary>
    public async Task<T> ReadUntilAsync<T>(IReader<T> reader, Func<T, bool> condition)
        where T : class
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await ReadAsync(reader);
            if (condition(value))
            {
                return value;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10), $"It did not come about: {value}");
            await Task.Delay(20);
        }
    }

    /// <summary>A session of an application, outside any pool; closed with this.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string application = "test", TestRole? role = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(Database.Server.ConnectionString(Database.Name, role)) { Pooling = false, ApplicationName = application };
        var session = new NpgsqlConnection(settings.ConnectionString);
        _sessions.Add(session);
        await session.OpenAsync();
        return session;
    }

    /// <summary>A session as the watching role itself, to ask the same questions.</summary>
    public Task<NpgsqlConnection> OpenAsWatcherAsync() => OpenAsync("asker", Role);

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        await EndSessionsAsync();
        foreach (var session in _sessions)
        {
            try
            {
                await session.DisposeAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or ObjectDisposedException)
            {
                // The test ended this session, or stopped the server.
            }
        }
    }

    /// <summary>A failed test leaves sessions that wait for each other: nobody shall wait for them.</summary>
    private async Task EndSessionsAsync()
    {
        try
        {
            await Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
        catch (NpgsqlException)
        {
            // The test stopped the server.
        }
    }
}
