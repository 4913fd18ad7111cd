using System.Globalization;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>How a connection that only watches is set up.</summary>
internal static class WatchSettings
{
    /// <param name="url">The address.</param>
    /// <param name="options">Time limits.</param>
    /// <param name="pooled">A pooler may stand before the server.</param>
    /// <param name="connections">Most connections that are kept and shared; 0 keeps none.</param>
    public static NpgsqlDataSource Source(DatabaseUrl url, ServerReaderOptions options, bool pooled, int connections = 0)
    {
        var settings = url.ToConnectionStringBuilder();
        settings.Pooling = connections > 0;
        if (connections > 0)
        {
            settings.MaxPoolSize = connections;
            settings.NoResetOnClose = pooled;
        }

        settings.ApplicationName = options.ApplicationName;
        settings.Timeout = Math.Max(1, (int)options.ConnectTimeout.TotalSeconds);
        settings.CommandTimeout = Math.Max(1, (int)Math.Ceiling((options.Budget + options.HeavyTimeout).TotalSeconds));
        settings.CancellationTimeout = -1;
        settings.KeepAlive = 0;
        settings.Enlist = false;
        settings.Multiplexing = false;
        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        settings.MaxAutoPrepare = pooled ? 0 : 50;
        settings.AutoPrepareMinUsages = 2;
        if (!pooled)
        {
            settings.Options = $"{settings.Options} {StartupOptions(options)}".Trim();
        }

        return Build(settings, $"watch {string.Join(',', url.Hosts)}");
    }

    /// <summary>Limits for the transaction that follows, and the pid that serves it.</summary>
    public static string TransactionSettings(ServerReaderOptions options, bool readOnly = true) => $"""
        SELECT /* mnfst-admin:settings */
            pg_catalog.pg_backend_pid(),
            pg_catalog.set_config('search_path', 'pg_catalog', true),
            pg_catalog.set_config('statement_timeout', '{Milliseconds(options.StatementLimit)}', true),
            pg_catalog.set_config('lock_timeout', '{Milliseconds(options.LockTimeout)}', true),
            pg_catalog.set_config('transaction_read_only', '{(readOnly ? "on" : "off")}', true),
            pg_catalog.set_config('jit', 'off', true)
        """;

    /// <summary>The statement that gives those behind it in their transaction another statement_timeout. Returns one row.</summary>
    public static string TransactionLimit(TimeSpan limit) =>
        $"SELECT /* mnfst-admin:connect */ pg_catalog.set_config('statement_timeout', '{Milliseconds(limit)}', true)";

    // search_path: a database's owner could set one in which functions of his own stand before PostgreSQL's, and run them as us.
    // jit: the planner overrates functions over shared memory, and compiling would take seconds of the server's time.
    private static string StartupOptions(ServerReaderOptions options) =>
        $"-c statement_timeout={Milliseconds(options.StatementLimit)} -c lock_timeout={Milliseconds(options.LockTimeout)} -c default_transaction_read_only=on -c jit=off -c search_path=pg_catalog";

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    internal static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings, string name)
    {
        var target = settings.TargetSessionAttributes;
        settings.TargetSessionAttributes = null;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name };
        // Only built-in types are read: no query over pg_type at each connection.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.WithOwnPasswordOnly();
        if (settings.Host?.Contains(',') != true)
        {
            return builder.Build();
        }

        return builder.BuildMultiHost().WithTargetSession(target switch
        {
            "primary" => TargetSessionAttributes.Primary,
            "standby" => TargetSessionAttributes.Standby,
            "prefer-primary" => TargetSessionAttributes.PreferPrimary,
            "prefer-standby" => TargetSessionAttributes.PreferStandby,
            "read-write" => TargetSessionAttributes.ReadWrite,
            "read-only" => TargetSessionAttributes.ReadOnly,
            _ => TargetSessionAttributes.Any,
        });
    }
}
