using Npgsql;

namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>Sessions to be seen: one that is idle in a transaction and holds a lock, one that waits for it, and the watching role's own; and the one that asks.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly NpgsqlConnection _holder;
    private readonly NpgsqlConnection _waiter;
    private readonly NpgsqlConnection _own;
    private readonly Task _waiting;

    private Scene(NpgsqlConnection asker, NpgsqlConnection holder, NpgsqlConnection waiter, NpgsqlConnection own, Task waiting) =>
        (Asker, _holder, _waiter, _own, _waiting) = (asker, holder, waiter, own, waiting);

    /// <summary>As the watching role, without a search path: names in its answers are qualified.</summary>
    public NpgsqlConnection Asker { get; }

    public static async Task<Scene> SetAsync(ReplicatedServer server, WatchingWay way, MnfstRag.Testing.TestRole? role)
    {
        var asker = await server.OpenAsync(way, "asker", role);
        await asker.RunAsync("SET search_path = ''");
        var holder = await server.OpenAsync(way, CatalogFigures.Marker + "holder");
        var waiter = await server.OpenAsync(way, CatalogFigures.Marker + "waiter");
        var own = await server.OpenAsync(way, CatalogFigures.Marker + "own", role);

        // Advisory locks are the ones that a standby's sessions can wait for.
        await holder.RunAsync("BEGIN; SELECT pg_advisory_xact_lock(4711)");
        var waiting = waiter.RunAsync("SELECT pg_advisory_xact_lock(4711)");
        await server.At(way).UntilAsync($"SELECT count(*) = 1 FROM pg_stat_activity WHERE application_name = '{CatalogFigures.Marker}waiter' AND wait_event_type = 'Lock'");
        return new Scene(asker, holder, waiter, own, waiting);
    }

    public async ValueTask DisposeAsync()
    {
        await _holder.DisposeAsync();
        await _waiting;
        await _waiter.DisposeAsync();
        await _own.DisposeAsync();
        await Asker.DisposeAsync();
    }
}
