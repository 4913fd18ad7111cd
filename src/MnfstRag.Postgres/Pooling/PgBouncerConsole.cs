using System.Net.Sockets;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Pooling;

/// <summary>
/// PgBouncer's admin console. It speaks the simple query protocol (1.18, Debian 12's, refuses Npgsql's extended one with 08P01), so the few messages
/// that this takes are spoken here: strictly, within a time limit, and with bounds on everything that is received. One connection is
/// kept: it stays inside when max_client_conn lets nobody else in. Not for two callers at once.
/// </summary>
/// <param name="address">The console.</param>
/// <param name="policy">Which addresses may be asked.</param>
/// <param name="limit">Longest time of one reading, connecting included.</param>
/// <param name="time">For the limit and for certificates.</param>
public sealed class PgBouncerConsole(PgBouncerAddress address, ReachPolicy policy, TimeSpan limit, TimeProvider time) : IAsyncDisposable
{
    private const int MostRows = 2_000;
    private const int MostBytes = 1024 * 1024;

    private ConsoleWire? _wire;
    private string? _version;

    /// <summary>Asks everything once. A connection that was lost is opened again.</summary>
    public async Task<Answer<PgBouncerReading>> ReadAsync(CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        try
        {
            var kept = _wire is not null;
            try
            {
                return new(await AskAsync(either.Token), null);
            }
            catch (Exception exception) when (kept && exception is IOException or SocketException)
            {
                await CloseAsync();
                return new(await AskAsync(either.Token), null);
            }
        }
        catch (OutgoingFaultException fault)
        {
            await CloseAsync();
            return new(null, fault.Message);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            await CloseAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return new(null, Words(exception));
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task<PgBouncerReading> AskAsync(CancellationToken cancellationToken)
    {
        var wire = _wire ?? await OpenAsync(cancellationToken);
        return PgBouncerReading.From(
            _version,
            await ShowAsync(wire, "SHOW POOLS", cancellationToken),
            await ShowAsync(wire, "SHOW DATABASES", cancellationToken),
            await ShowAsync(wire, "SHOW CONFIG", cancellationToken),
            await ShowAsync(wire, "SHOW LISTS", cancellationToken),
            await ShowAsync(wire, "SHOW STATS", cancellationToken));
    }

    private async Task<ConsoleWire> OpenAsync(CancellationToken cancellationToken)
    {
        var (socket, refusal) = await GuardedRoute.ConnectAsync(policy, address.Host, cancellationToken);
        if (socket is null)
        {
            throw new OutgoingFaultException($"{refusal} Add it to {ReachSettings.Key} if PgBouncer is meant to be asked.");
        }

        var (stream, verified) = await ConsoleTls.WrapAsync(socket, address, time, cancellationToken);
        _wire = new ConsoleWire(stream);
        await _wire.StartAsync(address.User, PgBouncerAddress.Database, cancellationToken);
        _version = await ConsoleSignIn.RunAsync(_wire, address, verified, cancellationToken);
        return _wire;
    }

    private async Task<ConsoleTable> ShowAsync(ConsoleWire wire, string command, CancellationToken cancellationToken)
    {
        await wire.WriteAsync('Q', command, cancellationToken);
        List<string> columns = [];
        List<IReadOnlyList<string?>> rows = [];
        ConsoleError? error = null;
        var bytes = 0;
        while (true)
        {
            var message = await wire.ReadAsync(cancellationToken);
            switch (message.Type)
            {
                case 'T':
                    columns = ConsoleRows.Columns(message);
                    break;
                case 'D':
                    var row = ConsoleRows.Row(message, columns.Count);
                    bytes += row.Sum(value => value?.Length ?? 0);
                    if (rows.Count == MostRows || bytes > MostBytes)
                    {
                        throw new OutgoingFaultException($"{address.Host} answers {command} with more than {MostRows} rows or 1 MB; the dashboard takes no more.");
                    }

                    rows.Add(row);
                    break;
                case 'E':
                    error = ConsoleErrorWords.Read(message);
                    break;
                case 'Z':
                    return error is null ? new ConsoleTable(columns, rows) : throw new OutgoingFaultException(ConsoleErrorWords.OfQuery(error, command, address));
            }
        }
    }

    private string Words(Exception exception) => exception switch
    {
        OperationCanceledException => $"{address.Host} did not answer within {limit.TotalSeconds:0.#} s. PgBouncer hangs, is overloaded, or a firewall drops the packets.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"Nothing listens at {address.Host}. Start PgBouncer there, or check host and port of the address.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => $"The name in {address.Host} does not resolve. Check its spelling and the name service.",
        _ => $"The connection to {address.Host} was lost: PgBouncer stopped, or something between ended it. It is tried again.",
    };

    private async Task CloseAsync()
    {
        if (_wire is { } wire)
        {
            _wire = null;
            await wire.DisposeAsync();
        }
    }
}
