using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Tests.Access.Tenants;

public sealed class TenantAccessTests
{
    private static readonly WatchedEnvironment Production = new(Guid.NewGuid(), "production", new HashSet<CredentialKind>());
    private static readonly WatchedEnvironment Staging = new(Guid.NewGuid(), "staging", new HashSet<CredentialKind>());
    private static readonly Guid Acme = Guid.NewGuid();
    private static readonly Guid Bolt = Guid.NewGuid();
    private readonly FakeTimeProvider _clock = new();
    private readonly List<AuditEvent> _audit = [];
    private FenceRecord? _fence;

    public static TheoryData<string> TenantPermissions => [Permissions.CountTenants, Permissions.ReadTenants, Permissions.ChangeTenants, Permissions.TransferTenants];

    [Theory]
    [MemberData(nameof(TenantPermissions))]
    public async Task A_tenant_admin_is_given_their_own_tenant_whether_they_name_it_or_not(string permission)
    {
        var tenants = Of(Roles.TenantAdmin, new TenantBinding(Production.Id, Acme));

        var unnamed = await tenants.RequireAsync(permission, null, null);
        var named = await tenants.RequireAsync(permission, "production", Acme);

        Assert.Equal(unnamed, named);
        Assert.Equal((Production.Id, "production", (Guid?)Acme, true, permission != Permissions.CountTenants), (named.EnvironmentId, named.Environment, named.Tenant, named.IsOwn, named.Content));
        Assert.Empty(_audit);
        Assert.Equal([new TenantPlace(Production.Id, "production", Acme)], await tenants.PlacesAsync());
    }

    [Theory]
    [MemberData(nameof(TenantPermissions))]
    public async Task What_is_not_theirs_reads_as_what_is_not_there(string permission)
    {
        var tenants = Of(Roles.TenantAdmin, new TenantBinding(Production.Id, Acme));

        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (environment, tenant) in new (string?, Guid?)[] { ("production", Bolt), (null, Bolt), ("staging", Acme), ("staging", null), ("nowhere", null), ("nowhere", Acme) })
        {
            words.Add((await Assert.ThrowsAsync<TenantNotFoundException>(() => tenants.RequireAsync(permission, environment, tenant))).Message);
        }

