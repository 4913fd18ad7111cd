using System.Buffers.Binary;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Postgres.Tests.Pooling;

/// <summary>What answers need not be PgBouncer: nothing that it says may cost more than a fault in words.</summary>
public sealed class ConsoleStrictnessTests
{
    [Fact]
    public Task Another_protocol_is_told() => FaultsAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), "does not speak PostgreSQL's protocol");

    [Fact]
    public Task A_message_beyond_64_kB_is_not_taken() => FaultsAsync(Message('R', 0, 0, 0, 0)[..1].Concat(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(100_000_000))).ToArray(), "above 64 kB");

    [Fact]
    public Task A_message_shorter_than_its_own_fields_is_a_fault() => FaultsAsync(Message('R', 0), "does not speak PostgreSQL's protocol");

    [Fact]
    public Task Admission_without_proof_in_the_middle_of_SCRAM_is_refused() =>
        FaultsAsync([.. Message('R', [0, 0, 0, 10, .. "SCRAM-SHA-256\0\0"u8]), .. Message('R', 0, 0, 0, 0), .. Message('Z', (byte)'I')], "did not prove that it knows the password");

    [Fact]
    public Task An_unknown_way_of_signing_in_is_refused() => FaultsAsync(Message('R', 0, 0, 0, 7), "a way of signing in that the dashboard does not know");

    [Fact]
    public Task Rows_that_do_not_fit_their_description_are_a_fault() =>
        FaultsAsync([.. Message('R', 0, 0, 0, 0), .. Message('Z', (byte)'I'), .. Message('T', 0, 0), .. Message('D', 0, 1, 0, 0, 0, 0)], "do not fit their own description");

    [Fact]
    public Task A_flood_of_rows_ends() => FaultsAsync(
        [.. Message('R', 0, 0, 0, 0), .. Message('Z', (byte)'I'), .. Message('T', 0, 0), .. Enumerable.Range(0, 3000).SelectMany(_ => Message('D', 0, 0))], "more than 2000 rows");

    [Fact]
    public async Task One_that_hangs_costs_no_more_than_the_limit()
    {
        await using var stub = StubServer.Silent();

        Assert.Contains("did not answer within 0.3 s", (await AskAsync(stub, 0.3)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_in_the_middle_is_told_as_lost()
    {
        await using var stub = StubServer.Saying([]);
        var asking = AskAsync(stub, 0.5);

        Assert.NotNull((await asking).Fault);
    }

    /// <summary>The example of RFC 7677.</summary>
    [Fact]
    public void SCRAM_is_spoken_as_the_RFC_has_it()
    {
        var scram = new ScramExchange("pencil", "rOprNGfwEbeRWgbNEkqO");
        Assert.Equal("n,,n=,r=rOprNGfwEbeRWgbNEkqO", scram.First);

        var final = scram.Final("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");

        Assert.StartsWith("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=", final, StringComparison.Ordinal);
        Assert.False(scram.Verifies("v=AAAA"));
    }

    [Theory]
    [InlineData("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=nonce,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=nonce1,s=!,i=4096")]
    [InlineData("r=nonce1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000")]
    [InlineData("r=nonce1")]
    [InlineData("e=other-error")]
    public void A_challenge_that_breaks_the_rules_is_refused(string challenge) =>
        Assert.Throws<OutgoingFaultException>(() => new ScramExchange("pencil", "nonce").Final(challenge));

    [Theory]
    [InlineData("postgresql://watcher:secret@bouncer/", "watcher", "bouncer:6432")]
    [InlineData("postgresql://bouncer:7000/pgbouncer", "pgbouncer", "bouncer:7000")]
    public void An_address_has_the_console_s_own_defaults(string text, string user, string host)
    {
        var (address, fault) = PgBouncerAddress.Parse(text);

        Assert.Null(fault);
        Assert.Equal((user, host), (address!.User, address.Host.ToString()));
        Assert.DoesNotContain("secret", address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://a,b/pgbouncer")]
    [InlineData("postgresql://bouncer/mnfst_rag")]
    [InlineData("postgresql://bouncer/pgbouncer?sslmode=sometimes")]
    [InlineData("sqlite:///x.db")]
    [InlineData("http://bouncer")]
    public void What_is_no_console_is_no_address(string text) => Assert.NotNull(PgBouncerAddress.Parse(text).Fault);

    private static async Task FaultsAsync(byte[] answer, string words)
    {
        await using var stub = StubServer.Saying(answer);

        Assert.Contains(words, (await AskAsync(stub, 5)).Fault, StringComparison.Ordinal);
    }

    private static async Task<Answer<PgBouncerReading>> AskAsync(StubServer stub, double seconds)
    {
        var host = new DatabaseHost("127.0.0.1", stub.Port);
        await using var console = new PgBouncerConsole(
            new PgBouncerAddress(host, "watcher", "secret", "disable", null), new ReachPolicy { Listed = new HashSet<string> { host.ToString() } }, TimeSpan.FromSeconds(seconds), TimeProvider.System);
        return await console.ReadAsync(CancellationToken.None);
    }

    private static byte[] Message(char type, params byte[] body)
    {
        var message = new byte[5 + body.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + body.Length);
        body.CopyTo(message, 5);
        return message;
    }
}
