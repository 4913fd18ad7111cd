using MnfstRag.Admin.Access;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>Whoever may only look may not change, and whoever may only count sees no content: each service asks for what its deed needs.</summary>
public sealed class TenantPermissionsTests
{
    private static readonly Guid Nothing = new("00000000-0000-4000-8000-00000000dead");

    private static readonly byte[] File = "original_name,size,mime_type,status,uploader\n"u8.ToArray();

    [Fact]
    public async Task Each_service_asks_first_for_the_permission_that_its_deed_needs()
    {
        await using var bench = await TenantBench.StartAsync(ProductShape.Migrations);
        var tenant = ProductSamples.TenantA;
        var change = new StatusChange([Nothing], new DocumentFilter(), null, "nonsense", "a reason");
        foreach (var (name, permission, act) in new (string, string, Func<Task>)[]
        {
            ("overview", Permissions.CountTenants, () => bench.Overview.ReadAsync(null, tenant, 30)),
            ("name", Permissions.CountTenants, () => bench.List.NameAsync(null, tenant)),
            ("documents", Permissions.ReadTenants, () => bench.Documents.PageAsync(null, tenant, new DocumentFilter(), null)),
            ("document", Permissions.ReadTenants, () => bench.Documents.FindAsync(null, tenant, Nothing)),
            ("count", Permissions.ReadTenants, () => bench.Documents.CountAsync(null, tenant, new DocumentFilter())),
            ("facets", Permissions.ReadTenants, () => bench.Documents.FacetsAsync(null, tenant)),
            ("sessions", Permissions.ReadTenants, () => bench.Conversations.PageAsync(null, tenant, new SessionFilter(), null)),
            ("transcript", Permissions.ReadTenants, () => bench.Conversations.ReadAsync(null, tenant, Nothing, null)),
            ("message", Permissions.ReadTenants, () => bench.Conversations.MessageAsync(null, tenant, Nothing)),
            ("search", Permissions.ReadTenants, () => bench.Search.SearchAsync(null, tenant, "nothing")),
            ("people", Permissions.ReadTenants, () => bench.People.ReadAsync(null, tenant, null, null)),
            ("whole message", Permissions.ReadTenants, () => bench.Transfers.MessageAsync(null, tenant, Nothing)),
            ("change", Permissions.ChangeTenants, () => bench.Statuses.BeginAsync(null, tenant, change)),
            ("resume", Permissions.ChangeTenants, () => bench.Statuses.ResumeAsync(null, tenant, Nothing)),
            ("stop", Permissions.ChangeTenants, () => bench.Statuses.StopAsync(null, tenant, Nothing)),
            ("latest", Permissions.ChangeTenants, () => bench.Statuses.LatestAsync(null, tenant)),
            ("follow", Permissions.ChangeTenants, () => bench.Statuses.FollowAsync(null, tenant, Nothing)),
            ("export", Permissions.TransferTenants, () => bench.Transfers.ExportAsync(null, tenant, new DocumentFilter(), json: true)),
            ("check", Permissions.TransferTenants, () => bench.Transfers.CheckAsync(null, tenant, "x.csv", File)),
            ("import", Permissions.TransferTenants, () => bench.Transfers.ImportAsync(null, tenant, "x.csv", File, skipFaulty: false)),
        })
        {
            bench.Asked.Clear();
            await act();
            Assert.Equal((name, permission), (name, bench.Asked.FirstOrDefault()));
        }
    }
}
