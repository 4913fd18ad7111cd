using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>What a primary's standing means, in words for a person.</summary>
public static class StandingWords
{
    /// <summary>Why nothing may be written; null when it may.</summary>
    public static string? Refusal(HostTopology hosts) => hosts.Standing.State switch
    {
        PrimaryState.Lost when hosts.Hosts.Count > 1 => $"Nothing is written now: {Lost(hosts)}. Promote a standby, or bring the primary back; the dashboard notices by itself.",
        PrimaryState.SplitBrain => $"Nothing is written now: {Split(hosts)}. What is written to the wrong one is lost. Stop the one that was left behind, and set it up anew as a standby (pg_rewind, pg_basebackup).",
        _ => null,
    };

    /// <summary>What every page of the environment says above its figures; null while there is one primary. It names no ages, so that it changes only with what it says.</summary>
    public static string? Alarm(HostTopology hosts) => hosts.Standing.State switch
    {
        PrimaryState.Lost when hosts.StandsIn => $"The primary is lost: {Lost(hosts)}. Pages show {hosts.ReadFrom}, a standby: its sessions and counters are its own. Nothing is written until there is a primary.",
        PrimaryState.Lost when hosts.Hosts.Count > 1 => $"The primary is lost: {Lost(hosts)}. Nothing is written until there is a primary.",
        PrimaryState.SplitBrain => $"Split brain: {Split(hosts)}. The dashboard writes to neither.",
        _ => null,
    };

    /// <summary>"the primary a:5432 has not answered since …, and no other host is a primary".</summary>
    public static string Lost(HostTopology hosts) => hosts.Standing.Primary is { } primary
        ? hosts.Find(primary) is { Answers: true }
            ? $"{primary} was the primary and is a standby now, and no other host is a primary"
            : $"the primary {primary} does not answer, and no other host is a primary"
        : "no host that answers is a primary";

    /// <summary>"a:5432 (timeline 1) and b:5432 (timeline 2) both take writes".</summary>
    public static string Split(HostTopology hosts)
    {
        var writers = hosts.Standing.Writers.Select(writer => $"{writer} (timeline {hosts.Find(writer)?.State?.Timeline?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"})").ToList();
        return writers.Count == 1
            ? $"{writers[0]} takes writes, but the cluster has gone on to timeline {hosts.Standing.Timeline} on another server"
            : $"{string.Join(" and ", writers)} both take writes";
    }
}
