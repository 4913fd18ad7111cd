using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>Servers that do not answer, in each way: the answer comes fast, and names one cause.</summary>
public sealed class DeadServerTests
{
    /// <summary>How long a person waits for the news that a server is dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static readonly string[] NeedNothing = ["reach", "sign-in", "tls", "audit-chain", "vault"];

    [Fact]
    public async Task A_stopped_server_is_unreachable()
    {
        var report = await FastAsync($"postgresql://app:geheim@127.0.0.1:{FreePort()}/mnfst");

        Given.Is(Verdict.Failing, report.Of("reach"), "Nothing listens at 127.0.0.1");
        Given.Is(Verdict.Skipped, report.Of("tls"), "Needs reach, which failed.");
        SkipsTheRest(report);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_named()
    {
        var report = await FastAsync("postgresql://app:geheim@no-such-host.invalid/mnfst");

        Given.Is(Verdict.Failing, report.Of("reach"), "no-such-host.invalid:5432", "does not resolve");
        SkipsTheRest(report);
    }

    [Fact]
    public async Task A_server_that_hangs_is_told_from_one_that_is_gone()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        server.Freeze();
        try
        {
            var report = await FastAsync(server.ConnectionString());

            Given.Is(Verdict.Ok, report.Of("reach"), "takes connections");
            Given.Is(Verdict.Failing, report.Of("sign-in"), "did not answer");
            Given.Is(Verdict.Skipped, report.Of("tls"), "did not answer the TLS handshake");
            SkipsTheRest(report);
        }
        finally
        {
            server.Thaw();
        }
    }

    [Fact]
    public async Task A_door_that_takes_connections_and_never_speaks_is_told_so()
    {
        using var blackhole = new TcpListener(IPAddress.Loopback, 0);
        blackhole.Start();

        var report = await FastAsync($"postgresql://app:geheim@127.0.0.1:{((IPEndPoint)blackhole.LocalEndpoint).Port}/mnfst");

        Given.Is(Verdict.Ok, report.Of("reach"));
        Given.Is(Verdict.Failing, report.Of("sign-in"), "did not answer");
        SkipsTheRest(report);
    }

    [Fact]
    public async Task A_server_that_hangs_during_the_run_ends_it_soon()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var freeze = new Freezing(server);
        var began = Stopwatch.GetTimestamp();
        try
        {
            var report = await new CheckRunner([new SignInCheck(), freeze, .. HealthChecks.All.Where(check => check.Needs == "sign-in")], new CheckLimits { Connections = 1 }, TimeProvider.System)
                .RunAsync(DatabaseUrl.Parse(server.ConnectionString()).Url!, only: null, progress: null, CancellationToken.None);

            Assert.Equal(Verdict.Failing, report.Verdict);
            Assert.Equal(1, report.Count(Verdict.Failing));
            Assert.Contains(report.Results, result => result.Outcome.Evidence.Contains("was lost during the run", StringComparison.Ordinal));
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(7));
        }
        finally
        {
            server.Thaw();
        }
    }

    [Fact]
    public async Task A_session_that_is_ended_during_the_run_is_opened_again()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var terminating = new Terminating(server);

        var report = await new CheckRunner([new SignInCheck(), terminating, new SizeCheck(), new BlockedCheck()], new CheckLimits { Connections = 1 }, TimeProvider.System)
            .RunAsync(DatabaseUrl.Parse(server.ConnectionString()).Url!, only: null, progress: null, CancellationToken.None);

        Assert.Equal(4, report.Count(Verdict.Ok));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_wrong_password_fails_sign_in_alone(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        var report = await FastAsync($"postgresql://postgres:wrong-geheim@{server.Host}:{server.Port}/postgres");

        Given.Is(Verdict.Ok, report.Of("reach"));
        Given.Is(Verdict.Failing, report.Of("sign-in"), "28P01", "user postgres");
        SkipsTheRest(report);
        Assert.DoesNotContain(report.Results, result => $"{result.Outcome}".Contains("geheim", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_database_that_is_not_there_is_named(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        var report = await FastAsync(server.ConnectionString("nowhere"));

        Given.Is(Verdict.Failing, report.Of("sign-in"), "no database nowhere", "3D000");
    }

    private static async Task<CheckReport> FastAsync(string address)
    {
        var began = Stopwatch.GetTimestamp();
        var report = await Diagnosis.OfAsync(address);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Patience);
        return report;
    }

    private static void SkipsTheRest(CheckReport report)
    {
        Assert.Equal(Verdict.Failing, report.Verdict);
        Assert.All(report.Results.Where(result => !NeedNothing.Contains(result.Name)), result =>
        {
            Assert.Equal("Needs sign-in, which failed.", result.Outcome.Evidence);
            Assert.Equal(Verdict.Skipped, result.Outcome.Verdict);
            Assert.Equal(TimeSpan.Zero, result.Took);
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Freezing(PostgresServer server) : ICheck
    {
        public string Name => "freezing";

        public string Title => "Freezes the server";

        public string? Needs => "sign-in";

        public Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            server.Freeze();
            return Task.FromResult(CheckOutcome.Ok("Frozen."));
        }
    }

    private sealed class Terminating(PostgresServer server) : ICheck
    {
        public string Name => "terminating";

        public string Title => "Ends our sessions";

        public string? Needs => "sign-in";

        public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mnfst-admin%'", cancellationToken: cancellationToken);
            return CheckOutcome.Ok("Ended.");
        }
    }
}
