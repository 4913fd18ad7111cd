using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data;

public sealed class EnvironmentStoreTests
{
    private const string Secret = "postgresql://watcher:s3cret-of-the-watcher@db:5432/mnfst_rag";

    [Fact]
    public async Task A_credential_of_the_configuration_is_kept_encrypted_and_read_back()
    {
        await using var store = await TestStore.CreateAsync();
        await using var services = await store.MigratedAsync(("Environments:production:Watch", Secret), ("Environments:empty:Watch", ""));
        await UpsertAsync(services);

        var environments = services.GetRequiredService<IEnvironmentStore>();
        var all = await environments.ListAsync();
        Assert.Equal(["empty", "production"], all.Select(one => one.Name));
        Assert.Empty(all[0].Credentials);
        Assert.Equal([CredentialKind.Watch], all[1].Credentials);
        Assert.Equal(Secret, await environments.CredentialAsync(all[1].Id, CredentialKind.Watch));
        Assert.Null(await environments.CredentialAsync(all[1].Id, CredentialKind.Maintain));
        Assert.DoesNotContain("s3cret", await store.Database.ScalarAsync<string>("SELECT protected_url FROM admin.credentials"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_wins_at_each_start_and_what_is_unchanged_keeps_its_date()
    {
        await using var store = await TestStore.CreateAsync();
        await using (var first = await store.MigratedAsync(("Environments:production:Watch", Secret)))
        {
            await UpsertAsync(first);
        }

        var date = await store.Database.ScalarAsync<DateTime>("SELECT changed_at FROM admin.credentials");
        await using (var second = await store.MigratedAsync(("Environments:production:Watch", Secret)))
        {
            await UpsertAsync(second);
            Assert.Equal(date, await store.Database.ScalarAsync<DateTime>("SELECT changed_at FROM admin.credentials"));
        }

        await using var third = await store.MigratedAsync(("Environments:production:Watch", Secret + "?sslmode=require"));
        await UpsertAsync(third);
        var environments = third.GetRequiredService<IEnvironmentStore>();
        var id = Assert.Single(await environments.ListAsync()).Id;
        Assert.Equal(Secret + "?sslmode=require", await environments.CredentialAsync(id, CredentialKind.Watch));
    }

    [Fact]
    public async Task A_credential_whose_key_is_lost_counts_as_not_set()
    {
        await using var store = await TestStore.CreateAsync();
        await using (var first = await store.MigratedAsync(("Environments:production:Watch", Secret)))
        {
            await UpsertAsync(first);
        }

        await store.Database.ExecuteAsync("DELETE FROM identity.data_protection_keys");
        await using var second = await store.MigratedAsync();
        var environments = second.GetRequiredService<IEnvironmentStore>();
        var id = Assert.Single(await environments.ListAsync()).Id;
        Assert.Null(await environments.CredentialAsync(id, CredentialKind.Watch));
    }

    private static Task UpsertAsync(ServiceProvider services) => services.GetRequiredService<EnvironmentStore>().UpsertAsync(
        ConfiguredEnvironments.Read(services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()), CancellationToken.None);
}