        Assert.Single(words);
    }

    [Fact]
    public async Task An_account_of_a_tenant_admin_that_is_bound_to_nothing_sees_nothing()
    {
        var tenants = Of(Roles.TenantAdmin, null);

        Assert.Empty(await tenants.PlacesAsync());
        await Assert.ThrowsAsync<TenantNotFoundException>(() => tenants.RequireAsync(Permissions.CountTenants, null, null));
        await Assert.ThrowsAsync<TenantNotFoundException>(() => tenants.RequireAsync(Permissions.CountTenants, "production", Acme));
    }

    [Fact]
    public async Task Support_counts_any_tenant_and_is_refused_everything_else()
    {
        var tenants = Of(Roles.Support, null);

        var scope = await tenants.RequireAsync(Permissions.CountTenants, "staging", Bolt);

        Assert.Equal((false, false), (scope.IsOwn, scope.Content));
        Assert.Throws<ContentReasonNeededException>(scope.WithContent);
        foreach (var permission in new[] { Permissions.ReadTenants, Permissions.ChangeTenants, Permissions.TransferTenants })
        {
            await Assert.ThrowsAsync<PermissionDeniedException>(() => tenants.RequireAsync(permission, "staging", Bolt));
        }

        await Assert.ThrowsAsync<PermissionDeniedException>(() => tenants.StateReasonAsync("staging", Bolt, "a reason that is long enough"));
    }

    [Fact]
    public async Task Support_that_is_also_a_tenant_admin_reads_their_own_tenant_alone()
    {
        var tenants = Of([Roles.Support, Roles.TenantAdmin], new TenantBinding(Production.Id, Acme));

        Assert.Null((await tenants.RequireAsync(Permissions.CountTenants, "staging", null)).Tenant);
        Assert.True((await tenants.RequireAsync(Permissions.ReadTenants, "production", null)).IsOwn);
        await Assert.ThrowsAsync<TenantNotFoundException>(() => tenants.RequireAsync(Permissions.ReadTenants, "production", Bolt));
        await Assert.ThrowsAsync<TenantNotFoundException>(() => tenants.RequireAsync(Permissions.ReadTenants, "staging", Acme));
    }

    [Fact]
    public async Task An_administrator_reads_any_tenant_audited_once_and_its_content_after_a_reason_for_half_an_hour()
    {
        var tenants = Of(Roles.Administrator, null);

        Assert.False((await tenants.RequireAsync(Permissions.ReadTenants, "production", Acme)).Content);
        await tenants.RequireAsync(Permissions.ReadTenants, "production", Acme);
        Assert.Equal(["tenants.read"], _audit.Select(one => one.Action));

        Assert.NotNull(await tenants.StateReasonAsync("production", Acme, " too few "));
        Assert.Null(await tenants.StateReasonAsync("production", Acme, "ticket 4711: their import failed"));
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, "production", Acme)).WithContent();
        await tenants.RecordAsync(scope, "transcript of session 1");

        Assert.Equal(["tenants.read", "tenants.content-reason", "tenants.content-read"], _audit.Select(one => one.Action));
        Assert.All(_audit.Skip(1), one => Assert.Equal("ticket 4711: their import failed", one.Details!["reason"]));
        Assert.False((await tenants.RequireAsync(Permissions.ReadTenants, "production", Bolt)).Content, "a reason is for one tenant");
        Assert.False((await tenants.RequireAsync(Permissions.ReadTenants, "staging", Acme)).Content, "and for one environment");
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.False((await tenants.RequireAsync(Permissions.ReadTenants, "production", Acme)).Content);
    }

    [Theory]
    [InlineData(FenceStanding.Absent)]
    [InlineData(FenceStanding.Broken)]
    [InlineData(FenceStanding.Altered)]
    [InlineData(FenceStanding.ProductChanged)]
    [InlineData(FenceStanding.NoProduct)]
    [InlineData(FenceStanding.Unknown)]
    public async Task While_the_fence_does_not_hold_no_tenant_is_shown_to_anybody_and_the_reason_is_said(FenceStanding standing)
    {
        _fence = new FenceRecord(Production.Id, standing, "somebody altered it", _clock.GetUtcNow(), null, null);

        foreach (var tenants in new[] { Of(Roles.TenantAdmin, new TenantBinding(Production.Id, Acme)), Of(Roles.Administrator, null), Of(Roles.Support, null) })
        {
            Assert.Equal("somebody altered it", (await Assert.ThrowsAsync<TenantAreaClosedException>(() => tenants.RequireAsync(Permissions.CountTenants, "production", Acme))).Message);
        }

        Assert.Null((await Of(Roles.Administrator, null).RequireAsync(Permissions.CountTenants, "production", null)).Tenant);
        await Assert.ThrowsAsync<TenantNotFoundException>(() => Of(Roles.TenantAdmin, new TenantBinding(Production.Id, Acme)).RequireAsync(Permissions.CountTenants, "production", Bolt));
    }

    [Fact]
    public async Task A_fence_that_nobody_has_looked_at_for_a_day_is_not_known_to_hold()
    {
        _fence = new FenceRecord(Production.Id, FenceStanding.InForce, "holds", _clock.GetUtcNow(), null, null);
        var tenants = Of(Roles.TenantAdmin, new TenantBinding(Production.Id, Acme));
        Assert.True((await tenants.RequireAsync(Permissions.ReadTenants, null, null)).IsOwn);

        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Contains("looked at for a day", (await Assert.ThrowsAsync<TenantAreaClosedException>(() => tenants.RequireAsync(Permissions.ReadTenants, null, null))).Message, StringComparison.Ordinal);
    }

    private TenantAccess Of(string role, TenantBinding? binding) => Of([role], binding);

    private TenantAccess Of(string[] roles, TenantBinding? binding) => new(
        new KnownCaller(new Caller(Guid.NewGuid(), "ada", roles, Roles.PermissionsOf(roles)) { Binding = binding }),
        new TwoEnvironments(),
        new KnownFences(_fence ?? new FenceRecord(Production.Id, FenceStanding.InForce, "holds", _clock.GetUtcNow(), null, null)),
        new AuditKept(_audit),
        new ContentReasons(_clock),
        _clock);

    private sealed class TwoEnvironments : IEnvironmentStore
    {
        public Task<IReadOnlyList<WatchedEnvironment>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<WatchedEnvironment>>([Production, Staging]);

        public Task<string?> CredentialAsync(Guid environmentId, CredentialKind kind, CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);
    }

    private sealed class AuditKept(List<AuditEvent> kept) : IAuditLog
    {
        public Task<Guid> WriteAsync(AuditEvent entry, CancellationToken cancellationToken = default)
        {
            kept.Add(entry);
            return Task.FromResult(Guid.NewGuid());
        }
    }

    private sealed class KnownFences(FenceRecord record) : IFenceRecords
    {
        public Task<FenceRecord?> FindAsync(Guid environmentId, CancellationToken cancellationToken = default) => Task.FromResult<FenceRecord?>(record);

        public Task KeepAsync(Guid environmentId, FenceState state, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task<IReadOnlyList<FenceTest>> TestsAsync(Guid environmentId, int most, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<FenceTest>>([]);

        public Task KeepAsync(FenceTest test, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
