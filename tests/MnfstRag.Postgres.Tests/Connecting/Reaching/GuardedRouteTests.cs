using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Tests.Pooling;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class GuardedRouteTests
{
    [Fact]
    public async Task A_name_that_leads_to_a_forbidden_address_is_refused_after_it_is_resolved_and_nothing_is_connected_to()
    {
        await using var inside = StubServer.Silent();
        var host = new DatabaseHost("localhost", inside.Port);

        var (socket, refusal) = await GuardedRoute.ConnectAsync(new ReachPolicy { AllowsPrivate = true }, host, CancellationToken.None);

        Assert.Null(socket);
        Assert.Contains("only when it is listed", refusal, StringComparison.Ordinal);
        Assert.Equal(0, inside.Connections);
    }

    [Fact]
    public async Task A_listed_name_is_connected_to()
    {
        await using var inside = StubServer.Silent();
        var host = new DatabaseHost("localhost", inside.Port);

        var (socket, refusal) = await GuardedRoute.ConnectAsync(new ReachPolicy { Listed = new HashSet<string> { host.ToString() } }, host, CancellationToken.None);

        using (socket)
        {
            Assert.Null(refusal);
            Assert.True(socket!.Connected);
        }
    }
}
