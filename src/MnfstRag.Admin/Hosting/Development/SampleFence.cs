using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>The sample's fence, by the same script that an administrator reviews elsewhere: built where there is none, and anew when it no longer holds.</summary>
internal static class SampleFence
{
    /// <param name="address">The sample database, with the maintain credential.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public static async Task EnsureAsync(string address, CancellationToken cancellationToken)
    {
        var url = DatabaseUrl.Parse(address).Url!;
        var names = new FenceNames(WatchedServer.Fence) { Overseer = WatchedServer.Watch };
        var state = await new FenceInspector(url, names, TimeProvider.System).InspectAsync(cancellationToken);
        if (state is { Script: { } script, Standing: not FenceStanding.InForce })
        {
            // What keeps it from being built keeps the tenant area closed, and the fence's page says it.
            await new FenceInstaller(url, TimeProvider.System).ApplyAsync(script, cancellationToken);
        }
    }
}
