using System.Globalization;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Testing;

public sealed class SharedServersTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Every_version_runs_with_fresh_databases_and_roles_of_ones_own(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        Assert.Same(server, await PostgresServers.GetAsync(major));
        await using var database = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync("pg_monitor");

        await using var connection = await database.OpenAsync(role);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT current_user || ' ' || pg_has_role('pg_monitor', 'MEMBER')";

        Assert.Equal(major, connection.PostgreSqlVersion.Major);
        Assert.Equal($"{role.Name} true", await command.ExecuteScalarAsync());
        await database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
        Assert.True(await database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_statements") > 0, major.ToString(CultureInfo.InvariantCulture));
    }
}
