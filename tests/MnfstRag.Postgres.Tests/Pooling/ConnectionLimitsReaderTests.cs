using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Pooling;

public sealed class ConnectionLimitsReaderTests
{
    [Theory]
    [ClassData(typeof(PostgresVersions))]
    public async Task Limits_of_the_database_and_of_roles_are_read_by_a_bare_role(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var database = await server.CreateDatabaseAsync();
        var limited = await server.CreateRoleWithAsync("CONNECTION LIMIT 7");
        var bare = await server.CreateRoleAsync();
        await using var reader = new ServerReader(
            DatabaseUrl.Parse(string.Create(CultureInfo.InvariantCulture, $"postgresql://{bare.Name}:{bare.Password}@{server.Host}:{server.Port}/{database.Name}")).Url!,
            new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) },
            TimeProvider.System);

        var before = await ReadAsync(reader);
        await server.ExecuteAsync($"ALTER DATABASE \"{database.Name}\" CONNECTION LIMIT 20");
        var after = await ReadAsync(reader);

        Assert.Null(before.Database);
        Assert.Equal(20, after.Database);
        Assert.Equal(7, after.Roles[limited.Name]);
        Assert.False(after.Roles.ContainsKey(bare.Name));
    }

    private static async Task<ConnectionLimits> ReadAsync(ServerReader reader)
    {
        var reading = await reader.ReadAsync([ConnectionLimitsReader.Instance], CancellationToken.None);
        Assert.Null(reading.Fault);
        Assert.Empty(reading.ReaderFaults);
        return reading.Of(ConnectionLimitsReader.Instance).Value!;
    }
}
