using System.IO.Compression;
using System.Text.Json;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Admin.Data.History;

/// <inheritdoc cref="IHistory" />
internal sealed class HistoryStore(StoreConnections connections, HistorySchema schema, HistoryReader reader) : IHistory
{
    /// <summary>Most moments of a range that are listed.</summary>
    private const int MostMoments = 20_000;

    public Task<IReadOnlyList<HistoryTotal>> TotalsAsync(HistoryKind kind, Guid environment, TimeRange range, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.TotalsAsync(kind, environment, range, cancellationToken));

    public Task<HistoryChanges> ChangesAsync(HistoryKind kind, string column, Guid environment, TimeRange range, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.ChangesAsync(kind, column, environment, range, cancellationToken));

    public async Task<IReadOnlyList<HistoryPoint>> SeriesAsync(
        HistoryKind kind, Guid environment, string subject, TimeRange range, int points, CancellationToken cancellationToken = default) =>
        (await SeriesAsync(kind, environment, [subject], range, points, cancellationToken)).GetValueOrDefault(subject) ?? [];

    public Task<IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>>> SeriesAsync(
        HistoryKind kind, Guid environment, IReadOnlyCollection<string> subjects, TimeRange range, int points, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.SeriesAsync(kind, environment, subjects, range, points, cancellationToken));

    public Task<IReadOnlyList<HistoryEvent>> EventsAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            await using var command = Ranged("SELECT at, kind, words FROM history.events WHERE environment = $1 AND at >= $2 AND at < $3 ORDER BY at LIMIT 1000", environment, range);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            List<HistoryEvent> events = [];
            while (await rows.ReadAsync(cancellationToken))
            {
                events.Add(new HistoryEvent(rows.GetFieldValue<DateTimeOffset>(0), rows.GetString(1), rows.GetString(2)));
            }

            return (IReadOnlyList<HistoryEvent>)events;
        });

    public Task AddEventAsync(Guid environment, HistoryEvent happened, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            await schema.EnsureDayAsync(happened.At, cancellationToken);
            await using var command = connections.Runtime.CreateCommand(
                "INSERT INTO history.events (at, environment, kind, words) VALUES (date_trunc('second', $1), $2, $3, $4) ON CONFLICT DO NOTHING");
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = happened.At.UtcDateTime });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = happened.Kind });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = happened.Words });
            return await command.ExecuteNonQueryAsync(cancellationToken);
        });

    public Task<IReadOnlyList<LockMoment>> LockMomentsAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            await using var command = Ranged(
                $"SELECT at, blocked, longest FROM history.locks WHERE environment = $1 AND at >= $2 AND at < $3 ORDER BY at DESC LIMIT {MostMoments}", environment, range);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            List<LockMoment> moments = [];
            while (await rows.ReadAsync(cancellationToken))
            {
                moments.Add(new LockMoment(
                    rows.GetFieldValue<DateTimeOffset>(0), rows.GetInt32(1), rows.IsDBNull(2) ? null : TimeSpan.FromSeconds(rows.GetFloat(2))));
            }

            moments.Reverse();
            return (IReadOnlyList<LockMoment>)moments;
        });

    public Task<LockForest?> LockTreeAsync(Guid environment, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            await using var command = connections.Runtime.CreateCommand("SELECT tree FROM history.locks WHERE environment = $1 AND at = $2 LIMIT 1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
            return await command.ExecuteScalarAsync(cancellationToken) is byte[] tree ? Unpack(tree) : null;
        });

    /// <summary>Keeps a tree of one moment. Query text in it is masked already: the watched server's readers do that.</summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public Task KeepLocksAsync(Guid environment, DateTimeOffset at, LockForest tree, TimeSpan? longest, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            await schema.EnsureDayAsync(at, cancellationToken);
            await using var command = connections.Runtime.CreateCommand("INSERT INTO history.locks (at, environment, blocked, longest, tree) VALUES ($1, $2, $3, $4, $5)");
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tree.BlockedCount });
            command.Parameters.Add(new NpgsqlParameter<float?> { TypedValue = (float?)longest?.TotalSeconds });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Pack(tree) });
            return await command.ExecuteNonQueryAsync(cancellationToken);
        });

    /// <summary>Puts what writing threw into words.</summary>
    public string Explain(Exception fault) => fault is StoreUnavailableException ? fault.Message : connections.Explain(fault);

    private NpgsqlCommand Ranged(string sql, Guid environment, TimeRange range)
    {
        var command = connections.Runtime.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = environment });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = range.From.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = range.To.UtcDateTime });
        return command;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault) && fault is not StoreUnavailableException)
        {
            throw new StoreUnavailableException(connections.Explain(fault), fault);
        }
    }

    private static byte[] Pack(LockForest tree)
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(packed, tree);
        }

        return bytes.ToArray();
    }

    private static LockForest? Unpack(byte[] tree)
    {
        using var packed = new BrotliStream(new MemoryStream(tree), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<LockForest>(packed);
    }
}
