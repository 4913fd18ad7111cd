using System.Net.Sockets;
using System.Security.Authentication;
using MnfstRag.Postgres.Pooling;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// Puts exceptions into words. Only codes, types and the address's own parts are used: a message from outside may repeat a secret.
/// </summary>
internal sealed class ConnectionFaultWords(DatabaseUrl url)
{
    private string Server => url.Hosts.Count switch
    {
        0 => "the server",
        1 => url.Hosts[0].ToString(),
        _ => string.Join(", ", url.Hosts),
    };

    private string User => url.User is { Length: > 0 } user ? $"user {user}" : "the operating system's user";

    private string Database => url.Database ?? url.User ?? "postgres";

    public ConnectionFault Explain(Exception exception)
    {
        var chain = Chain(exception).ToList();
        if (chain.OfType<PostgresException>().FirstOrDefault() is { } answer)
        {
            return Answered(answer);
        }

        if (chain.OfType<AuthenticationException>().Any())
        {
            return new(ConnectionFaultKind.Tls,
                $"The TLS certificate of {Server} does not verify. Check that sslrootcert names the authority that signed it, that the host name is the certificate's, and that it has not expired.");
        }

        if (chain.OfType<SocketException>().FirstOrDefault() is { } socket && OfSocket(socket.SocketErrorCode) is { } unreachable)
        {
            return unreachable;
        }

        if (chain.OfType<NpgsqlException>().Any(one => one.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal)))
        {
            return new(ConnectionFaultKind.NoSlots, $"Every connection of the dashboard's own pool to {Server} is in use, and none came free in time. Find what holds them on the page of pools, or raise Maximum Pool Size in the connection string.");
        }

        if (chain.Any(one => one is TimeoutException or OperationCanceledException))
        {
            return NoAnswer(null);
        }

        // Npgsql gives these two faults no type of their own.
        if (chain.OfType<NpgsqlException>().Any(one => one.Message.StartsWith("SSL connection requested", StringComparison.Ordinal)))
        {
            return new(ConnectionFaultKind.Tls,
                $"{Server} offers no TLS, and sslmode {url.Parameter("sslmode") ?? url.Parameter("SSL Mode")} demands it. Turn ssl on at the server; for a server on this machine sslmode=prefer will do.");
        }

        if (chain.OfType<NpgsqlException>().Any(one => one.Message.StartsWith("No password has been provided", StringComparison.Ordinal)))
        {
            return new(ConnectionFaultKind.Rejected, $"{Server} wants a password for {User}, and the address has none. Add it: postgresql://user:password@host/database.");
        }

        if (chain.OfType<NpgsqlException>().Any(one => one.Message.StartsWith("Received unknown response", StringComparison.Ordinal) || one.Message.Contains("unknown message code", StringComparison.OrdinalIgnoreCase)))
        {
            return new(ConnectionFaultKind.Other, $"What answers at {Server} does not speak PostgreSQL's protocol. Check host and port: another program listens there, or a proxy stands in the way.");
        }

