using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Audit;
using MnfstRag.Admin.Tests.Components;
using MnfstRag.Admin.Tests.Data;

namespace MnfstRag.Admin.Tests.Features.Audit;

public sealed class AuditLogPageTests : MudContext, IAsyncLifetime
{
    private static readonly Caller Ada = new(Guid.NewGuid(), "ada", [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
    private TestStore _store = null!;
    private ServiceProvider _services = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _services = await _store.MigratedAsync();
        Services.AddSingleton(new AuditService(
            new KnownCaller(Ada),
            _services.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
            _services.GetRequiredService<AuditVerifier>(),
            TimeProvider.System));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void An_empty_log_says_what_will_fill_it() =>
        Shown("Nothing has been recorded yet");

    [Fact]
    public async Task Rows_stand_the_newest_first_with_who_did_what_on_what_and_what_came_of_it()
    {
        await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada, Object: "user <b>eve</b>", Outcome: "done"));
        await WriteAsync(new AuditEvent("backend.cancel", AuditPhase.Event, Ada, "staging", "backend 1", "not found"));
        var page = Shown("backend.cancel");

        var rows = page.FindAll("tbody tr");
        Assert.Equal(["backend.cancel", "user.lock"], rows.Select(row => row.QuerySelector("th")!.TextContent));
        Assert.Contains("not found", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("user <b>eve</b>", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("tbody b"));
    }

    [Fact]
    public async Task A_filter_narrows_stands_in_the_url_and_can_be_cleared_in_one_click()
    {
        await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada));
        await WriteAsync(new AuditEvent("backend.cancel", AuditPhase.Event, Ada));
        var page = Shown("backend.cancel");

        page.Find("input[placeholder='backend.']").Change("user.");
        page.WaitForAssertion(() => Assert.Equal(["user.lock"], page.FindAll("tbody th").Select(cell => cell.TextContent)));
        Assert.Contains("action=user.", Navigation.Uri, StringComparison.Ordinal);

        page.Find("input[placeholder='backend.']").Change("nothing");
        page.WaitForAssertion(() => Assert.Contains("No row matches these filters", page.Markup, StringComparison.Ordinal));
        page.FindAll("button").Single(button => button.TextContent == "Clear the filters").Click();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.DoesNotContain("action=", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_with_filters_shows_what_its_sender_saw()
    {
        await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada));
        await WriteAsync(new AuditEvent("backend.cancel", AuditPhase.Event, Ada));
        Navigation.NavigateTo("/audit?action=user.&after=2020-01-01T00:00:00Z");
        var page = Shown("user.lock");
        Assert.Single(page.FindAll("tbody tr"));
        Assert.Equal("1577836800000", page.Find("local-moment").GetAttribute("at"));

        page.FindAll("local-moment input[type=hidden]")[1].Change("1577836800001");
        page.WaitForAssertion(() => Assert.Contains("No row matches these filters", page.Markup, StringComparison.Ordinal));
        Assert.Contains("before=2020-01-01T00%3A00%3A00Z", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intent_without_its_outcome_is_told_as_unproven_with_what_is_missing()
    {
        await WriteAsync(new AuditEvent("backend.terminate", AuditPhase.Intent, Ada, "staging", "backend 4711"));
        await _store.ExecuteAsAsync(_store.Owner, "ALTER TABLE audit.entries DISABLE TRIGGER ALL; UPDATE audit.entries SET at = at - interval '1 hour'");
        Navigation.NavigateTo("/audit?entry=1");
        var page = Shown("unproven");
        page.WaitForAssertion(() => Assert.Contains("no outcome followed", page.Find("aside").TextContent, StringComparison.Ordinal));

        page.Find("aside [data-close]").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("entry=", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chain_that_was_changed_is_said_to_be()
    {
        await WriteAsync(new AuditEvent("user.lock", AuditPhase.Event, Ada, Object: "user a"));
        var page = Shown("user.lock");
        Verify(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Find("p.notice-notice[role=status]")));

        await _store.ExecuteAsAsync(_store.Owner, "ALTER TABLE audit.entries DISABLE TRIGGER ALL; UPDATE audit.entries SET object = 'user b'");
        Verify(page);
        page.WaitForAssertion(() => Assert.NotNull(page.Find("p.notice-critical[role=status]")));
    }

    private static void Verify(IRenderedComponent<AuditLogPage> page) => page.FindAll("button").Single(button => button.TextContent == "Verify the chain").Click();

    private IRenderedComponent<AuditLogPage> Shown(string words)
    {
        var page = Render<AuditLogPage>();
        page.WaitForAssertion(() => Assert.Contains(words, page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        return page;
    }

    private Task<Guid> WriteAsync(AuditEvent entry) => _services.GetRequiredService<IAuditLog>().WriteAsync(entry);
}
