using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Looks over all tenants through the functions that the fence has for it, with the watch credential: names of tenants, counts, states and
/// identities. Each question is one statement in a read-only transaction with limits of its own. One for a database; disposed with it.
/// </summary>
public sealed class TenantOversight : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly ServerReaderOptions _options;
    private readonly FenceNames _names;

    /// <param name="url">The watch credential's address.</param>
    /// <param name="names">What the fence's schema is called.</param>
    /// <param name="statementTimeout">The server stops a statement after this time; 10 s unless told.</param>
    public TenantOversight(DatabaseUrl url, FenceNames names, TimeSpan? statementTimeout = null)
    {
        var limit = statementTimeout ?? TimeSpan.FromSeconds(10);
        _names = names;
        _options = FenceInspector.Options with { ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} oversight", StatementTimeout = limit, Budget = limit * 2 };
        _source = WatchSettings.Source(url, _options, pooled: true, connections: 3);
    }

    /// <summary>Kinds of oddities (<see cref="OddityAsync"/>), in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Kinds => FenceOversight.Kinds;

    /// <summary>Users, documents and sessions of a tenant are counted exactly up to this.</summary>
    public static int Exactly => FenceOversight.Exactly;

    /// <summary>Failed and waiting documents of a tenant are counted exactly up to this.</summary>
    public static int Few => FenceOversight.Few;

    /// <summary>Tenants by name, at most 500, from beyond <paramref name="after"/>; one when <paramref name="find"/> is an id.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or the fence has no such functions for this role (42501, 42883, 3F000).</exception>
    public Task<IReadOnlyList<TenantName>> TenantsAsync(string? find, TenantName? after, int atMost, CancellationToken cancellationToken) => AskAsync(
        $"SELECT /* mnfst-admin:oversight */ t.id, t.name, t.slug, t.created_at FROM {_names.Of("oversee_tenants")}($1, $2, $3, $4) AS t",
        [Text(find), Text(after?.Name), new() { Value = (object?)after?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, new() { Value = atMost }],
        rows => new TenantName(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3)),
        cancellationToken);

    /// <summary>What these tenants have; at most 200 of them.</summary>
    /// <exception cref="NpgsqlException">As above; 57014 where counting took too long.</exception>
    public Task<IReadOnlyList<TenantCounts>> CountsAsync(IReadOnlyList<Guid> tenants, CancellationToken cancellationToken) => AskAsync(
        $"SELECT /* mnfst-admin:oversight */ c.id, c.users, c.documents, c.failed, c.waiting, c.sessions FROM {_names.Of("oversee_counts")}($1) AS c",
        [new() { Value = tenants.ToArray() }],
        rows => new TenantCounts(rows.GetGuid(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5)),
        cancellationToken);

    /// <summary>What is odd in one way: how many, and the newest by their identities.</summary>
    /// <exception cref="NpgsqlException">As above; 57014 where looking took too long.</exception>
    public async Task<Oddity> OddityAsync(string kind, int atMost, CancellationToken cancellationToken)
    {
        var total = 0L;
        var examples = await AskAsync(
            $"SELECT /* mnfst-admin:oversight */ o.total, o.id, o.tenant, o.other, o.since, o.amount FROM {_names.Of("oversee_oddities")}($1, $2) AS o",
            [Text(kind), new() { Value = atMost }],
            rows =>
            {
                total = rows.GetInt64(0);
                return new OddOne(Id(rows, 1), Id(rows, 2), Id(rows, 3), rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4), rows.IsDBNull(5) ? null : rows.GetInt64(5));
            },
            cancellationToken);
        return new Oddity(kind, total, examples);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<IReadOnlyList<T>> AskAsync<T>(string sql, IReadOnlyList<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var settings = new NpgsqlCommand(WatchSettings.TransactionSettings(_options), connection, transaction))
        {
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(OwnStatements.Mark(sql, "oversight"), connection, transaction);
        command.Parameters.AddRange(parameters.ToArray());
        var answers = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            answers.Add(read(rows));
        }

        return answers;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static Guid? Id(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetGuid(column);
}
