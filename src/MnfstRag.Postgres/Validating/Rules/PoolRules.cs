using System.Globalization;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>The pool and its time limits against each other, and against a pooler in between.</summary>
internal sealed class PoolRules : IRule
{
    private const string Url = DatabaseUrlRules.Key;
    private const string Size = "DB_POOL_SIZE";
    private const string Overflow = "DB_MAX_OVERFLOW";
    private const string Timeout = "DB_POOL_TIMEOUT";
    private const string Recycle = "DB_POOL_RECYCLE";
    private const string PrePing = "DB_POOL_PRE_PING";
    private const string Connect = "DB_CONNECT_TIMEOUT";
    private const string Command = "DB_COMMAND_TIMEOUT";

    /// <summary>Seconds that the backend gives the driver, whatever the settings say.</summary>
    private const int BackendConnect = 10;

    /// <summary>Seconds that the guide recommends behind Supabase's session pooler.</summary>
    private const int PoolerRecycle = 1800;

    /// <summary>Sessions that Supabase's session pooler gives a small project.</summary>
    private const int SessionPoolerSlots = 15;

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) =>
        [.. Unlimited(settings), .. NoTimeLimit(settings), .. Waiting(settings), .. ConnectClash(settings), .. Pooler(settings)];

    private static IEnumerable<Finding> Unlimited(EnvironmentSettings settings)
    {
        const string Message = "means without limit: a busy minute takes every connection that the server has.";
        if (settings.Number(Size) == 0)
        {
            yield return Finding.Warning(Size, "pool-unlimited", $"DB_POOL_SIZE 0 {Message}", "Write the number of connections that one process may keep.");
        }

        if (settings.Number(Overflow) == -1)
        {
            yield return Finding.Warning(Overflow, "pool-unlimited", $"DB_MAX_OVERFLOW -1 {Message}", "Write the number of connections beyond the pool, 0 for none.");
        }
    }

    private static IEnumerable<Finding> NoTimeLimit(EnvironmentSettings settings) =>
        from key in new[] { Connect, Command }
        where settings.Number(key) == 0
        select Finding.Warning(key, "no-time-limit", $"{key} 0 means without limit: a server that hangs holds the worker for ever.", "Write a number of seconds.");

    private static IEnumerable<Finding> Waiting(EnvironmentSettings settings)
    {
        var address = AddressTimeout(settings.Address.Readable);
        // Where neither says, the backend's own limit counts.
        var connect = settings.IsSet(Connect) ? settings.Number(Connect) : address ?? (settings.IsSet(Timeout) ? BackendConnect : null);
        if (settings.EffectiveNumber(Timeout) is not { } wait || connect is not { } seconds || seconds <= wait)
        {
            yield break;
        }

        var message = string.Create(CultureInfo.InvariantCulture,
            $"Connecting may take {seconds} s, and a request waits {wait} s for a connection: the wait ends before the connection can come, and its fault hides the server's.");
        yield return Finding.Warning(settings.IsSet(Connect) || address is null ? Connect : Url, "connect-outlasts-pool", message, "Let connecting take less time than waiting, for example 10 s.");
        yield return Finding.Warning(Timeout, "connect-outlasts-pool", message, "Let a request wait longer than connecting may take, for example 30 s.");
    }

    private static IEnumerable<Finding> ConnectClash(EnvironmentSettings settings)
    {
        if (AddressTimeout(settings.Address.Readable) is { } address && settings.Number(Connect) is { } key && key != address)
        {
            const string Message = "The address's connect_timeout and DB_CONNECT_TIMEOUT differ. Neither wins: the backend gives the driver 10 s of its own, which goes before both.";
            yield return Finding.Warning(Url, "url-key-clash", Message, "Keep one of them, or give both the same value.");
            yield return Finding.Warning(Connect, "url-key-clash", Message, "Keep one of them, or give both the same value.");
        }
    }

    private static int? AddressTimeout(DatabaseUrl? url) => url?.Parameter("connect_timeout") is { } text ? ValueTypes.Integer(text) : null;

    private static IEnumerable<Finding> Pooler(EnvironmentSettings settings)
    {
        var pooled = settings.Address.Readable?.Supabase is SupabaseForm.SessionPooler or SupabaseForm.TransactionPooler;
        var unpinged = settings.Flag(PrePing) == false;
        if (unpinged && !pooled)
        {
            yield return Finding.Note(PrePing, "pre-ping-off", "Connections are not tested before use, so the first request after a restart of the server fails.", "Write true.");
        }

        var recycle = settings.Number(Recycle);
        if (recycle == -1 && !pooled)
        {
            yield return Finding.Note(Recycle, "never-recycled", "Connections are never replaced. A firewall or a pooler that ends idle ones is noticed at the next use only.", "Write 1800.");
        }

        if (!pooled)
        {
            yield break;
        }

        if (unpinged)
        {
            const string Message = "A pooler ends idle connections on its side. Without a test before use, the next request gets a dead one.";
            yield return Finding.Warning(PrePing, "pooler-without-pre-ping", Message, "Write true.");
            yield return Finding.Warning(Url, "pooler-without-pre-ping", Message, "Write DB_POOL_PRE_PING=true.");
        }

        if (settings.EffectiveNumber(Recycle) is { } seconds && (seconds == -1 || seconds > PoolerRecycle))
        {
            const string Message = "Pooled connections live longer than the 1800 s that the guide recommends behind a pooler, which ends idle ones by itself.";
            foreach (var key in new[] { Recycle, Url })
            {
                yield return unpinged ? Finding.Warning(key, "pooler-recycle", Message, "Write DB_POOL_RECYCLE=1800.") : Finding.Note(key, "pooler-recycle", Message, "Write DB_POOL_RECYCLE=1800.");
            }
        }

        if (settings.Address.Readable!.Supabase is SupabaseForm.SessionPooler && settings.EffectiveNumber(Size) is { } size && settings.EffectiveNumber(Overflow) is { } overflow
            && (settings.IsSet(Size) || settings.IsSet(Overflow)) && size > 0 && overflow >= 0 && size + overflow > SessionPoolerSlots)
        {
            var message = string.Create(CultureInfo.InvariantCulture,
                $"One process may open {size + overflow} connections, and Supabase's session pooler gives a small project {SessionPoolerSlots} in all: this is how \"max clients reached\" begins.");
            yield return Finding.Warning(Size, "session-pooler-exceeded", message, "The guide recommends 3 behind the session pooler, divided among the workers.");
            yield return Finding.Warning(Overflow, "session-pooler-exceeded", message, "The guide recommends 2 behind the session pooler.");
            yield return Finding.Warning(Url, "session-pooler-exceeded", message, "Lower DB_POOL_SIZE and DB_MAX_OVERFLOW to 3 and 2.");
        }
    }
}
