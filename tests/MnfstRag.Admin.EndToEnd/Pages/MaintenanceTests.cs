using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed partial class MaintenanceTests(DashboardFixture fixture) : IAsyncLifetime
{
    private const string Remedy = "/maintenance/plan?environment=production&remedy=index.recommended:public.documents.idx_documents_tenant_status";
    private const string Statement = "CREATE INDEX CONCURRENTLY idx_documents_tenant_status ON public.documents";
    private const string Tables = """
        CREATE TABLE tenants (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
        CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), tenant_id uuid, email text);
        CREATE TABLE documents (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), tenant_id uuid, user_id uuid, status text, original_name text, created_at timestamptz DEFAULT now());
        CREATE TABLE sessions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid, updated_at timestamptz);
        CREATE TABLE messages (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), session_id uuid, content text, timestamp timestamptz);
        INSERT INTO documents (tenant_id, status) SELECT gen_random_uuid(), 'PROCESSED' FROM generate_series(1, 20000);
        """;

    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = 40_000 };
    private static readonly LocatorAssertionsToContainTextOptions Said = new() { Timeout = 60_000 };

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is null)
        {
            await RunAsync(Tables);
        }
    }

    public async Task DisposeAsync()
    {
        if (Chromium.Missing is null)
        {
            await RunAsync("DROP TABLE tenants, users, documents, sessions, messages");
        }
    }

    [BrowserFact]
    public async Task From_a_finding_to_a_plan_a_run_with_a_moving_bar_its_proof_and_no_finding_any_more()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var page = visitor.Page;
        await WhenReadAsync(visitor);
        await visitor.GoToAsync("/indexes?environment=production");
        var finding = page.GetByRole(AriaRole.Article).Filter(new LocatorFilterOptions { HasText = "idx_documents_tenant_status" });
        var more = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = MoreNotices() });
        await Expect(finding.Or(more).First).ToBeVisibleAsync(Visible);
        if (await finding.CountAsync() == 0)
        {
            await more.ClickAsync();
        }

        await finding.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Plan: Create idx_documents_tenant_status on public.documents" }).ClickAsync();
        await Expect(page.GetByText(Statement).First).ToBeVisibleAsync(Visible);
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Go", Exact = true })).ToBeVisibleAsync();

        // A writer that does not end keeps the run at its first wait, so that its bar can be seen at two places.
        await using var writer = await fixture.OpenSessionAsync("writer");
        await using var transaction = await writer.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("UPDATE documents SET status = 'ERROR' WHERE id = (SELECT id FROM documents LIMIT 1)", writer))
        {
            await write.ExecuteNonQueryAsync();
        }

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run now: Create idx_documents_tenant_status" }).ClickAsync();
        await page.WaitForURLAsync(RunAddress());
        var bar = page.GetByRole(AriaRole.Progressbar);
        await Expect(bar).ToBeVisibleAsync(Visible);
        await Expect(page.Locator(".run-progress")).ToContainTextAsync(Waiting(), Said);
        var early = await bar.GetAttributeAsync("aria-valuetext");

        // Everybody sees it, and a closed tab changes nothing.
        await using (var other = await fixture.SignInAsync(await fixture.SupportAsync()))
        {
            await other.GoToAsync("/maintenance?environment=production");
            await Expect(other.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync(Visible);
            await Expect(other.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = Stop() })).ToHaveCountAsync(0);
        }

        var run = page.Url;
        await page.CloseAsync();
        await using var again = await fixture.SignInAsync(fixture.Administrator);
        await again.GoToAsync(new Uri(run).PathAndQuery);
        await Expect(again.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync(Visible);
        await Expect(again.Page.GetByRole(AriaRole.Progressbar)).Not.ToHaveAttributeAsync("aria-valuetext", early ?? "", new LocatorAssertionsToHaveAttributeOptions { Timeout = 20_000 });
        await transaction.RollbackAsync();

        await Expect(again.Page.Locator(".run-lead .chip").First).ToHaveTextAsync("done", new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
        await Expect(again.Page.Locator(".step-proof").First).ToContainTextAsync("idx_documents_tenant_status", Said);
        await again.GoToAsync("/indexes?environment=production&find=idx_documents_tenant_status");
        await Expect(again.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "idx_documents_tenant_status" }).First).ToBeVisibleAsync(Visible);
        await Expect(again.Page.GetByRole(AriaRole.Article).Filter(new LocatorFilterOptions { HasText = "idx_documents_tenant_status" })).ToHaveCountAsync(0);

        await again.GoToAsync("/audit?action=maintenance.run");
        await Expect(again.Page.GetByText("Create idx_documents_tenant_status on public.documents").First).ToBeVisibleAsync();
        await again.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Verify the chain" }).ClickAsync();
        await Expect(again.Page.GetByText("rows are as they were written")).ToBeVisibleAsync(Visible);
    }

    [BrowserFact]
    public async Task A_vacuum_is_picked_run_and_proven_and_is_seen_on_charts_and_on_the_page_of_its_table()
    {
        await using (var writer = await fixture.OpenSessionAsync("writer"))
        await using (var delete = new NpgsqlCommand("ANALYZE documents; DELETE FROM documents WHERE ctid < '(100,0)'", writer))
        {
            await delete.ExecuteNonQueryAsync();
        }

        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var page = visitor.Page;
        await visitor.GoToAsync("/maintenance/new?environment=production&kind=vacuum&on=public.documents");
        await page.GetByLabel("let the server tell what it did").CheckAsync();
        await page.GetByLabel("Empty pages at the end (TRUNCATE)").SelectOptionAsync("off");
        await page.GetByLabel("Memory (BUFFER_USAGE_LIMIT)").SelectOptionAsync("16384");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the plan" }).ClickAsync();
        await Expect(page.GetByText("VACUUM (ANALYZE, VERBOSE, TRUNCATE OFF, BUFFER_USAGE_LIMIT '16384 kB') public.documents").First).ToBeVisibleAsync(Visible);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run now: Vacuum public.documents" }).ClickAsync();
        await page.WaitForURLAsync(RunAddress());
        await Expect(page.Locator(".run-lead .chip").First).ToHaveTextAsync("done", new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
        await Expect(page.Locator(".step-proof").First).ToContainTextAsync("of the table was empty or dead before", Said);
        await Expect(page.Locator(".proof-table")).ToContainTextAsync("empty or dead in the table");

        await visitor.GoToAsync("/connections?environment=production");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show as a table" }).First.ClickAsync();
        foreach (var words in new[] { "Maintenance began: Vacuum public.documents and analyse it.", "Maintenance ended: Vacuum public.documents and analyse it: done." })
        {
            await Expect(page.Locator(".chart-table-mark").Filter(new LocatorFilterOptions { HasText = words }).First).ToBeVisibleAsync(Visible);
        }

        await visitor.GoToAsync("/tables?environment=production&table=public.documents");
        await Expect(page.Locator(".object-maintenance").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Vacuum public.documents and analyse it" }).First).ToBeVisibleAsync(Visible);
    }

    [BrowserFact]
    public async Task Several_findings_are_chosen_and_become_one_plan()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var page = visitor.Page;
        await WhenReadAsync(visitor);
        await visitor.GoToAsync("/maintenance?environment=production");
        foreach (var index in new[] { "idx_documents_tenant_status", "idx_sessions_user_updated" })
        {
            await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { NameRegex = new Regex($"Create {index}", RegexOptions.None, TimeSpan.FromSeconds(1)) }).CheckAsync(new LocatorCheckOptions { Timeout = 40_000 });
        }

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Plan the 2 chosen remedies" }).ClickAsync();
        await Expect(page.Locator(".plan-steps > li")).ToHaveCountAsync(2, new LocatorAssertionsToHaveCountOptions { Timeout = 40_000 });
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = Run() })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Support_sees_the_plan_and_cannot_run_it()
    {
        await using var visitor = await fixture.SignInAsync(await fixture.SupportAsync());
        var page = visitor.Page;
        await WhenReadAsync(visitor);

        await Expect(page.GetByText(Statement).First).ToBeVisibleAsync(Visible);
        await Expect(page.GetByText("an administrator runs them")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = Run() })).ToHaveCountAsync(0);
        await visitor.GoToAsync("/maintenance/rules?environment=production");
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = Freeze() })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_dashboard_that_is_killed_while_an_index_is_made_finds_out_what_became_of_it_and_never_makes_it_twice()
    {
        string address;
        var port = fixture.Address;
        await using var writer = await fixture.OpenSessionAsync("writer");
        await using var transaction = await writer.BeginTransactionAsync();
        await using (var visitor = await fixture.SignInAsync(fixture.Administrator))
        {
            visitor.Expected.Add("ERR_CONNECTION");
            visitor.Expected.Add("WebSocket");
            visitor.Expected.Add("Connection disconnected");
            visitor.Expected.Add("Failed to");
            visitor.Expected.Add("Cannot send data");
            await WhenReadAsync(visitor);
            await using (var write = new NpgsqlCommand("UPDATE documents SET status = 'ERROR' WHERE id = (SELECT id FROM documents LIMIT 1)", writer))
            {
                await write.ExecuteNonQueryAsync();
            }

            await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run now: Create idx_documents_tenant_status" }).ClickAsync();
            await visitor.Page.WaitForURLAsync(RunAddress());
            await Expect(visitor.Page.Locator(".run-progress")).ToContainTextAsync(Waiting(), Said);
            address = new Uri(visitor.Page.Url).PathAndQuery;
            await fixture.Dashboard.KillAsync();
            await visitor.Page.CloseAsync();
        }

        await fixture.RestartDashboardAsync(() => Task.CompletedTask);
        Assert.Equal(port, fixture.Address);
        await using var after = await fixture.SignInAsync(fixture.Administrator);
        await after.GoToAsync(address);
        await Expect(after.Page.Locator(".run-lead .chip").First).ToHaveTextAsync(ReconciledOr(), new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
        await transaction.RollbackAsync();
        await Expect(after.Page.Locator(".run-lead .chip").First).ToHaveTextAsync(Decided(), new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });

        // The verdict is what the server shows.
        var state = await ScalarAsync("SELECT coalesce((SELECT CASE WHEN indisvalid THEN 'done' ELSE 'left something' END FROM pg_index WHERE indexrelid = to_regclass('public.idx_documents_tenant_status')), 'failed')");
        await Expect(after.Page.Locator(".run-lead .chip").First).ToHaveTextAsync(state);
        await Expect(after.Page.GetByText("this was found out afterwards")).ToBeVisibleAsync();
        Assert.Equal("1", await ScalarAsync("SELECT coalesce(sum(calls), 1)::text FROM pg_stat_statements WHERE query LIKE 'CREATE INDEX CONCURRENTLY idx_documents_tenant_status%'"));
    }

    /// <summary>
    /// A plan that can be run. Its page goes on looking until the server's indexes have been read since this test made its tables; a finding about
    /// the tables of the test before makes a plan of tables that are gone, and is planned again.
    /// </summary>
    private static async Task WhenReadAsync(Visitor visitor)
    {
        await visitor.GoToAsync(Remedy);
        var again = visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Plan it again" });
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await Expect(again).ToBeVisibleAsync(Visible);
            if (await visitor.Page.GetByText(Statement).CountAsync() > 0)
            {
                return;
            }

            await visitor.Page.WaitForTimeoutAsync(1_000);
            await again.ClickAsync();
        }

        Assert.Fail($"The finding did not come. The page says: {await visitor.Page.Locator("main").InnerTextAsync()}");
    }

    private async Task RunAsync(string sql)
    {
        await using var session = await fixture.OpenSessionAsync("migration");
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(fixture.Watched.ConnectionString("mnfst_rag") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex("/maintenance/runs/", RegexOptions.None, 1000)]
    private static partial Regex RunAddress();

    [GeneratedRegex("[Ww]ait", RegexOptions.None, 1000)]
    private static partial Regex Waiting();

    [GeneratedRegex("^Stop", RegexOptions.None, 1000)]
    private static partial Regex Stop();

    [GeneratedRegex("^Run now", RegexOptions.None, 1000)]
    private static partial Regex Run();

    [GeneratedRegex("^Freeze", RegexOptions.None, 1000)]
    private static partial Regex Freeze();

    [GeneratedRegex("more notice", RegexOptions.None, 1000)]
    private static partial Regex MoreNotices();

    [GeneratedRegex("^(?:reconciling|done|left something|failed)$", RegexOptions.None, 1000)]
    private static partial Regex ReconciledOr();

    [GeneratedRegex("^(?:done|left something|failed)$", RegexOptions.None, 1000)]
    private static partial Regex Decided();
}
