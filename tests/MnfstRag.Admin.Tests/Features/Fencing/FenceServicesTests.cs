using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Features.Fencing;
using MnfstRag.Admin.Features.Users;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Admin.Tests.Access;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Fencing;

/// <summary>The fence as an administrator reads, applies, tests and removes it, on a real database of the product with an owner that is no superuser.</summary>
[Collection(Collection)]
public sealed class FenceServicesTests
{
    /// <summary>Two at once would take each other's roles, which have the same names on one server.</summary>
    public const string Collection = "fences of one name";

    private const string Environment = FencedHost.Environment;

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task The_script_that_was_read_is_applied_with_its_own_credential_proven_and_removed_again(ProductShape shape)
    {
        await using var bench = await FencedHost.StartAsync(shape);
        var host = bench.Host;
        await using var circuit = await bench.OpenAsync();
        var fence = circuit.ServiceProvider.GetRequiredService<FenceService>();
        var changes = circuit.ServiceProvider.GetRequiredService<FenceChangeService>();
        var read = (await fence.ReadAsync(Environment))!.Fence;
        Assert.Equal((FenceStanding.Absent, false, true), (read.State!.Standing, read.HasCredential, read.MayApply));
        Assert.Contains("CREATE SCHEMA", read.State.Script!.Text, StringComparison.Ordinal);

        var wrong = await changes.ApplyAsync(Environment, FencePart.Tenants, read.Print!, "not the password");
        var other = await changes.ApplyAsync(Environment, FencePart.Tenants, "0123456789abcdef", AccessHost.Password);
        Assert.Equal((false, false), (wrong.Done, other.Done));
        Assert.Contains("Read it again", other.Words, StringComparison.Ordinal);
        Assert.Equal(FenceStanding.Absent, (await fence.ReadAsync(Environment))!.Fence.State!.Standing);

        var applied = await changes.ApplyAsync(Environment, FencePart.Tenants, read.Print!, AccessHost.Password);

        Assert.True(applied.Done, applied.Words);
        var stands = (await fence.ReadAsync(Environment))!;
        Assert.Equal((FenceStanding.InForce, true), (stands.Fence.State!.Standing, stands.Fence.HasCredential));
        Assert.Equal("refused, Intent, done", await host.ScalarAsync(
            "SELECT string_agg(coalesce(outcome, phase), ', ' ORDER BY sequence) FROM audit.entries WHERE action = 'fence.apply'"));
        Assert.Equal("Fence credential done", await host.ScalarAsync("SELECT object || ' ' || outcome FROM audit.entries WHERE action = 'credential.set'"));
        var environment = (await bench.EnvironmentAsync()).Id;
        Assert.True((await host.Services.GetRequiredService<IFenceRecords>().FindAsync(environment))!.HoldsAt(TimeProvider.System.GetUtcNow()));

        var test = await fence.TestAsync(Environment);
        Assert.True(test!.Verdict == FenceVerdict.Held, test.Words + string.Join("; ", test.Attempts.Where(one => one.Verdict != FenceVerdict.Held)));
        Assert.InRange(test.Attempts.Count, 20, 500);
        var kept = Assert.Single((await fence.ReadAsync(Environment))!.Tests);
        Assert.Equal((test.Verdict, "root", test.Attempts.Count), (kept.Verdict, kept.By, kept.Attempts.Count));
        Assert.Equal(test.Attempts, kept.Attempts);

        var removed = await changes.RemoveAsync(Environment, FencePart.Tenants, AccessHost.Password);
        Assert.True(removed.Done, removed.Words);
        var gone = (await fence.ReadAsync(Environment))!.Fence;
        Assert.Equal((FenceStanding.Absent, false), (gone.State!.Standing, gone.HasCredential));
        Assert.False((await host.Services.GetRequiredService<IFenceRecords>().FindAsync(environment))!.HoldsAt(TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public async Task The_products_users_are_let_in_only_through_a_function_that_stands_and_a_password_again()
    {
        await using var bench = await FencedHost.StartAsync(ProductShape.Migrations);
        var host = bench.Host;
        await using var circuit = await bench.OpenAsync();
        var fence = circuit.ServiceProvider.GetRequiredService<FenceService>();
        var changes = circuit.ServiceProvider.GetRequiredService<FenceChangeService>();

        Assert.False((await changes.EnableSignInAsync(Environment, enabled: true, AccessHost.Password)).Done);
        var applied = await changes.ApplyAsync(Environment, FencePart.SignIn, (await fence.ReadAsync(Environment))!.SignIn.Print!, AccessHost.Password);
        Assert.True(applied.Done, applied.Words);
        Assert.False((await changes.EnableSignInAsync(Environment, enabled: true, "not the password")).Done);
        Assert.Null((await fence.ReadAsync(Environment))!.EnabledAt);

        var enabled = await changes.EnableSignInAsync(Environment, enabled: true, AccessHost.Password);
        Assert.True(enabled.Done, enabled.Words);
        Assert.Equal("root", (await fence.ReadAsync(Environment))!.EnabledBy);
        Assert.True((await changes.EnableSignInAsync(Environment, enabled: false, AccessHost.Password)).Done);
        Assert.False((await changes.EnableSignInAsync(Environment, enabled: false, AccessHost.Password)).Done);
        Assert.Equal("sign-in.enable refused, sign-in.enable done, sign-in.disable done", await host.ScalarAsync(
            "SELECT string_agg(action || ' ' || outcome, ', ' ORDER BY sequence) FROM audit.entries WHERE action LIKE 'sign-in.%able'"));

        var removed = await changes.RemoveAsync(Environment, FencePart.SignIn, AccessHost.Password);
        Assert.True(removed.Done, removed.Words);
        Assert.Equal(FenceStanding.Absent, (await fence.ReadAsync(Environment))!.SignIn.State!.Standing);
    }

    [Fact]
    public async Task A_database_without_passwords_says_why_its_users_cannot_sign_in()
    {
        await using var bench = await FencedHost.StartAsync(ProductShape.Guide);
        var host = bench.Host;
        await using var circuit = await bench.OpenAsync();

        var view = (await circuit.ServiceProvider.GetRequiredService<FenceService>().ReadAsync(Environment))!;

        Assert.Contains("no column password_hash", view.SignIn.State!.Words, StringComparison.Ordinal);
        Assert.Equal(((string?)null, false), (view.SignIn.Print, view.MayEnable));
    }

    [Fact]
    public async Task A_local_account_is_limited_to_a_tenant_that_exists_and_loses_its_sessions_with_it()
    {
        await using var bench = await FencedHost.StartAsync(ProductShape.Guide);
        var host = bench.Host;
        await using var circuit = await bench.OpenAsync();
        var fence = circuit.ServiceProvider.GetRequiredService<FenceService>();
        var binding = circuit.ServiceProvider.GetRequiredService<TenantBindingService>();
        var tina = await host.AddUserAsync("tina", Roles.TenantAdmin);
        Assert.Contains("fence is not applied", (await binding.FindAsync(Environment, null)).Fault, StringComparison.Ordinal);
        Assert.True((await circuit.ServiceProvider.GetRequiredService<FenceChangeService>().ApplyAsync(Environment, FencePart.Tenants, (await fence.ReadAsync(Environment))!.Fence.Print!, AccessHost.Password)).Done);

        var found = await binding.FindAsync(Environment, "ad");
        Assert.Equal(ProductSamples.TenantA, Assert.Single(found.Tenants).Id);
        Assert.Contains("does not exist", (await binding.BindAsync(tina.Id, Environment, Guid.NewGuid())).Fault, StringComparison.Ordinal);
        Assert.Null((await binding.BindAsync(tina.Id, Environment, ProductSamples.TenantA)).Fault);

        Assert.Equal("Ada in production", (await circuit.ServiceProvider.GetRequiredService<UserService>().ListAsync()).Single(user => user.Name == "tina").Tenant);
        await using (var hers = await bench.OpenAsync("tina"))
        {
            var scope = await hers.ServiceProvider.GetRequiredService<MnfstRag.Admin.Access.Tenants.ITenantAccess>().RequireAsync(Permissions.ReadTenants, null, null);
            Assert.Equal((ProductSamples.TenantA, true, Environment), (scope.OneTenant, scope.IsOwn, scope.Environment));
            Assert.Null((await binding.BindAsync(tina.Id, null, null)).Fault);
            await Assert.ThrowsAsync<PermissionDeniedException>(() => hers.ServiceProvider.GetRequiredService<IAccess>().RequireAsync(Permissions.ReadTenants));
        }

        Assert.Equal("Ada, none", await host.ScalarAsync("SELECT string_agg(split_part(details->>'after', ' ', 1), ', ' ORDER BY sequence) FROM audit.entries WHERE action = 'user.tenant'"));
    }

    [Fact]
    public async Task What_somebody_alters_closes_the_area_at_the_next_look_and_a_fence_is_tested_by_itself()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var bench = await FencedHost.StartAsync(ProductShape.Migrations, clock);
        var host = bench.Host;
        await using (var circuit = await bench.OpenAsync())
        {
            var fence = circuit.ServiceProvider.GetRequiredService<FenceService>();
            var applied = await circuit.ServiceProvider.GetRequiredService<FenceChangeService>().ApplyAsync(Environment, FencePart.Tenants, (await fence.ReadAsync(Environment))!.Fence.Print!, AccessHost.Password);
            Assert.True(applied.Done, applied.Words);
        }

        await UntilAsync(host, clock, "SELECT verdict FROM admin.fence_tests WHERE by IS NULL", "Held");
        await bench.Product.Database.ExecuteAsync("DROP VIEW mnfst_admin.social_links");
        clock.Advance(FenceChecks.Between);

        await UntilAsync(host, clock, "SELECT standing FROM admin.fence_states", "Altered");
    }

    [Theory]
    [InlineData("2026-11-26T02:59:59Z", "2026-11-25T03:00:00Z")]
    [InlineData("2026-11-26T03:00:00Z", "2026-11-26T03:00:00Z")]
    [InlineData("2026-11-26T23:00:00Z", "2026-11-26T03:00:00Z")]
    public void The_nightly_test_is_due_once_a_night(string now, string night) =>
        Assert.Equal(DateTimeOffset.Parse(night, CultureInfo.InvariantCulture), FenceChecks.LastNight(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    private static Task UntilAsync(AccessHost host, FakeTimeProvider clock, string question, string answer) => Wait.UntilAsync(
        async _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50, CancellationToken.None);
            return await host.ScalarAsync(question) == answer;
        },
        TimeSpan.FromMinutes(2));
}
