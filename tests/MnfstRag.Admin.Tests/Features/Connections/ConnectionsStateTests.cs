using MnfstRag.Admin.Features.Connections;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features.Connections;

public sealed class ConnectionsStateTests
{
    [Fact]
    public void A_link_shows_what_its_sender_saw()
    {
        var state = new ConnectionsState
        {
            Environment = "pré prod & more",
            Filter = new SessionFilter { Group = SessionGroup.IdleInTransaction, Application = "a&b=c", Client = "[::1]", Database = "قاعدة", Text = "<script>" },
            Order = new SessionOrder(SessionColumn.QueryTime, Descending: true),
            Hidden = [SessionColumn.Client, SessionColumn.Wait],
            Session = new SessionKey(12, Snapshots.Now),
        };

        var read = ConnectionsState.Parse(new Uri("http://host" + state.ToUrl()));

        Assert.Equal(state.Filter, read.Filter);
        Assert.Equal((state.Environment, state.Order, state.Session), (read.Environment, read.Order, read.Session));
        Assert.True(state.Hidden.SetEquals(read.Hidden));
        Assert.Equal("/connections", new ConnectionsState().ToUrl());
    }

    [Theory]
    [InlineData("?session=abc&sort=;drop&state=none&hide=pid,zzz")]
    [InlineData("?session=1@99999999999999999999&sort=")]
    [InlineData("?session=@&session=-1@5")]
    public void A_url_from_outside_that_makes_no_sense_is_the_plain_page(string query)
    {
        var read = ConnectionsState.Parse(new Uri("http://host/connections" + query));
        Assert.Equal((null, SessionOrder.Usual, false), (read.Session, read.Order, read.Filter.Any));
        Assert.DoesNotContain(SessionColumn.Pid, read.Hidden);
    }

    [Fact]
    public void Every_session_is_in_exactly_one_group_and_the_dashboards_own_in_none()
    {
        Session[] sessions =
        [
            .. Enum.GetValues<SessionState>().Select((state, index) => Snapshots.Session(index + 1, state)),
            Snapshots.Session(50, SessionState.Active, "app", 1),
            Snapshots.Session(60, SessionState.Active, "mnfst-admin") with { IsDashboard = true },
        ];
        var view = ConnectionsView.Of(Snapshots.Live(sessions), SessionFilter.Everything, SessionOrder.Usual);

        Assert.Equal(sessions.Length - 1, view.Groups.Sum(group => group.Count));
        Assert.Equal((sessions.Length - 1, 1, 1), (view.Rows.Count, view.Own, view.Hidden));
        Assert.Equal(50, view.Groups.Single(group => group.Group == SessionGroup.Waiting).Longest!.Pid);
    }

    [Fact]
    public void The_longest_come_first_and_those_without_a_time_last()
    {
        Session[] sessions =
        [
            Snapshots.Session(1, SessionState.Idle),
            Snapshots.Session(2, SessionState.Active) with { QueryStart = Snapshots.Now.AddSeconds(-5) },
            Snapshots.Session(3, SessionState.Active) with { QueryStart = Snapshots.Now.AddSeconds(-50) },
        ];
        var order = SessionOrder.Usual.Click(SessionColumn.QueryTime);
        Assert.Equal([3, 2, 1], order.Sort(sessions).Select(session => session.Pid));
    }

    [Fact]
    public void Five_thousand_sessions_are_judged_sorted_and_filtered_well_within_a_tick()
    {
        var snapshot = Snapshots.Live([.. Enumerable.Range(1, 5000).Select(pid => Snapshots.Session(pid, (SessionState)(pid % 5), $"app-{pid % 40}"))]);
        var filter = new SessionFilter { Text = "app-1" };
        ConnectionsView.Of(snapshot, filter, SessionOrder.Usual);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var view = ConnectionsView.Of(snapshot, filter, SessionOrder.Usual);
        Assert.True(watch.ElapsedMilliseconds < 250, $"{watch.ElapsedMilliseconds} ms");
        Assert.Equal(1375, view.Rows.Count);
    }
}
