using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;

namespace MnfstRag.Admin.Tests.Access.Accounts;

public sealed class AccountServiceTests
{
    private const string NewPassword = "another quiet lantern";

    [Fact]
    public async Task An_invitation_sets_the_password_once_and_looking_at_it_uses_nothing_up()
    {
        await using var host = await AccessHost.StartAsync();
        var invited = await Service(host).InviteAsync(Root, "bert", [Roles.Support], CancellationToken.None);
        Assert.Null(invited.Fault);
        Assert.DoesNotContain(invited.Token!, await host.ScalarAsync("SELECT string_agg(encode(token_hash, 'escape'), '') FROM identity.one_time_links"), StringComparison.Ordinal);
        var link = $"/account/invitation?token={invited.Token}";

        using var browser = host.NewBrowser();
        Assert.Contains("bert", (await browser.PageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        using var weak = await browser.SubmitAsync(link, "invitation", ("Input.New", "Password1234"), ("Input.Repeated", "Password1234"));
        Assert.Equal(HttpStatusCode.OK, weak.StatusCode);
        var page = await browser.PageAsync(link);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            browser.SubmitAsync(page, link, "invitation", ("Input.New", NewPassword), ("Input.Repeated", NewPassword))));
        Assert.Single(both, answer => answer.StatusCode == HttpStatusCode.Redirect);

        Assert.Contains("cannot be used", (await browser.PageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        using var signIn = await browser.SignInAsync("bert", NewPassword);
        Assert.Equal(HttpStatusCode.Redirect, signIn.StatusCode);
        Assert.Equal("root: user bert", await host.ScalarAsync("SELECT actor_name || ': ' || object FROM audit.entries WHERE action = 'user.invite'"));
    }

    [Fact]
    public async Task A_link_ends_after_a_day_and_by_a_newer_one()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AccessHost.StartAsync(clock);
        var user = await host.AddUserAsync("anna");
        var first = await Service(host).ResetLinkAsync(Root, user.Id, CancellationToken.None);
        var second = await Service(host).ResetLinkAsync(Root, user.Id, CancellationToken.None);

        Assert.Null(await Service(host).LinkOwnerAsync(first.Token, CancellationToken.None));
        Assert.Equal("anna", await Service(host).LinkOwnerAsync(second.Token, CancellationToken.None));
        clock.Advance(TimeSpan.FromHours(24));
        Assert.Null(await Service(host).LinkOwnerAsync(second.Token, CancellationToken.None));
        Assert.NotNull((await Service(host).UseLinkAsync(second.Token!, NewPassword, CancellationToken.None)).Fault);
    }

    [Fact]
    public async Task Neither_oneself_nor_the_last_administrator_can_be_locked_removed_or_demoted()
    {
        await using var host = await AccessHost.StartAsync();
        var anna = await host.AddUserAsync("anna", Roles.Administrator);
        var bert = await host.AddUserAsync("bert", Roles.Administrator);
        var asAnna = Root with { UserId = anna.Id, Name = "anna" };

        Assert.Contains("your own account", (await Service(host).SetLockedAsync(asAnna, anna.Id, locked: true, CancellationToken.None)).Fault, StringComparison.Ordinal);
        Assert.Contains("your own account", (await Service(host).RemoveAsync(asAnna, anna.Id, CancellationToken.None)).Fault, StringComparison.Ordinal);
        Assert.Contains("your own account", (await Service(host).SetRolesAsync(asAnna, anna.Id, [Roles.Support], CancellationToken.None)).Fault, StringComparison.Ordinal);

        // Two administrators who take each other's role at the same time: one of them stays.
        var results = await Task.WhenAll(
            Service(host).SetRolesAsync(asAnna, bert.Id, [], CancellationToken.None),
            Service(host).SetRolesAsync(Root with { UserId = bert.Id, Name = "bert" }, anna.Id, [], CancellationToken.None));
        Assert.Single(results, result => result.Fault is null);
        Assert.Single(results, result => result.Fault?.Contains("last administrator", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task What_cannot_be_recorded_does_not_happen()
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.AddUserAsync("anna", Roles.Support);
        await host.Store.ExecuteAsAsync(host.Store.Owner, $"REVOKE INSERT ON audit.entries FROM \"{host.Store.Runtime.Name}\"");

        await Assert.ThrowsAsync<Admin.Data.StoreUnavailableException>(() => Service(host).SetRolesAsync(Root, user.Id, [Roles.Administrator], CancellationToken.None));
        await Assert.ThrowsAsync<Admin.Data.StoreUnavailableException>(() => Service(host).InviteAsync(Root, "bert", [], CancellationToken.None));

        Assert.Equal("anna:Support", await host.ScalarAsync("SELECT string_agg(user_name || ':' || roles[1], ' ') FROM identity.users"));
    }

    [Fact]
    public async Task Faults_speak_the_products_words()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");

        Assert.Contains("There is a user Anna already", (await Service(host).InviteAsync(Root, "Anna", [], CancellationToken.None)).Fault, StringComparison.Ordinal);
        Assert.Contains("letters, digits", (await Service(host).InviteAsync(Root, "a\u001b[31m", [], CancellationToken.None)).Fault, StringComparison.Ordinal);
        Assert.Contains("no role Emperor", (await Service(host).InviteAsync(Root, "carl", ["Emperor"], CancellationToken.None)).Fault, StringComparison.Ordinal);
        Assert.Contains("does not exist", (await Service(host).RemoveAsync(Root, Guid.NewGuid(), CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    private static Caller Root { get; } = new(Guid.NewGuid(), "root", [Roles.Administrator], new HashSet<string>());

    private static AccountService Service(AccessHost host) => host.Services.GetRequiredService<AccountService>();
}
