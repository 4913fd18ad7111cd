using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Data;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data;

public sealed class StoreMigratorTests
{
    private const string Row =
        "INSERT INTO audit.entries VALUES (1, 1, now(), 'Event', 'a', NULL, NULL, NULL, NULL, NULL, gen_random_uuid(), '{}', '\\x00', '\\x00')";

    public static TheoryData<int> OldestAndNewest() => [PostgresVersions.All[0], PostgresVersions.Newest];

    [Theory]
    [MemberData(nameof(OldestAndNewest))]
    public async Task The_runtime_role_may_append_to_the_audit_log_and_read_it_and_nothing_else(int major)
    {
        await using var store = await TestStore.EmptyAsync(major);
        await using var services = await store.MigratedAsync();

        await store.ExecuteAsAsync(store.Runtime, Row);
        await store.ExecuteAsAsync(store.Runtime, "SELECT count(*) FROM audit.entries");

        foreach (var change in new[]
        {
            "UPDATE audit.entries SET action = 'b'",
            "DELETE FROM audit.entries",
            "TRUNCATE audit.entries",
            "ALTER TABLE audit.entries DISABLE TRIGGER insert_only",
            "DROP TABLE audit.entries",
            "CREATE TABLE audit.other (a int)",
            "DELETE FROM admin.migrations",
            "UPDATE admin.maintenance_journal SET entry = ''",
            "DELETE FROM admin.maintenance_journal",
        })
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => store.ExecuteAsAsync(store.Runtime, change));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        }
    }

    [Theory]
    [MemberData(nameof(OldestAndNewest))]
    public async Task The_owner_is_refused_by_the_trigger_even_as_a_replica(int major)
    {
        await using var store = await TestStore.EmptyAsync(major);
        await using var services = await store.MigratedAsync();
        await store.ExecuteAsAsync(store.Runtime, Row);

        foreach (var change in new[] { "UPDATE audit.entries SET action = 'b'", "DELETE FROM audit.entries", "TRUNCATE audit.entries" })
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => store.ExecuteAsAsync(store.Owner, change));
            Assert.Contains("insert-only", fault.MessageText, StringComparison.Ordinal);
            fault = await Assert.ThrowsAsync<PostgresException>(() => store.Database.ExecuteAsync($"SET session_replication_role = replica; {change}"));
            Assert.Contains("insert-only", fault.MessageText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_instances_that_start_together_migrate_once()
    {
        await using var store = await TestStore.EmptyAsync();
        await using var services = store.Services();
        var migrator = services.GetRequiredService<StoreMigrator>();

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => migrator.MigrateAsync()));

        Assert.Equal(1, applied.Count(count => count > 0));
        Assert.Equal(0, await migrator.MigrateAsync());
    }

    [Fact]
    public async Task One_credential_is_enough()
    {
        await using var store = await TestStore.EmptyAsync();
        await using var services = store.Services(
            ("ConnectionStrings:Admin", store.Database.ConnectionStringFor(store.Owner)),
            ("ConnectionStrings:AdminMigrator", null));

        Assert.True(await services.GetRequiredService<StoreMigrator>().MigrateAsync() > 0);
    }
}
