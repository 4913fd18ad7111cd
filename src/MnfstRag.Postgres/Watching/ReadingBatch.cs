using System.Data;
using System.Net.Sockets;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Runs readers in one round trip and one implicit transaction, so that all see the server at one moment and a transaction
/// pooler cannot tear them apart. There are no error barriers in it: after an error Npgsql (10.0.3) discards the results that
/// follow with or without them, so the server would do work that nobody reads. Instead the readers behind a failed one are sent
/// again at once, and a failed one goes last from then on (<see cref="ReaderRests"/>). A second round trip is made for a reader
/// whose <see cref="IReader.Prior"/> could not spare it: for locks, while somebody waits. A heavy one has a round trip of its own behind
/// all others: the server hands out what fits into its buffer only when a round trip ends, and nobody is to wait for their figures.
/// </summary>
internal sealed class ReadingBatch(PhysicalConnection physical, ServerReaderOptions options, ReaderRests rests, ReadingCollector collector)
{
    public async Task RunAsync(IEnumerable<IReader> readers, Capabilities server, CancellationToken cancellationToken)
    {
        var due = Due(readers, server);
        await RunAllAsync(due.FindAll(reader => !reader.IsHeavy && !due.Contains(reader.Prior!)), server, cancellationToken);
        await RunAllAsync(due.FindAll(reader => !reader.IsHeavy && due.Contains(reader.Prior!) && !Follows(reader)), server, cancellationToken);
        collector.HeavyBegins();
        await RunAllAsync(due.FindAll(reader => reader.IsHeavy), server, cancellationToken);
    }

    private async Task RunAllAsync(List<IReader> pending, Capabilities server, CancellationToken cancellationToken)
    {
        while (pending.Count > 0)
        {
            var failed = await RunOnceAsync(pending, server, cancellationToken);
            pending.RemoveRange(0, failed is null ? pending.Count : pending.IndexOf(failed) + 1);
        }
    }

    /// <summary>The reader's value follows from what its prior brought, and needs no statement.</summary>
    private bool Follows(IReader reader)
    {
        if (collector.Value(reader.Prior!) is not { } prior || reader.FromPrior(prior) is not { } value)
        {
            return false;
        }

        collector.Add(reader, value);
        return true;
    }

    private List<IReader> Due(IEnumerable<IReader> readers, Capabilities server)
    {
        var due = new List<IReader>();
        foreach (var reader in readers)
        {
            if (server.VersionNumber > 0 && server.Major < reader.MinimumMajor)
            {
                collector.Fail(reader, ReaderFaultWords.TooOld(reader, server.Major));
            }
            else if (rests.WordsWhileResting(reader) is { } words)
            {
                collector.Fail(reader, words);
            }
            else
            {
                due.Add(reader);
            }
        }

        return [.. due.OrderBy(rests.IsSuspect).ThenBy(reader => reader.IsHeavy)];
    }

    /// <summary>The reader whose statement the server refused; null when all were read.</summary>
    private async Task<IReader?> RunOnceAsync(List<IReader> readers, Capabilities server, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(physical.Connection);
        if (physical.TransactionSettings is { } settings)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(settings));
        }

        var heavy = readers.Find(reader => reader.IsHeavy);
        foreach (var reader in readers)
        {
            if (reader == heavy)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(WatchSettings.TransactionLimit(options.HeavyTimeout)));
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand(OwnStatements.Mark(reader.Sql(server), reader.Name)));
        }

        IReader? current = null;
        try
        {
            await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
            if (physical.TransactionSettings is not null)
            {
                await rows.ReadAsync(cancellationToken);
                physical.Serves(rows.GetInt32(0));
                current = readers[0];
                await rows.NextResultAsync(cancellationToken);
            }

            foreach (var reader in readers)
            {
                current = reader;
                if (reader != readers[0])
                {
                    await rows.NextResultAsync(cancellationToken);
                }

                if (reader == heavy)
                {
                    await rows.NextResultAsync(cancellationToken);
                }

                await ReadOneAsync(reader, rows, server, cancellationToken);
            }

            return null;
        }
        catch (PostgresException answer) when (!IsFatal(answer) && (current is not null || physical.TransactionSettings is null))
        {
            current ??= readers[0];
            var open = physical.Connection.State == ConnectionState.Open;
            if (open || !collector.MayTryAgain(current))
            {
                Fail(current, ReaderFaultWords.Explain(answer, current.IsHeavy ? options.HeavyTimeout : options.StatementLimit));
            }

            return open ? current : throw new ReaderEndedSessionException(current.Name, answer);
        }
    }

    private async Task ReadOneAsync(IReader reader, NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        try
        {
            collector.Add(reader, await reader.ReadRowsAsync(rows, server, cancellationToken));
            rests.Succeeded(reader);
        }
        catch (Exception exception) when (exception is not (NpgsqlException or IOException or SocketException or OperationCanceledException or ObjectDisposedException))
        {
            Fail(reader, ReaderFaultWords.Explain(exception));
        }
    }

    private void Fail(IReader reader, string words)
    {
        rests.Failed(reader, words);
        collector.Fail(reader, words);
    }

    /// <summary>The session is over: class 57P (shutdown, crash, terminated), or a severity that ends it.</summary>
    private static bool IsFatal(PostgresException answer) =>
        answer.SqlState.StartsWith("57P", StringComparison.Ordinal) || answer.InvariantSeverity is "FATAL" or "PANIC";
}
