using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Users;
using MnfstRag.Admin.Tests.Data;

namespace MnfstRag.Admin.Tests.Features.Users;

public sealed class UserServiceTests : IAsyncLifetime
{
    private const string Password = "a quiet blue lantern";
    private TestStore _store = null!;
    private ServiceProvider _services = null!;
    private UserService _users = null!;
    private Guid _ada;

    public async Task InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _services = await _store.MigratedAsync(("Access:BcryptCost", "10"));
        await Accounts.CreateAdministratorAsync("ada", Password, oneTime: false, CancellationToken.None);
        await using var context = await Contexts.CreateDbContextAsync();
        _ada = (await context.Users.SingleAsync()).Id;
        _users = Service("ada", _ada, Roles.Administrator);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task An_invited_person_is_listed_with_their_open_link_until_it_is_used()
    {
        var invitation = await _users.InviteAsync(" سارة.العلي ", [Roles.Support]);

        Assert.Null(invitation.Fault);
        var invited = Assert.Single(await _users.ListAsync(), user => user.State == UserState.Invited);
        Assert.Equal("سارة.العلي", invited.Name);
        Assert.Equal([Roles.Support], invited.Roles);
        Assert.NotNull(invited.LinkExpiresAt);

        Assert.Null((await Accounts.UseLinkAsync(invitation.Token!, Password, CancellationToken.None)).Fault);
        var joined = Assert.Single(await _users.ListAsync(), user => user.Id == invited.Id);
        Assert.Equal((UserState.Active, (DateTimeOffset?)null), (joined.State, joined.LinkExpiresAt));
        Assert.NotNull((await Accounts.UseLinkAsync(invitation.Token!, Password, CancellationToken.None)).Fault);
    }

    [Theory]
    [InlineData("", Roles.Support, "A name is missing")]
    [InlineData("eve", null, "A role is missing")]
    [InlineData("eve", "Root", "There is no role Root")]
    [InlineData("ADA", Roles.Support, "ADA")]
    [InlineData("two words", Roles.Support, "no spaces")]
    public async Task An_invitation_that_cannot_be_made_says_why_and_makes_nothing(string name, string? role, string words)
    {
        var result = await _users.InviteAsync(name, role is null ? [] : [role]);

        Assert.Contains(words, result.Fault, StringComparison.Ordinal);
        Assert.Null(result.Token);
        Assert.Single(await _users.ListAsync());
    }

    [Fact]
    public async Task Nobody_takes_their_own_way_in_nor_the_last_administrators()
    {
        var other = await JoinedAsync("bob", Roles.Administrator);

        Assert.Contains("your own account", (await _users.SetLockedAsync(_ada, locked: true)).Fault, StringComparison.Ordinal);
        Assert.Contains("your own account", (await _users.RemoveAsync(_ada)).Fault, StringComparison.Ordinal);
        Assert.Contains("your own account", (await _users.SetRolesAsync(_ada, [Roles.Support])).Fault, StringComparison.Ordinal);

        Assert.Null((await _users.SetLockedAsync(other, locked: true)).Fault);
        var outsider = Service("carl", Guid.NewGuid(), Roles.Administrator);
        Assert.Contains("last administrator", (await outsider.RemoveAsync(_ada)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_role_or_a_lock_renews_the_security_stamp_and_stands_in_the_audit_log()
    {
        var bob = await JoinedAsync("bob", Roles.Support);
        var before = await StampAsync(bob);

        Assert.Null((await _users.SetRolesAsync(bob, [Roles.Administrator, Roles.Support])).Fault);
        var after = await StampAsync(bob);
        Assert.NotEqual(before, after);
        Assert.Null((await _users.SetLockedAsync(bob, locked: true)).Fault);
        Assert.NotEqual(after, await StampAsync(bob));
        Assert.Equal(UserState.Locked, Assert.Single(await _users.ListAsync(), user => user.Id == bob).State);

        await using var context = await Contexts.CreateDbContextAsync();
        Assert.Equal(["user.roles", "user.lock"], await context.AuditEntries.OrderByDescending(entry => entry.Sequence).Take(2).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
    }

    [Fact]
    public async Task Support_is_refused_by_the_service_itself()
    {
        var users = Service("sam", Guid.NewGuid(), Roles.Support);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => users.ListAsync());
        await Assert.ThrowsAsync<PermissionDeniedException>(() => users.SetRolesAsync(_ada, []));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => users.InviteAsync("eve", [Roles.Support]));
    }

    private AccountService Accounts => _services.GetRequiredService<AccountService>();

    private IDbContextFactory<AdminDbContext> Contexts => _services.GetRequiredService<IDbContextFactory<AdminDbContext>>();

    private UserService Service(string name, Guid id, string role) => new(
        new KnownCaller(new Caller(id, name, [role], Roles.PermissionsOf([role]))), Contexts, Accounts, TimeProvider.System);

    private async Task<Guid> JoinedAsync(string name, string role)
    {
        var invitation = await _users.InviteAsync(name, [role]);
        Assert.Null((await Accounts.UseLinkAsync(invitation.Token!, Password, CancellationToken.None)).Fault);
        return Assert.Single(await _users.ListAsync(), user => user.Name == name).Id;
    }

    private async Task<string?> StampAsync(Guid id)
    {
        await using var context = await Contexts.CreateDbContextAsync();
        return (await context.Users.SingleAsync(user => user.Id == id)).SecurityStamp;
    }
}
