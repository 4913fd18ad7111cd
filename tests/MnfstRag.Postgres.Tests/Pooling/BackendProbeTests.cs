using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Postgres.Tests.Pooling;

public sealed class BackendProbeTests
{
    private const string Healthy = """{"status":"healthy","pool":{"pool_size":3,"checked_in":1,"checked_out":2,"overflow":0,"invalid":0}}""";

    [Fact]
    public async Task A_healthy_backend_gives_its_figures()
    {
        await using var backend = StubServer.Http("200 OK", Healthy);

        Assert.Equal(new BackendPool(true, 3, 1, 2, 0, 0, null), (await AskAsync(backend)).Value);
    }

    [Fact]
    public async Task An_overflow_that_was_never_filled_is_zero_and_not_negative()
    {
        await using var backend = StubServer.Http("200 OK", """{"status":"healthy","pool":{"pool_size":3,"checked_in":0,"checked_out":1,"overflow":-2,"invalid":0}}""");

        Assert.Equal(0, (await AskAsync(backend)).Value!.Overflow);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("503 Service Unavailable")]
    public async Task An_unhealthy_one_gives_its_reason_made_safe(string status)
    {
        await using var backend = StubServer.Http(status, """{"status":"unhealthy","error":"FATAL:  MaxClientsInSessionMode: max clients reached \u202e\u001b[31m"}""");

        var pool = (await AskAsync(backend)).Value!;

        Assert.False(pool.Healthy);
        Assert.Null(pool.Size);
        Assert.Equal("session-pooler", PoolIncident.Recognise(pool.Error)!.Key);
        Assert.DoesNotContain(pool.Error!, letter => letter is '\u202e' or '\u001b');
    }

    [Theory]
    [InlineData("{", "not with the state")]
    [InlineData("[]", "not with the state")]
    [InlineData("""{"status":"healthy"}""", "not with the state")]
    [InlineData("""{"status":"healthy","pool":{"pool_size":"3","checked_out":null}}""", "not with the state")]
    [InlineData("""{"status":{"status":{}}}""", "not with the state")]
    [InlineData("<html>", "not with the state")]
    [InlineData("", "not with the state")]
    public async Task Garbage_is_told_and_never_read_as_zero(string body, string words)
    {
        await using var backend = StubServer.Http("200 OK", body);

        var answer = await AskAsync(backend);

        Assert.Null(answer.Value);
        Assert.Contains(words, answer.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_megabyte_is_not_taken()
    {
        await using var backend = StubServer.Http("200 OK", """{"status":"healthy","pool":{"pool_size":3,"checked_in":1,"checked_out":2,"overflow":0},"x":" """ + new string('x', 1024 * 1024) + "\"}");

        Assert.Contains("more than 64 kB", (await AskAsync(backend)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inside = StubServer.Http("200 OK", Healthy);
        await using var backend = StubServer.Http("302 Found", "", string.Create(CultureInfo.InvariantCulture, $"Location: http://127.0.0.1:{inside.Port}/health/db-pool\r\n"));

        Assert.Contains("redirect (302)", (await AskAsync(backend, inside.Port)).Fault, StringComparison.Ordinal);
        Assert.Equal((0, 1), (inside.Connections, backend.Connections));
    }

    [Theory]
    [InlineData("404 Not Found", "404")]
    [InlineData("500 Internal Server Error", "status 500")]
    public async Task An_error_is_told_by_its_status(string status, string words)
    {
        await using var backend = StubServer.Http(status, "oops");

        Assert.Contains(words, (await AskAsync(backend)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_hangs_costs_no_more_than_the_limit()
    {
        await using var backend = StubServer.Silent();
        using var probe = Probe($"http://127.0.0.1:{backend.Port}", limit: 0.3, $"127.0.0.1:{backend.Port}");

        Assert.Contains("did not answer within 0.3 s", (await probe.AskAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_gone_is_told()
    {
        using var probe = Probe("http://127.0.0.1:1", limit: 3, "127.0.0.1:1");

        Assert.Contains("Nothing listens at 127.0.0.1:1", (await probe.AskAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", "10.0.0.1:80")]
    [InlineData("http://localhost:{0}", "127.0.0.1:{0}")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}", "127.0.0.1:{0}")]
    [InlineData("http://2130706433:{0}", "10.0.0.1:80")]
    [InlineData("http://0.0.0.0:{0}", "0.0.0.0:{0}")]
    [InlineData("http://[::]:{0}", "[::]:{0}")]
    [InlineData("http://169.254.169.254:{0}", "169.254.169.254:{0}")]
    [InlineData("http://[::ffff:169.254.169.254]:{0}", "[::ffff:169.254.169.254]:{0}")]
    public async Task Nobody_is_asked_who_is_not_listed_or_may_never_be(string address, string listed)
    {
        await using var inside = StubServer.Http("200 OK", Healthy);
        using var probe = Probe(string.Format(CultureInfo.InvariantCulture, address, inside.Port), 3, string.Format(CultureInfo.InvariantCulture, listed, inside.Port));

        var answer = await probe.AskAsync(CancellationToken.None);

        Assert.Null(answer.Value);
        Assert.Contains("Outgoing:Allowed", answer.Fault, StringComparison.Ordinal);
        Assert.Equal(0, inside.Connections);
    }

    private static async Task<Answer<BackendPool>> AskAsync(StubServer backend, params int[] alsoListed)
    {
        using var probe = Probe($"http://127.0.0.1:{backend.Port}/", 5, [$"127.0.0.1:{backend.Port}", .. alsoListed.Select(port => $"127.0.0.1:{port}")]);
        return await probe.AskAsync(CancellationToken.None);
    }

    private static BackendProbe Probe(string address, double limit, params string[] listed) =>
        new(new Uri(address), new ReachPolicy { Listed = AllowList.Read(string.Join(',', listed), out _) }, TimeSpan.FromSeconds(limit), TimeProvider.System);
}
