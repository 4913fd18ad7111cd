using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// The direct, unpooled session in which steps run: set up for long work, with everything that the server says beside its answers kept.
/// </summary>
internal sealed class MaintenanceLink : IAsyncDisposable
{
    /// <summary>Messages kept of one step.</summary>
    private const int MostNotices = 50;

    private readonly NpgsqlDataSource _source;
    private readonly List<CommandNotice> _notices = [];
    private readonly Lock _gate = new();

    private MaintenanceLink(NpgsqlDataSource source, NpgsqlConnection connection) => (_source, Connection) = (source, connection);

    public NpgsqlConnection Connection { get; }

    /// <summary>The session can be used still.</summary>
    public bool IsOpen => Connection.FullState == System.Data.ConnectionState.Open;

    public required Ground Ground { get; init; }

    /// <summary>The server process that runs our steps.</summary>
    public required int Pid { get; init; }

    public required DateTimeOffset? BackendStart { get; init; }

    /// <summary>A run's session, by which it is found again after a crash.</summary>
    public static string ApplicationName(Guid run) => $"{ServerReaderOptions.ApplicationPrefix} maintenance {run:N}";

    /// <summary>Time limits of questions that are asked beside the steps.</summary>
    public static ServerReaderOptions Questions { get; } = MaintenancePlanner.Options;

    /// <summary>Connects and sets up; or says why it cannot be used.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses.</exception>
    public static async Task<(MaintenanceLink? Link, string? Refusal)> OpenAsync(DatabaseUrl url, string application, RunOptions options, CancellationToken cancellationToken)
    {
        var source = Source(url, application, options.ConnectTimeout);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await source.OpenConnectionAsync(cancellationToken);
            if (await MaintenancePlanner.PoolerAsync(source, connection, cancellationToken) is { } pooler)
            {
                await connection.DisposeAsync();
                await source.DisposeAsync();
                return (null, pooler);
            }

            var ground = await GroundReader.ReadAsync(connection, Questions, cancellationToken);
            await SetUpAsync(connection, ground.Major, options.LockTimeout, cancellationToken);
            await using var command = new NpgsqlCommand("SELECT /* mnfst-admin:maintenance */ a.pid, a.backend_start FROM pg_catalog.pg_stat_activity AS a WHERE a.pid = pg_backend_pid()", connection);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            var link = new MaintenanceLink(source, connection) { Ground = ground, Pid = rows.GetInt32(0), BackendStart = rows.OptionalTime(1) };
            connection.Notice += link.Keep;
            return (link, null);
        }
        catch
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>A source of connections without a pool and without limits on commands.</summary>
    public static NpgsqlDataSource Source(DatabaseUrl url, string application, TimeSpan connectTimeout)
    {
        var settings = url.ToConnectionStringBuilder();
        settings.Pooling = false;
        settings.ApplicationName = application;
        settings.Timeout = Math.Max(1, (int)connectTimeout.TotalSeconds);
        settings.CommandTimeout = 0;
        settings.KeepAlive = 0;
        // Hours may pass without a byte: the kernel asks now and then whether the server is there.
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = 60;
        settings.TcpKeepAliveInterval = 15;
        settings.Enlist = false;
        settings.Multiplexing = false;
        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        settings.MaxAutoPrepare = 0;
        if (settings.Host?.Contains(',') == true)
        {
            settings.TargetSessionAttributes = "primary";
        }

        return WatchSettings.Build(settings, $"maintain {string.Join(',', url.Hosts)}");
    }

    /// <summary>Sends one command by itself, outside any transaction, and returns the first value of its answer.</summary>
    public async Task<object?> SendAsync(string sql)
    {
        lock (_gate)
        {
            _notices.Clear();
        }

        await using var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(CancellationToken.None);
    }

    /// <summary>What the server said beside its answer to the last command.</summary>
    public ImmutableArray<CommandNotice> Notices()
    {
        lock (_gate)
        {
            return [.. _notices];
        }
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Notice -= Keep;
        await Connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static async Task SetUpAsync(NpgsqlConnection connection, int major, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        var settings = SessionSettings.Of(major, lockTimeout).ToList();
        var calls = string.Join(", ", settings.Select((_, at) => FormattableString.Invariant($"set_config(${(at * 2) + 1}, ${(at * 2) + 2}, false)")));
        await using var command = new NpgsqlCommand($"SELECT /* mnfst-admin:maintenance */ {calls}", connection);
        foreach (var (name, value) in settings)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = name });
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Keep(object sender, NpgsqlNoticeEventArgs said)
    {
        lock (_gate)
        {
            if (_notices.Count < MostNotices)
            {
                _notices.Add(new CommandNotice(said.Notice.InvariantSeverity, said.Notice.SqlState, said.Notice.MessageText));
            }
        }
    }
}
