using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about the server itself and about what the watching role may see.</summary>
public static class ServerRules
{
    private const double LowHit = 0.90;
    private const double EnoughBlocks = 500;
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    /// <summary>The server cannot be read.</summary>
    public static Finding? Unreachable(ServerView view) => view.Outage is not { } outage ? null : new Finding(
        "server.unreachable",
        FindingLevel.Critical,
        "The server cannot be read",
        "server",
        $"Nothing has been read for {Plain.Duration(outage.Lasting)}.",
        outage.Words);

    /// <summary>Under 90 % of blocks found in memory, said only where at least 500 blocks a second were asked for over a minute.</summary>
    public static Finding? CacheHit(ServerView view) =>
        view.Cache is not { HitRatio: < LowHit, BlocksPerSecond: >= EnoughBlocks } cache || cache.Over < LongEnough ? null : new Finding(
            "cache.hit",
            FindingLevel.Notice,
            "Much is read from disk",
            "shared buffers",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{cache.HitRatio * 100:0.0} % of blocks were found in memory over {Plain.Duration(cache.Over)}, at {cache.BlocksPerSecond:0} blocks a second."),
            "A large scan or a cold cache after a restart does this for a while; if it lasts, look for missing indexes before raising shared_buffers.");

    /// <summary>The role may not read other roles' sessions.</summary>
    public static Finding? Hidden(ServerView view)
    {
        if (view.Capabilities is not { ReadsAllStats: false } capabilities)
        {
            return null;
        }

        var hidden = view.Activity?.Sessions.Count(session => session.State == SessionState.Hidden) ?? 0;
        return new Finding(
            "role.hidden",
            FindingLevel.Notice,
            "Sessions are hidden from the dashboard",
            capabilities.Role,
            $"The role {capabilities.Role} is not a member of pg_monitor: {(hidden == 0 ? "sessions of other roles" : Plain.Count(hidden, "session"))} cannot be told apart.",
            $"As a superuser: GRANT pg_monitor TO {Plain.Quoted(capabilities.Role)};");
    }

    /// <summary>The server is a standby.</summary>
    public static Finding? Standby(ServerView view) => view.Capabilities is not { InRecovery: true } capabilities || view.Hosts is { Hosts.Count: > 1 } ? null : new Finding(
        "server.standby",
        FindingLevel.Notice,
        "This is a standby",
        capabilities.Database,
        "The server is in recovery: it answers reads and refuses writes (25006).",
        "Nothing, if a standby was meant. If the application writes here, point its DATABASE_URL at the primary.");

    /// <summary>The server does not say what sessions do.</summary>
    public static Finding? Untracked(ServerView view) => view.Capabilities is not { TrackActivities: false } ? null : new Finding(
        "server.untracked",
        FindingLevel.Notice,
        "Activity is not tracked",
        "track_activities",
        "track_activities is off: the server does not say what its sessions do.",
        "As a superuser: ALTER SYSTEM SET track_activities = on; then SELECT pg_reload_conf();");
}
