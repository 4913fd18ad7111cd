using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Live.Hosts;

/// <summary>A primary and its streaming standby, for one test to break.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private Pair(PostgresServer primary, PostgresServer standby) => (Primary, Standby) = (primary, standby);

    public PostgresServer Primary { get; }

    public PostgresServer Standby { get; }

    public DatabaseHost PrimaryHost => new(Primary.Host, Primary.Port);

    public DatabaseHost StandbyHost => new(Standby.Host, Standby.Port);

    public static async Task<Pair> StartAsync(int? major = null)
    {
        var primary = await PostgresServer.StartOwnAsync(major ?? PostgresVersions.Newest);
        return new Pair(primary, await MnfstRag.Testing.Standby.StartAsync(primary));
    }

    /// <summary>The address of one of them as the superuser.</summary>
    public static DatabaseUrl Url(PostgresServer server) => DatabaseUrl.Parse(server.ConnectionString()).Url!;

    /// <summary>A sampler of both; the primary may be reached through a proxy.</summary>
    public SamplerBench Bench(SamplerOptions options, int? proxyPort = null, bool heavyOnReplica = false) => new(
        Url(Primary).At(new DatabaseHost(Primary.Host, proxyPort ?? Primary.Port)).ToText(),
        options,
        replicas: [Url(Standby)],
        heavyOnReplica: heavyOnReplica);

    public async ValueTask DisposeAsync()
    {
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
