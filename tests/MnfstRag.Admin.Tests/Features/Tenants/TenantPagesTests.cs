using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>The tenant area's pages over a real fenced product.</summary>
public sealed class TenantPagesTests : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private TenantBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await TenantBench.StartAsync(ProductShape.Migrations);
        JSInterop.Mode = JSRuntimeMode.Loose;
        ComponentFactories.AddStub<TimeChart>();
        Services.AddSingleton<ITenantAccess>(_bench);
        Services.AddSingleton(_bench.Access);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new EnvironmentWatches(Options.Create(new SamplerOptions())));
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<PageRange>();
        Services.AddScoped(_ => _bench.List);
        Services.AddScoped(_ => _bench.Overview);
        Services.AddScoped(_ => _bench.Documents);
        Services.AddScoped(_ => _bench.Statuses);
        Services.AddScoped(_ => _bench.Transfers);
        Services.AddScoped(_ => _bench.Conversations);
        Services.AddScoped(_ => _bench.Search);
        Services.AddScoped(_ => _bench.People);
        Services.AddScoped(_ => _bench.Oddities);
    }

    [Fact]
    public void A_failed_document_is_found_and_marked_as_uploaded()
    {
        var page = Show<DocumentsPage>("/documents?status=error", "table.documents");
        Assert.Equal(5, page.FindAll("tbody tr").Count);
        Assert.Contains("No text in it", page.Find("tbody tr").TextContent, StringComparison.Ordinal);

        page.FindAll("tbody input[type=checkbox]")[0].Change(true);
        page.WaitForAssertion(() => Assert.Equal("Set the status of 1 document", page.Find(".grid-tools button").TextContent), Patience);
        page.Find(".grid-tools button").Click();
        page.WaitForElement(".status-reason input", Patience).Input("scanned again with text");
        page.WaitForAssertion(() => Assert.Equal("scanned again with text", page.Find(".status-reason input").GetAttribute("value")), Patience);
        page.Find("form.status-form").Submit();

        page.WaitForAssertion(() => Assert.Contains("1 document is marked as uploaded", page.Find("[aria-label='Change of status']").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Contains("not yet: 1", page.Find("[aria-label='Change of status']").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("scanned again with text", _bench.Audited.First(one => one.Action == "documents.status").Details!["reason"]);
    }

    [Fact]
    public void A_change_without_a_reason_is_told_in_place_and_changes_nothing()
    {
        var page = Show<DocumentsPage>("/documents?status=error", "table.documents");
        page.FindAll(".grid-tools button")[0].Click();
        page.WaitForElement("form.status-form", Patience).Submit();

        page.WaitForAssertion(() => Assert.StartsWith("State why", page.Find(".status-form .field-fault").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(_bench.Audited);
    }

    [Fact]
    public async Task A_list_that_took_long_offers_its_index_and_what_is_too_much_to_count_or_to_change_is_said()
    {
        await _bench.Fenced.Database.ExecuteAsync($"""
            INSERT INTO documents (id, filename, original_name, size, mime_type, status, tenant_id, user_id, created_at)
            SELECT md5('many' || n)::uuid, 'f', 'many ' || n, 1, 'text/plain', 'PROCESSED', '{ProductSamples.TenantA}', md5('ua1')::uuid, now() FROM generate_series(1, {StatusService.Most + 50}) n;
            ANALYZE documents
            """);
        _bench.Slowness = TimeSpan.FromMilliseconds(800);
        var page = Show<DocumentsPage>("/documents", "table.documents");

        page.WaitForAssertion(() => Assert.Contains("This took ", page.Find(".panel .notice-warning").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("CREATE INDEX CONCURRENTLY idx_documents_tenant_created ON documents (tenant_id, created_at, id)", page.Find(".panel .notice-warning").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Matches("^more than 10.*, about 10", page.Find(".panel-heading [role=status]").TextContent), Patience);
        _bench.Changes.BeginsItself = false;
        var (run, _) = await _bench.Statuses.BeginAsync(null, ProductSamples.TenantA, new StatusChange(null, new DocumentFilter(), "processed", "uploaded", "all of them anew"));
        Assert.Equal(StatusService.Most, run!.Total);
    }

    [Fact]
    public async Task A_document_opens_beside_the_list_with_its_error_in_words()
    {
        var id = await _bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('da1')::uuid");
        var page = Show<DocumentsPage>($"/documents?document={id}", ".side-panel .steps");

        Assert.Contains("The file holds pictures of pages", page.Find(".side-panel .notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("no text", page.Find(".error-text").TextContent);
        Assert.Equal("Mark as uploaded", page.Find(".side-panel footer button").TextContent);
    }

    [Theory]
    [InlineData("UPLOADED", "Waits to be processed; the row was last changed ")]
    [InlineData("PROCESSING", "In processing since ")]
    [InlineData("PROCESSED", "Processed ")]
    [InlineData("ERROR", "Failed ")]
    public async Task What_happened_to_a_document_is_told_for_each_state(string status, string words)
    {
        await _bench.Fenced.Database.ExecuteAsync($"UPDATE documents SET status = '{status}', updated_at = created_at + interval '5 minutes', processed_at = created_at + interval '5 minutes' WHERE id = md5('da1')::uuid");
        var id = await _bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('da1')::uuid");

        var steps = Show<DocumentsPage>($"/documents?document={id}", ".side-panel .steps").FindAll(".side-panel .steps li");

        Assert.Equal(2, steps.Count);
        Assert.StartsWith(words, steps[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain('@', steps[1].TextContent);
        Assert.DoesNotContain('{', steps[1].TextContent);
    }

    [Theory]
    [InlineData("status=nonsense&page=x~y&uploader=z&least=-1&after=yesterday&search=all")]
    [InlineData("page=d~1~00000000000000000000000000000000")]
    [InlineData("find=%00&search=part")]
    public void Nonsense_in_the_address_breaks_nothing(string query)
    {
        var page = Show<DocumentsPage>($"/documents?{query}", "#documents-heading");

        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void Another_tenants_address_is_not_found_on_every_page()
    {
        foreach (var show in new Func<IRenderedComponent<IComponent>>[]
        {
            () => At<TenantOverviewPage>(ProductSamples.TenantB, ""), () => At<DocumentsPage>(ProductSamples.TenantB, "/documents"), () => At<SessionsPage>(ProductSamples.TenantB, "/sessions"),
            () => At<SearchPage>(ProductSamples.TenantB, "/search?find=heliotrope"), () => At<PeoplePage>(ProductSamples.TenantB, "/people"),
        })
        {
            var page = show();
            page.WaitForAssertion(() => Assert.Contains("There is no such tenant, or it is not yours", page.Markup, StringComparison.Ordinal), Patience);
            Assert.DoesNotContain("Bob", page.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Staff_state_a_reason_before_content_is_shown()
    {
        (_bench.IsStaff, _bench.ReasonStated) = (true, false);
        var page = Show<SessionsPage>("/sessions", ".reason-form");
        Assert.DoesNotContain("a1@example.org", page.Markup, StringComparison.Ordinal);

        page.Find(".reason-form input").Input("short");
        page.Find(".reason-form").Submit();
        page.WaitForAssertion(() => Assert.Equal("Say more.", page.Find(".field-fault").TextContent), Patience);
        page.Find(".reason-form input").Input("ticket 4711: a session is missing");
        page.Find(".reason-form").Submit();

        page.WaitForElement("tbody tr", Patience);
        Assert.Contains("a1@example.org", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_search_people_and_overview_show_what_the_tenant_has()
    {
        Assert.Equal(3, Show<SessionsPage>("/sessions", "tbody tr").FindAll("tbody tr").Count);
        var search = Show<SearchPage>("/search?find=garden", ".found li");
        Assert.Equal("garden", search.Find("mark").TextContent);
        Assert.Contains("/sessions/", search.Find(".found a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(3, Show<PeoplePage>("/people", "tbody tr").FindAll("tbody tr").Count);
        var overview = Show<TenantOverviewPage>("", ".failure-list li");
        Assert.Contains("No text in it", overview.Find(".failure-list").TextContent, StringComparison.Ordinal);
        Assert.Contains("100% of all", overview.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transcript_shows_hostile_words_as_words()
    {
        var session = await _bench.Fenced.Database.ScalarAsync<Guid>("SELECT md5('sa1')::uuid");
        await _bench.Fenced.Database.ExecuteAsync($"INSERT INTO messages (id, content, role, session_id, timestamp) VALUES (md5('hostile')::uuid, '<script>window.hit=1</script> [x](javascript:alert(1)) ' || chr(8238) || 'txt', 'ASSISTANT', '{session}', now() + interval '1 hour')");
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/tenants/{ProductSamples.TenantA}/sessions/{session}");

        var page = Render<TranscriptPage>(parameters => parameters.Add(one => one.Tenant, ProductSamples.TenantA).Add(one => one.Session, session));
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".message").Count), Patience);

        Assert.Empty(page.FindAll(".message-text script, .message-text a"));
        Assert.Contains("<script>window.hit=1</script>", page.FindAll(".message-text")[^1].TextContent, StringComparison.Ordinal);
        Assert.Contains("\\u202Etxt", page.FindAll(".message-text")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Staff_see_all_tenants_and_what_is_odd()
    {
        _bench.IsStaff = true;
        Services.GetRequiredService<NavigationManager>().NavigateTo("/tenants");
        var list = Render<TenantsPage>();
        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll("tbody tr").Count), Patience);
        var odd = Render<OdditiesPage>();

        odd.WaitForAssertion(() => Assert.Equal(TenantOversight.Kinds.Count, odd.FindAll(".chip").Count), Patience);
        Assert.Contains("Sessions whose user and chat belong to different tenants", odd.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", odd.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_one_tenant_is_led_to_it()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/tenants");
        var list = Render<TenantsPage>();

        list.WaitForAssertion(() => Assert.Contains($"/tenants/{ProductSamples.TenantA}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_page_that_is_left_while_it_reads_has_no_fault_for_the_page_that_follows()
    {
        var answer = new TaskCompletionSource();
        _bench.Places = answer.Task;
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/tenants/{ProductSamples.TenantA}");
        var shown = Render<PageFault>(parameters => parameters.Add(one => one.Page, "/a").AddChildContent<TenantOverviewPage>(page => page.Add(one => one.Tenant, ProductSamples.TenantA)));
        Assert.Contains("Reading overview", shown.Markup, StringComparison.Ordinal);

        shown.Render(parameters => parameters.Add(one => one.Page, "/b").AddChildContent("<p>the next page</p>"));
        await shown.InvokeAsync(answer.SetResult);
        await shown.InvokeAsync(() => { });

        Assert.Equal("<p>the next page</p>", shown.Markup);
    }

    [Fact]
    public void An_export_is_fetched_without_leaving_the_page()
    {
        var page = Show<DocumentsPage>("/documents", "table.documents");
        var before = Services.GetRequiredService<NavigationManager>().Uri;

        page.FindAll(".page-header button, header button").First(button => button.TextContent == "Export as CSV").Click();

        page.WaitForAssertion(() => Assert.Single(JSInterop.Invocations["mnfst.saveFile"]), Patience);
        Assert.StartsWith(Downloads.Path, Assert.IsType<string>(JSInterop.Invocations["mnfst.saveFile"].Single().Arguments[0]), StringComparison.Ordinal);
        Assert.Equal(before, Services.GetRequiredService<NavigationManager>().Uri);
    }

    private IRenderedComponent<TPage> Show<TPage>(string path, string until)
        where TPage : TenantPage
    {
        var page = At<TPage>(ProductSamples.TenantA, path);
        page.WaitForElement(until, Patience);
        return page;
    }

    private IRenderedComponent<TPage> At<TPage>(Guid tenant, string path)
        where TPage : TenantPage
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/tenants/{tenant}{path}");
        return Render<TPage>(parameters => parameters.Add(one => one.Tenant, tenant));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _bench.DisposeAsync();
    }
}
