using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>Runs a reviewed <see cref="FenceScript"/> with the maintain credential, in one transaction: all of it or nothing.</summary>
public sealed class FenceInstaller(DatabaseUrl url, TimeProvider time)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    /// <summary>Applies it. Faults are results; whether it was done is null when the connection was lost while it was being committed.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled before the last step: nothing was changed.</exception>
    public async Task<FenceApplied> ApplyAsync(FenceScript script, CancellationToken cancellationToken)
    {
        if (!url.IsMonitorable)
        {
            return Refused("The address is sqlite's: nothing there can be fenced.");
        }

        var settings = url.ToConnectionStringBuilder();
        settings.Pooling = false;
        settings.ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} fence";
        settings.Timeout = 3;
        settings.CommandTimeout = (int)Budget.TotalSeconds / 2;
        await using var source = WatchSettings.Build(settings, "fence");
        await using var connection = source.CreateConnection();
        using var limit = new CancellationTokenSource(Budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var notices = new List<string>();
        var why = "";
        try
        {
            await connection.OpenAsync(both.Token);
            connection.Notice += (_, notice) => notices.Add(notice.Notice.MessageText);
            await using var transaction = await connection.BeginTransactionAsync(both.Token);
            foreach (var step in script.Steps)
            {
                why = step.Why;
                await using var command = new NpgsqlCommand(step.Sql, connection, transaction);
                await command.ExecuteNonQueryAsync(both.Token);
            }

            try
            {
                await transaction.CommitAsync(CancellationToken.None);
            }
            catch (Exception exception) when (exception is NpgsqlException and not PostgresException or IOException)
            {
                return new FenceApplied(null, $"Whether it was applied is not known: the connection was lost while it was being committed. {ConnectionFault.From(exception, url).Words} Look how the fence stands.", notices);
            }

            return new FenceApplied(true, $"{script.Title}: done.", notices);
        }
        catch (PostgresException answer)
        {
            return Refused(Words(answer, why));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused(ConnectionFault.From(exception, url).Words);
        }
    }

    private static FenceApplied Refused(string words) => new(false, $"Nothing was changed. {words}", []);

    private string Words(PostgresException answer, string why) => answer.SqlState switch
    {
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => $"Somebody holds a lock on one of the product's tables ({answer.SqlState}). See who blocks on Connections, and apply it again.",
        PostgresErrorCodes.InsufficientPrivilege => $"The role may not do this (42501): \"{why}\" {answer.MessageText}. It must own the product's tables, and have CREATEROLE and CREATE on the database.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The server is a standby, or read-only, and takes no writes (25006). Point the maintain credential at the primary; after a failover that is another host.",
        PostgresErrorCodes.RaiseException => answer.MessageText,
        PostgresErrorCodes.DependentObjectsStillExist => $"Something that is not the fence's is built on it, and would go with it: {answer.Detail}",
        _ when why.Length == 0 => ConnectionFault.From(answer, url).Words,
        _ => $"The server refused this ({answer.SqlState}): \"{why}\" {answer.MessageText}.",
    };
}
