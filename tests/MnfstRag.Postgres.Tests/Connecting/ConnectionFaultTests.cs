using System.Net;
using System.Net.Sockets;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class ConnectionFaultTests
{
    private const string Secret = "hunter2hunter2";

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_wrong_password_is_the_servers_refusal(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        var fault = await FaultAsync(UrlOf(server, url => url.Password = Secret));

        Assert.Equal((ConnectionFaultKind.Rejected, "28P01"), (fault.Kind, fault.SqlState));
        Assert.Equal($"127.0.0.1:{server.Port} refused the password for user postgres (28P01). Check user and password in the address.", fault.Words);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task An_unknown_database_is_named(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        var fault = await FaultAsync(UrlOf(server, url => url.Database = "nowhere"));

        Assert.Equal((ConnectionFaultKind.NoDatabase, "3D000"), (fault.Kind, fault.SqlState));
        Assert.Contains("database nowhere", fault.Words, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_database_that_the_role_may_not_enter_is_a_matter_of_privilege(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync($"REVOKE CONNECT ON DATABASE \"{database.Name}\" FROM PUBLIC");
        var role = await server.CreateRoleAsync();

        var fault = await FaultAsync(DatabaseUrl.Parse(database.ConnectionStringFor(role)).Url!);

        Assert.Equal((ConnectionFaultKind.Privilege, "42501"), (fault.Kind, fault.SqlState));
        Assert.Contains($"GRANT pg_monitor TO \"{role.Name}\"", fault.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_password_is_told_from_a_wrong_one()
    {
        var server = await PostgresServers.GetAsync();
        var fault = await FaultAsync(UrlOf(server, url => url.Password = null));

        Assert.Equal(ConnectionFaultKind.Rejected, fault.Kind);
        Assert.Contains("the address has none", fault.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("require")]
    [InlineData("verify-full")]
    public async Task A_server_without_TLS_is_told_from_one_that_is_down(string mode)
    {
        var server = await PostgresServers.GetAsync();
        var fault = await FaultAsync(DatabaseUrl.Parse($"postgresql://postgres:{Secret}@127.0.0.1:{server.Port}/postgres?sslmode={mode}").Url!);

        Assert.Equal(ConnectionFaultKind.Tls, fault.Kind);
        Assert.Contains($"sslmode {mode} demands it", fault.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_refused_at_once()
    {
        var fault = await FaultAsync(DatabaseUrl.Parse($"postgresql://u:{Secret}@127.0.0.1:1/db").Url!);

        Assert.Equal((ConnectionFaultKind.Refused, "Nothing listens at 127.0.0.1:1. Start PostgreSQL there, or check host and port."), (fault.Kind, fault.Words));
    }

    [Theory]
    [InlineData("no-such-host.invalid", "does not resolve")]
    [InlineData("aws-0-nowhere-1.pooler.supabase.co", "Supabase's poolers end in .pooler.supabase.com, not .co.")]
    public void A_name_that_does_not_resolve_is_named(string host, string words)
    {
        var fault = ConnectionFault.From(new SocketException((int)SocketError.HostNotFound), DatabaseUrl.Parse($"postgresql://u:{Secret}@{host}/db").Url!);

        Assert.Equal(ConnectionFaultKind.NameNotFound, fault.Kind);
        Assert.Contains(words, fault.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_accepts_and_says_nothing_is_no_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var fault = await FaultAsync(DatabaseUrl.Parse($"postgresql://u:{Secret}@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/db").Url!);

        Assert.Equal(ConnectionFaultKind.NoAnswer, fault.Kind);
    }

    [Fact]
    public async Task Every_host_of_a_list_is_named_when_none_answers()
    {
        var fault = await FaultAsync(DatabaseUrl.Parse($"postgresql://u:{Secret}@127.0.0.1:1,127.0.0.1:2/db").Url!);

        Assert.Equal(ConnectionFaultKind.Refused, fault.Kind);
        Assert.Contains("127.0.0.1:1, 127.0.0.1:2", fault.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("57P03", ConnectionFaultKind.NotReady)]
    [InlineData("57P01", ConnectionFaultKind.Lost)]
    [InlineData("57P02", ConnectionFaultKind.Lost)]
    [InlineData("53300", ConnectionFaultKind.NoSlots)]
    [InlineData("28000", ConnectionFaultKind.Rejected)]
    [InlineData("08P01", ConnectionFaultKind.Pooler)]
    [InlineData("XX000", ConnectionFaultKind.Pooler)]
    [InlineData("99999", ConnectionFaultKind.Other)]
    public void Every_code_has_its_kind_and_no_message_from_outside_is_repeated(string state, ConnectionFaultKind kind)
    {
        var answer = new PostgresException($"password {Secret} is wrong", "FATAL", "FATAL", state);

        var fault = ConnectionFault.From(new NpgsqlException("outer", answer), DatabaseUrl.Parse($"postgresql://u:{Secret}@h/db").Url!);

        Assert.Equal((kind, state), (fault.Kind, fault.SqlState));
        Assert.Contains(state, fault.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(EndOfStreamException), ConnectionFaultKind.Lost)]
    [InlineData(typeof(IOException), ConnectionFaultKind.Lost)]
    [InlineData(typeof(TimeoutException), ConnectionFaultKind.NoAnswer)]
    [InlineData(typeof(System.Security.Authentication.AuthenticationException), ConnectionFaultKind.Tls)]
    [InlineData(typeof(InvalidOperationException), ConnectionFaultKind.Other)]
    public void Exceptions_without_a_code_have_their_kind_too(Type type, ConnectionFaultKind kind)
    {
        var inner = (Exception)Activator.CreateInstance(type)!;

        Assert.Equal(kind, ConnectionFault.From(new NpgsqlException("Exception while reading from stream", inner), DatabaseUrl.Parse("postgresql://h/db").Url!).Kind);
    }

    private static DatabaseUrl UrlOf(PostgresServer server, Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString());
        change(settings);
        return DatabaseUrl.Parse(settings.ConnectionString).Url!;
    }

    private static async Task<ConnectionFault> FaultAsync(DatabaseUrl url)
    {
        await using var reader = new ServerReader(url, new ServerReaderOptions { ConnectTimeout = TimeSpan.FromSeconds(2), Budget = TimeSpan.FromSeconds(10) }, TimeProvider.System);
        var reading = await reader.ReadAsync([ServerLimitsReader.Instance], CancellationToken.None);
        Assert.NotNull(reading.Fault);
        Assert.DoesNotContain(Secret, reading.Fault.Words, StringComparison.Ordinal);
        return reading.Fault;
    }
}
