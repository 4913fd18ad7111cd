using MnfstRag.Admin.Components;
using MnfstRag.Admin.Features.Topology;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Tests.Features.Topology;

public sealed class TopologyViewTests
{
    private static readonly DatabaseHost A = new("a", 5432);
    private static readonly DatabaseHost B = new("b", 5432);
    private static readonly DatabaseHost C = new("c", 5432);

    [Fact]
    public void Followers_hang_on_the_host_that_they_receive_from_and_on_the_primary_where_names_differ()
    {
        var view = View(Standing(PrimaryState.Known, A), Host(A, recovers: false), Host(B, recovers: true, from: "10.0.0.1:5432"), Host(C, recovers: true, from: "b:5432"));
        Assert.Equal([A], view.Roots.Select(host => host.Address));
        Assert.Equal([B], view.Followers(view.Topology!.Hosts[0]).Select(host => host.Address));
        Assert.Equal([C], view.Followers(view.Topology.Hosts[1]).Select(host => host.Address));
    }

    [Fact]
    public void Every_host_is_drawn_once_even_where_two_claim_to_follow_each_other_and_nobody_is_the_primary()
    {
        var view = View(Standing(PrimaryState.Lost, A), Silent(Host(A, recovers: false)), Host(B, recovers: true, from: "c:5432"), Host(C, recovers: true, from: "b:5432"));
        Assert.Equal([A, B, C], view.Roots.Concat(view.Roots.SelectMany(view.Followers)).Select(host => host.Address).Order(Comparer<DatabaseHost>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name))));
    }

    [Fact]
    public void Lag_of_nothing_reads_0_s_and_an_unknown_one_says_so()
    {
        Assert.Equal("0 s behind", TopologyView.Behind(Host(B, recovers: true) with { Behind = 0, Lag = TimeSpan.Zero }));
        Assert.Equal("2.5 s and 4 kB behind", TopologyView.Behind(Host(B, recovers: true) with { Behind = 4096, Lag = TimeSpan.FromSeconds(2.5) }));
        Assert.Equal("how far behind is not known", TopologyView.Behind(Host(B, recovers: true)));
        Assert.Equal(Words.Missing, TopologyView.Behind(Host(A, recovers: false)));
    }

    [Fact]
    public void A_standby_that_is_well_behind_is_marked_and_one_that_is_not_says_so()
    {
        var view = View(Standing(PrimaryState.Known, A), Host(A, recovers: false), Host(B, recovers: true) with { Behind = 1, Lag = TimeSpan.FromSeconds(9) }, Host(C, recovers: true) with { Behind = 4096, Lag = TimeSpan.FromSeconds(10) });
        Assert.Equal([Tone.Quiet, Tone.Quiet, Tone.Warning], view.Topology!.Hosts.Select(view.ToneOf));
        Assert.EndsWith("c:5432 is 10 s and 4 kB behind.", view.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PrimaryState.Known, "a:5432 is the primary. 1 standby follows it; how far behind is not known.", null)]
    [InlineData(PrimaryState.Lost, "The primary a:5432 does not answer, and no other host is a primary.", "The primary is lost")]
    [InlineData(PrimaryState.SplitBrain, "A:5432 (timeline 1) and b:5432 (timeline 2) both take writes: writes are refused.", "Split brain")]
    [InlineData(PrimaryState.Elsewhere, "All hosts are standbys; their primary is not watched here.", null)]
    public void The_whole_is_said_in_a_sentence_and_what_is_wrong_on_every_page(PrimaryState state, string sentence, string? alarm)
    {
        var view = state switch
        {
            PrimaryState.SplitBrain => View(Standing(state, B) with { Writers = [A, B], Timeline = 2 }, Host(A, recovers: false), Host(B, recovers: false, timeline: 2)),
            PrimaryState.Lost => View(Standing(state, A), Silent(Host(A, recovers: false)), Host(B, recovers: true) with { Behind = 1 }),
            PrimaryState.Elsewhere => View(Standing(state, null), Host(A, recovers: true), Host(B, recovers: true)),
            _ => View(Standing(state, A), Host(A, recovers: false), Host(B, recovers: true) with { Behind = null }),
        };
        Assert.StartsWith(sentence.TrimEnd('.'), view.Sentence, StringComparison.Ordinal);
        Assert.Equal(alarm is not null, StandingWords.Alarm(view.Topology!)?.StartsWith(alarm ?? "-", StringComparison.Ordinal) == true);
        Assert.Equal(alarm is not null, StandingWords.Refusal(view.Topology!) is not null);
    }

    [Fact]
    public void A_credential_is_led_to_the_primary_and_one_that_leads_to_standbys_alone_is_refused()
    {
        var standing = WritableGuard.Of(View(Standing(PrimaryState.Known, A), Host(A, recovers: false), Host(B, recovers: true)).Topology!);
        Assert.Equal("postgresql://u:p@a:5432/d", standing.Toward(DatabaseUrl.Parse("postgresql://u:p@b:5432,a:5432/d?target_session_attrs=read-write").Url!).Url!.ToText());
        Assert.Contains("The primary is a:5432", standing.Toward(DatabaseUrl.Parse("postgresql://u:p@B/d").Url!).Refusal, StringComparison.Ordinal);
        Assert.Equal("postgresql://u:p@pooler:6432/d", standing.Toward(DatabaseUrl.Parse("postgresql://u:p@pooler:6432/d").Url!).Url!.ToText());
    }

    [Theory]
    [InlineData("postgresql://u:p@a:5432/d")]
    [InlineData("postgresql://u:p@a:5432,c:5432/d")]
    [InlineData("postgresql://u:p@pooler:6432/d")]
    public void A_password_goes_to_the_hosts_of_its_own_address_alone_whoever_is_the_primary(string address)
    {
        var credential = DatabaseUrl.Parse(address).Url!;
        foreach (var primary in new[] { A, B })
        {
            var standing = WritableGuard.Of(View(Standing(PrimaryState.Known, primary), Host(A, recovers: primary == B), Host(B, recovers: primary == A)).Topology!);
            Assert.All(standing.Toward(credential).Url?.Hosts ?? [], host => Assert.Contains(credential.Hosts, host.IsSame));
        }

        var replica = DatabaseUrl.Parse("postgresql://r@b:5432/d").Url!;
        var hosts = new EnvironmentHosts(credential, [replica]);
        Assert.Equal(("r", null), (hosts.Of(B).User, hosts.Of(B).Password));
        Assert.All(credential.Hosts, host => Assert.Equal("p", hosts.Of(host).Password));
    }

    private static TopologyView View(PrimaryStanding standing, params WatchedHost[] hosts) => new(new HostTopology(hosts, standing, hosts[^1].Address), null);

    private static PrimaryStanding Standing(PrimaryState state, DatabaseHost? primary) => new(state, primary, Snapshots.Now, 1, []);

    private static WatchedHost Silent(WatchedHost host) => host with { Fault = "No answer.", FailingSince = Snapshots.Now };

    internal static WatchedHost Host(DatabaseHost address, bool recovers, string? from = null, int timeline = 1) => new(
        address,
        new HostState(recovers, Snapshots.Now, Snapshots.Now, timeline, 10, recovers ? 10 : null, null, false, recovers ? new HostConflicts(0, 0, 0, 0, 0, 0) : null, recovers ? new HostReceiver("streaming", from, null, 10, Snapshots.Now) : null),
        Snapshots.Now,
        null,
        null,
        "7001",
        "18.4");
}
