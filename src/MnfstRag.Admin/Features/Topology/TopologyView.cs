using System.Globalization;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Features.Topology;

/// <summary>What the page shows of one moment.</summary>
/// <param name="Topology">The hosts; null before any was asked.</param>
/// <param name="Past">What history knows of the range; null before it was asked.</param>
public sealed record TopologyView(HostTopology? Topology, TopologyPast? Past)
{
    /// <summary>Hosts that follow no other one that is watched: the primary, and whoever stands alone.</summary>
    public IReadOnlyList<WatchedHost> Roots => Topology is null ? [] : [.. Topology.Hosts.Where(host => Upstream(host) is null)];

    /// <summary>Hosts that follow <paramref name="host"/>.</summary>
    public IReadOnlyList<WatchedHost> Followers(WatchedHost host) =>
        Topology is null ? [] : [.. Topology.Hosts.Where(one => Upstream(one) is { } upstream && upstream.Address.Equals(host.Address))];

    /// <summary>The whole in one sentence or two.</summary>
    public string Sentence => Topology switch
    {
        null => "No host has been asked yet.",
        { Standing.State: PrimaryState.Unknown } => "The hosts are being asked.",
        { Standing.State: PrimaryState.Lost, Hosts.Count: 1 } one => $"{one.Hosts[0].Name} does not answer.",
        { Standing.State: PrimaryState.Lost } lost => $"{Capital(StandingWords.Lost(lost))}.{(lost.StandsIn ? $" Pages show {lost.ReadFrom}, a standby." : "")}",
        { Standing.State: PrimaryState.SplitBrain } split => $"{Capital(StandingWords.Split(split))}: writes are refused.",
        { Standing.State: PrimaryState.Elsewhere, Hosts.Count: 1 } alone => $"{alone.Hosts[0].Name} is a standby; its primary is not watched here.",
        { Standing.State: PrimaryState.Elsewhere } => "All hosts are standbys; their primary is not watched here.",
        { Hosts.Count: 1 } single => $"{single.Hosts[0].Name} is the primary, and the only host that is watched.",
        { } known => $"{known.Standing.Primary} is the primary. {Following(known)}",
    };

    /// <summary>"standby, 0 s behind".</summary>
    public static string Behind(WatchedHost host) => host switch
    {
        { Role: not HostRole.Standby } or { IsForeign: true } => Words.Missing,
        { Behind: 0 } => "0 s behind",
        { Lag: { } lag, Behind: { } bytes } => $"{Words.Duration(lag)} and {Words.Bytes(bytes)} behind",
        { Behind: { } bytes } => $"{Words.Bytes(bytes)} behind",
        _ => "how far behind is not known",
    };

    /// <summary>What a host is, in a word.</summary>
    public static string Role(WatchedHost host) => host switch
    {
        { IsForeign: true } => "another cluster",
        { Role: HostRole.Primary } => "primary",
        { Role: HostRole.Standby } => "standby",
        _ => "not known",
    };

    /// <summary>How loud a host is.</summary>
    public Tone ToneOf(WatchedHost host) => host switch
    {
        { Fault: not null } when Topology!.Standing.State == PrimaryState.Lost && host.Address.Equals(Topology.Standing.Primary) => Tone.Critical,
        { Fault: not null } or { IsForeign: true } => Tone.Warning,
        { Role: HostRole.Primary } when Topology!.Standing.State == PrimaryState.SplitBrain => Tone.Critical,
        { State.ReplayPaused: true } => Tone.Warning,
        { Role: HostRole.Standby } when HostRules.IsBehind(host) => Tone.Warning,
        { Role: HostRole.Standby, State.Receiver: null } => Tone.Warning,
        _ => Tone.Quiet,
    };

    private static string Following(HostTopology topology)
    {
        var standbys = topology.Hosts.Where(host => host is { Role: HostRole.Standby, IsForeign: false }).ToList();
        var answering = standbys.Where(host => host.Answers).ToList();
        var worst = answering.MaxBy(host => host.Behind ?? 0);
        var unknown = answering.Count(host => host.Behind is null);
        var nothing = unknown == 0 ? ", nothing behind" : $"; how far {(unknown == answering.Count ? "" : "some of them are ")}behind is not known";
        return standbys.Count == 0
            ? "No standby of it is watched."
            : $"{Words.Plural(answering.Count, "standby", "standbys")} {(answering.Count == 1 ? "follows" : "follow")} it{(worst is { Behind: > 0 } ? $"; {worst.Name} is {Behind(worst)}" : answering.Count > 0 ? nothing : "")}."
                + (answering.Count < standbys.Count ? string.Create(CultureInfo.InvariantCulture, $" {standbys.Count - answering.Count} more {(standbys.Count - answering.Count == 1 ? "does" : "do")} not answer.") : "");
    }

    /// <summary>The watched host that <paramref name="host"/> receives from; where its receiver names none of them, the primary.</summary>
    private WatchedHost? Upstream(WatchedHost host) =>
        host is not { Role: HostRole.Standby, IsForeign: false } ? null
        : Topology!.Hosts.FirstOrDefault(one => one.Name == host.State?.Receiver?.From && !one.Address.Equals(host.Address)) is { } named && !Loops(host, named) ? named
        : Topology.Primary is { } primary && !primary.Address.Equals(host.Address) && primary.Role == HostRole.Primary ? primary : null;

    /// <summary>Two standbys that claim to receive from each other: what one of them said is old.</summary>
    private static bool Loops(WatchedHost host, WatchedHost upstream) => upstream.Role == HostRole.Standby && upstream.State?.Receiver?.From == host.Name;

    private static string Capital(string words) => char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
}
