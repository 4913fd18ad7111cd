using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Asks the sign-in function for the users with one e-mail address, with the sign-in credential. Reads only; behind a pooler too. One for a
/// database; disposed with it.
/// </summary>
public sealed class ProductAccounts : IAsyncDisposable
{
    private const int Connections = 3;

    private static readonly ServerReaderOptions Options = FenceInspector.Options with
    {
        ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} sign-in",
        StatementTimeout = TimeSpan.FromSeconds(3),
        Budget = TimeSpan.FromSeconds(6),
    };

    private readonly DatabaseUrl _url;
    private readonly NpgsqlDataSource _source;
    private readonly string _statement;
    private readonly TimeProvider _time;

    /// <param name="url">The sign-in credential's address.</param>
    /// <param name="time">Clock.</param>
    public ProductAccounts(DatabaseUrl url, TimeProvider time)
    {
        (_url, _time) = (url, time);
        _source = WatchSettings.Source(url, Options, pooled: true, Connections);
        _statement = $"SELECT /* mnfst-admin:sign-in */ a.id, a.tenant, a.role, a.hash FROM {SignInScript.Names(url.User ?? "nobody").Of(SignInScript.Function)}($1) AS a";
    }

    /// <summary>At most six, those who administer first.</summary>
    /// <exception cref="ProductUnavailableException">The server did not answer, or has no such function for this role.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<IReadOnlyList<ProductAccount>> FindAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(address, cancellationToken).WaitAsync(Options.Budget, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            throw new ProductUnavailableException(ConnectionFault.From(exception, _url).Words, exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<IReadOnlyList<ProductAccount>> ReadAsync(string address, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(WatchSettings.TransactionSettings(Options)),
                new(_statement) { Parameters = { new() { Value = address } } },
            },
        };
        var found = new List<ProductAccount>();
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new ProductAccount(rows.GetGuid(0), rows.IsDBNull(1) ? null : rows.GetGuid(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetString(3)));
        }

        return found;
    }
}
