using System.Globalization;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Pooling;

/// <summary>Says a <see cref="PoolTruth"/> in sentences.</summary>
internal static class PoolWords
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromHours(4);

    public static string Of(PoolTruth truth)
    {
        List<string> said = [Held(truth)];
        if (First(truth) is { } first)
        {
            said.Add(first);
        }

        if (truth.AtOnce is { } atOnce)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture, $"PgBouncer lets {atOnce} of them work at once."));
        }

        if (truth.Pooler is { Waiting: > 0 } pooler)
        {
            said.Add($"{Plain.Count(pooler.Waiting, "client")} {(pooler.Waiting == 1 ? "waits" : "wait")} at PgBouncer for a server connection, the longest for {Plain.Duration(pooler.MaxWait)}.");
        }

        if (truth.Trend is { } trend)
        {
            said.Add(truth.Left is { } left && left < WorthTelling
                ? $"Rising for {Plain.Minutes(trend.RisingFor)}: at this rate none is left in about {Plain.Minutes(left)}."
                : $"Rising for {Plain.Minutes(trend.RisingFor)}.");
        }

        return string.Join(' ', said);
    }

    /// <summary>"3 active, 8 idle": counts that are not zero.</summary>
    public static string States(ApplicationUse use) => string.Join(", ", new (int Count, string State)[]
    {
        (use.Active, "active"), (use.WaitingOnLock, "waiting on a lock"), (use.IdleInTransaction, "idle in transaction"), (use.Aborted, "in a failed transaction"), (use.Idle, "idle"), (use.Other, "other"),
    }.Where(one => one.Count > 0).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Count} {one.State}")));

    private static string Held(PoolTruth truth)
    {
        var of = truth.Reading?.Plan switch
        {
            { IsUnlimited: true } => ", and its settings let it open any number",
            _ => string.Empty,
        };
        var most = truth.Reading?.Plan?.Most is { } sum ? string.Create(CultureInfo.InvariantCulture, $" of the {sum} connections that its settings allow") : null;
        if (truth is { Pooler: not null, Held: { } clients })
        {
            var servers = truth.Use is { Open: var open } ? $" ({Plain.Count(open, "connection")} to the server)" : string.Empty;
            return $"{ApplicationUse.Application} holds {Connections(clients, most)}{of} at PgBouncer{servers}.";
        }

        return truth.Use switch
        {
            null => "What the application holds is not known yet: the server has not been read.",
            { Open: 0, Hidden: > 0 } use => $"No session is seen as {ApplicationUse.Application}, but {Plain.Count(use.Hidden, "session")} {(use.Hidden == 1 ? "is" : "are")} hidden from the dashboard's role.",
            { Open: 0 } when truth.Reading?.Plan?.Most is { } allowed => string.Create(CultureInfo.InvariantCulture, $"{ApplicationUse.Application} has no connection open; its settings allow {allowed}."),
            { Open: 0 } => $"{ApplicationUse.Application} has no connection open{of}.",
            var use => $"{ApplicationUse.Application} holds {Connections(use.Open, most)}{of} ({States(use)}).",
        };
    }

    private static string Connections(int held, string? most) => most is null ? Plain.Count(held, "connection") : held.ToString(CultureInfo.InvariantCulture) + most;

    private static string? First(PoolTruth truth)
    {
        if (truth.Binding is not { } limit)
        {
            return null;
        }

        var value = string.Create(CultureInfo.InvariantCulture, $"{limit.Value}");
        var server = truth.Limits.FirstOrDefault(one => one.Kind == PoolLimitKind.Server);
        return limit.Kind switch
        {
            PoolLimitKind.Plan when server is not null => $"Those settings run out first; the server has room for {server.Value.ToString(CultureInfo.InvariantCulture)}.",
            PoolLimitKind.Plan => "Those settings run out first.",
            PoolLimitKind.Server => $"The server runs out first: it has room for {value} ({limit.Words}).",
            PoolLimitKind.Role => $"The role's own limit comes first: {value} ({limit.Words}).",
            PoolLimitKind.Database => $"The database's own limit comes first: {value}.",
            PoolLimitKind.PoolerClients => $"PgBouncer runs out first: it admits {value} ({limit.Words}).",
            _ => $"PgBouncer runs out first: it has {value} ({limit.Words}).",
        };
    }
}