        return chain.Any(one => one is IOException or SocketException)
            ? Lost(null)
            : new(ConnectionFaultKind.Other, $"Talking with {Server} failed ({exception.GetType().Name}). The log has the details under this time.");
    }

    /// <summary>The server did not answer within <paramref name="limit"/>.</summary>
    public ConnectionFault NoAnswer(TimeSpan? limit) => new(ConnectionFaultKind.NoAnswer,
        $"{Server} did not answer within {(limit is { } time ? $"{time.TotalSeconds:0.#} s" : "the time limit")}. It hangs, is overloaded, or a firewall drops the packets. Check the machine's load and the route to it.");

    private ConnectionFault Lost(string? state) => new(ConnectionFaultKind.Lost,
        $"The connection to {Server} was lost: the session was terminated, or the server stopped or crashed. A new connection is tried at once.", state);

    private ConnectionFault? OfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => new(ConnectionFaultKind.Refused,
            $"Nothing listens at {Server}. Start PostgreSQL there, or check host and port."),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => new(ConnectionFaultKind.NameNotFound, NameWords()),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.AddressFamilyNotSupported => new(ConnectionFaultKind.Refused,
            $"No route leads to {Server}.{(url.Supabase == SupabaseForm.Direct ? " Supabase's direct host has an IPv6 address only: use the session pooler from an IPv4 network." : " Check the network, and whether the address is IPv6 only.")}"),
        SocketError.TimedOut => NoAnswer(null),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Lost(null),
        _ => null,
    };

    private string NameWords() => url.IsMisspeltSupabasePooler
        ? $"The name in {Server} does not exist. Supabase's poolers end in .pooler.supabase.com, not .co."
        : $"The name in {Server} does not resolve. Check the host's spelling and the name service.";

    private ConnectionFault Answered(PostgresException answer) => answer.SqlState switch
    {
        // Poolers have no code of their own for this: the text tells.
        PostgresErrorCodes.ProtocolViolation or "XX000" when PoolIncident.Recognise(answer.MessageText) is { } incident => Fault(ConnectionFaultKind.NoSlots, answer,
            $"{Server} refuses {User} ({answer.SqlState}): {incident.Cause} {incident.Remedy}"),
        PostgresErrorCodes.InvalidPassword => Fault(ConnectionFaultKind.Rejected, answer,
            $"{Server} refused the password for {User} (28P01). Check user and password in the address."),
        PostgresErrorCodes.InvalidAuthorizationSpecification => Fault(ConnectionFaultKind.Rejected, answer,
            $"{Server} does not admit {User} to database {Database} from here (28000). Check that the role exists and may log in, and pg_hba.conf, which may demand TLS."),
        PostgresErrorCodes.InvalidCatalogName => Fault(ConnectionFaultKind.NoDatabase, answer,
            $"There is no database {Database} at {Server} (3D000). Check the database's name in the address."),
        PostgresErrorCodes.TooManyConnections => Fault(ConnectionFaultKind.NoSlots, answer, SlotWords(answer)),
        PostgresErrorCodes.CannotConnectNow => Fault(ConnectionFaultKind.NotReady, answer,
            $"{Server} is starting up, shutting down or recovering (57P03). It is asked again until it is ready."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.IdleSessionTimeout =>
            Lost(answer.SqlState) with { Words = $"{Server} ended our session ({answer.SqlState}): it was terminated, or the server is stopping. A new connection is tried at once." },
        PostgresErrorCodes.ReadOnlySqlTransaction => Fault(ConnectionFaultKind.ReadOnly, answer,
            $"{Server} refuses writes (25006): it is a standby, or its sessions are read-only. Nothing was changed. Point the address at the primary; after a failover that is another host."),
        PostgresErrorCodes.InsufficientPrivilege => Fault(ConnectionFaultKind.Privilege, answer,
            $"{User} lacks a privilege at {Server} (42501). To watch a server: GRANT pg_monitor TO {QuotedUser()}; and GRANT CONNECT on database {Database}."),
        PostgresErrorCodes.ProtocolViolation => Fault(ConnectionFaultKind.Pooler, answer,
            $"A pooler at {Server} refused the connection (08P01). Check that it knows database {Database} and {User}, and that its client limit is not reached."),
        "XX000" => Fault(ConnectionFaultKind.Pooler, answer,
            $"{Server} refused with an internal error (XX000). At Supabase's pooler this means that the tenant in the user name (user.ref) is wrong or that its client limit is reached."),
        _ => Fault(ConnectionFaultKind.Other, answer, $"{Server} refused the connection ({answer.SqlState})."),
    };

    private string SlotWords(PostgresException answer) => answer.MessageText.Contains("reserved", StringComparison.Ordinal)
        ? $"{Server} has no connection slot left for {User}: those that remain are reserved (53300). End idle sessions, lower the application's pool, or raise max_connections; pg_use_reserved_connections keeps a slot for the dashboard (16+)."
        : $"{Server} has no connection slot left for {User} (53300): max_connections, or the limit of the role or database, is reached. End idle sessions, lower the application's pool, or raise the limit.";

    private string QuotedUser() => $"\"{(url.User ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static ConnectionFault Fault(ConnectionFaultKind kind, PostgresException answer, string words) => new(kind, words, answer.SqlState);

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? one = exception; one is not null; one = one is AggregateException { InnerExceptions: [.., var last] } ? last : one.InnerException)
        {
            yield return one;
        }
    }
}
