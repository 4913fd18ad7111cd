using System.Diagnostics;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Hosting.Development;

public sealed class SignalsTests
{
    private readonly string directory = TestHome.NewDataDirectory("development");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_while_the_servers_start_stops_them_and_ends_the_dashboard(string signal)
    {
        await using var dashboard = new RunningDashboard(directory);
        await dashboard.SaysAsync("Writing the sample database");
        Assert.Equal(2, dashboard.Postmasters.Count);

        Assert.Equal(0, await dashboard.SignalAsync(signal));

        Assert.Empty(dashboard.Postmasters);
    }

    [Fact]
    public async Task The_servers_of_a_killed_dashboard_are_adopted_and_a_signal_stops_them()
    {
        await using var killed = new RunningDashboard(directory);
        await killed.IsLiveAsync();
        var postmasters = killed.Postmasters;
        Assert.Equal(2, postmasters.Count);
        await killed.SignalAsync("KILL");
        Assert.All(postmasters, id => Assert.False(Process.GetProcessById(id).HasExited));

        await using var next = new RunningDashboard(directory);
        await next.IsLiveAsync();
        Assert.Equal(postmasters, next.Postmasters);

        Assert.Equal(0, await next.SignalAsync("INT"));
        Assert.Empty(next.Postmasters);
    }
}
