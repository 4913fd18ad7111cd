using System.Collections.Concurrent;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using Npgsql;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>
/// Rows of tenants, by environment: one transaction of one tenant for each operation, with the fence credential and no other. Singleton. Whoever
/// asks has made sure that the caller may see that tenant; the database makes sure that they see no other.
/// </summary>
/// <param name="environments">Where the credentials are.</param>
/// <param name="targets">Says where may be written.</param>
/// <param name="connections">Most connections at once to one environment.</param>
public sealed class TenantDatabases(IEnvironmentStore environments, IWriteTargets targets, int connections = 8) : IAsyncDisposable
{
    // A credential that names several hosts is written with at the primary alone, and read with wherever it leads.
    private readonly ConcurrentDictionary<(Guid Environment, bool Primary), TenantDatabase> _open = new();

    /// <summary>Reads in one transaction.</summary>
    /// <exception cref="TenantUnavailableException">The server cannot be asked, refused, or took too long.</exception>
    public Task<T> ReadAsync<T>(Guid environment, Guid tenant, Func<TenantContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        RunAsync(environment, tenant, writes: false, (work, token) => read(work.Context, token), cancellationToken);

    /// <summary>Writes in one transaction, which is committed when <paramref name="write"/> returns.</summary>
    /// <exception cref="TenantUnavailableException">As above; nothing was written, or it says that this is not known.</exception>
    public Task<T> WriteAsync<T>(Guid environment, Guid tenant, Func<TenantContext, NpgsqlConnection, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        RunAsync(
            environment,
            tenant,
            writes: true,
            async (work, token) =>
            {
                var answer = await write(work.Context, work.Transaction.Connection, token);
                try
                {
                    await work.Transaction.CommitAsync(CancellationToken.None);
                }
                catch (Exception lost) when (lost is NpgsqlException and not PostgresException or IOException)
                {
                    throw new TenantUnavailableException("Whether it was written is not known: the connection was lost while it was being committed. Look at the rows before trying again.", slow: false, lost);
                }

                return answer;
            },
            cancellationToken);

    /// <summary>Why nothing may be written now, in words; null when nothing is known to stand against it.</summary>
    public async Task<string?> WriteRefusalAsync(Guid environment, CancellationToken cancellationToken)
    {
        try
        {
            await targets.TowardAsync(environment, await UrlAsync(environment, cancellationToken), cancellationToken);
            return null;
        }
        catch (TenantUnavailableException refused)
        {
            return refused.Message;
        }
    }

    private async Task<T> RunAsync<T>(Guid environment, Guid tenant, bool writes, Func<TenantWork, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        var database = await DatabaseAsync(environment, writes, cancellationToken);
        try
        {
            await using var work = await database.BeginAsync(tenant, writes, cancellationToken);
            return await run(work, cancellationToken);
        }
        catch (Exception fault) when (Refusal(fault) is { } answer)
        {
            throw Explain(answer, database.Url);
        }
    }

    private async Task<DatabaseUrl> UrlAsync(Guid environment, CancellationToken cancellationToken) =>
        DatabaseUrl.Parse(await environments.CredentialAsync(environment, CredentialKind.Fence, cancellationToken)).Url is { IsMonitorable: true } url
            ? url
            : throw new TenantUnavailableException("This environment has no fence credential that could be used. An administrator sets it and applies the fence.", slow: false, null);

    private async Task<TenantDatabase> DatabaseAsync(Guid environment, bool writes, CancellationToken cancellationToken)
    {
        var named = await UrlAsync(environment, cancellationToken);
        var primary = writes ? await targets.TowardAsync(environment, named, cancellationToken) : named;
        var url = named.Hosts.Count > 1 ? primary : named;
        var (key, text) = ((environment, Primary: url != named), url.ToText());
        while (true)
        {
            var known = _open.GetOrAdd(key, _ => new TenantDatabase(text, url, connections));
            if (known.Text == text)
            {
                return known;
            }

            // Changed: who still uses the old one finishes, then its connections close.
            if (_open.TryRemove(KeyValuePair.Create(key, known)))
            {
                await known.DisposeAsync();
            }
        }
    }

    /// <summary>What a fault of the server or the way to it says, also where EF Core has wrapped it; null for others.</summary>
    internal static Exception? Refusal(Exception fault) => fault switch
    {
        TenantUnavailableException => null,
        NpgsqlException or IOException or TimeoutException => fault,
        InvalidOperationException { InnerException: { } inner } => Refusal(inner),
        _ => null,
    };

    internal static TenantUnavailableException Explain(Exception fault, DatabaseUrl url) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => new("The server took longer than the time that a question may take, and was stopped. Ask for less: choose a filter or a shorter time.", slow: true, fault),
        PostgresException { SqlState: PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable } =>
            new("The fence of this environment is older than the dashboard, or gone. An administrator reviews and applies its script again.", slow: false, fault),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } answer => new($"The server refuses this to the fence's role (42501): {answer.MessageText}. An administrator looks how the fence stands.", slow: false, fault),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } answer => new($"Somebody else holds a lock on these rows ({answer.SqlState}). Nothing was changed; try again in a moment.", slow: false, fault),
        // A standby refuses SET TRANSACTION READ WRITE, with which every write begins, as something that it has no means for.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.FeatureNotSupported } =>
            new("This server is a standby, or read-only: it can be read and not written (25006). Nothing was changed. An administrator points the fence credential at the primary.", slow: false, fault),
        PostgresException { SqlState: PostgresErrorCodes.CheckViolation } answer => new($"A rule of the product's table refuses it ({answer.ConstraintName}). Nothing was written.", slow: false, fault),
        NpgsqlException { InnerException: TimeoutException } busy when busy.Message.Contains("pool has been exhausted", StringComparison.Ordinal) =>
            new("Too many people ask for tenants of this environment at once: all connections for it are in use. Try again in a moment.", slow: false, fault),
        _ => new(ConnectionFault.From(fault, url).Words, slow: false, fault),
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var one in _open.Values)
        {
            await one.DisposeAsync();
        }
    }
}
