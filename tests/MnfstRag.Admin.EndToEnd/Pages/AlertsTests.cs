using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed class AlertsTests(DashboardFixture fixture)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MNFST_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;
    private static readonly LocatorAssertionsToBeVisibleOptions Within30Seconds = new() { Timeout = 30_000 };

    [BrowserFact]
    public async Task A_threshold_is_changed_and_its_alert_is_seen_and_taken_care_of()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/alerts/rules");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change Idle in transaction" }).ClickAsync();
        await visitor.Page.GetByLabel("Warning from").FillAsync("1");
        await visitor.Page.GetByLabel("Your password, again").FillAsync("not the password");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save this rule" }).ClickAsync();
        await Expect(visitor.Page.GetByText("The password is not right.")).ToBeVisibleAsync(Within30Seconds);
        await visitor.Page.GetByLabel("Your password, again").FillAsync(fixture.Administrator.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save this rule" }).ClickAsync();
        await Expect(visitor.Page.GetByText("is judged anew from now on")).ToBeVisibleAsync(Within30Seconds);

        await using var support = await fixture.SignInAsync(await fixture.SupportAsync());
        await support.GoToAsync("/alerts/rules");
        await Expect(support.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "Idle in transaction" })).ToContainTextAsync("≥ 1 s");
        await Expect(support.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change" })).ToHaveCountAsync(0);
        await support.GoToAsync("/alerts");
        var alert = support.Page.GetByRole(AriaRole.Listitem).Filter(new LocatorFilterOptions { HasText = "has been idle in transaction" });
        await using (var session = await fixture.OpenSessionAsync("forgetful worker"))
        {
            await using var command = new NpgsqlCommand("BEGIN; SELECT 1", session);
            await command.ExecuteNonQueryAsync();
            await Expect(alert).ToBeVisibleAsync(Within30Seconds);
            await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
            await alert.GetByLabel("What you are doing about it").FillAsync("asking its owner");
            await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "I take care of it" }).ClickAsync();
            await Expect(alert).ToContainTextAsync("asking its owner");
        }
    }

    [BrowserFact]
    public async Task Every_state_of_alerts_channels_and_messages_reads_well_in_both_themes_and_on_a_phone()
    {
        await StoreAsync(States);
        try
        {
            foreach (var size in (Screen[])[Screen.Laptop, Screen.Phone])
            {
                foreach (var theme in Pictures is null ? (ColorScheme[])[size == Screen.Phone ? ColorScheme.Dark : ColorScheme.Light] : [ColorScheme.Light, ColorScheme.Dark])
                {
                    await using var visitor = await fixture.SignInAsync(fixture.Administrator, size with { Theme = theme });
                    await visitor.GoToAsync("/alerts");
                    var page = visitor.Page;
                    var alerts = page.GetByRole(AriaRole.Listitem);
                    await Expect(alerts.Filter(new LocatorFilterOptions { HasText = "91 of 97 connections" })).ToContainTextAsync("critical");
                    await Expect(alerts.Filter(new LocatorFilterOptions { HasText = "waits for a lock" })).ToContainTextAsync("taken care of by ada");
                    await Expect(alerts.Filter(new LocatorFilterOptions { HasText = "log yet to replay" })).ToContainTextAsync("muted");
                    await Expect(page.GetByText("1 message could not be delivered and was given up.")).ToBeVisibleAsync();
                    await LookAsync(visitor, "alerts", size, theme);
                    await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mute or plan quiet" }).ClickAsync();
                    await alerts.Filter(new LocatorFilterOptions { HasText = "91 of 97 connections" }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
                    await LookAsync(visitor, "alerts-forms", size, theme);
                    await visitor.GoToAsync("/alerts/channels");
                    await Expect(page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "given up" })).ToContainTextAsync("status 500");
                    await LookAsync(visitor, "alerts-channels", size, theme);
                    await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "On-call", Exact = true }).ClickAsync();
                    await LookAsync(visitor, "alerts-channel", size, theme);
                    await visitor.GoToAsync("/alerts/rules");
                    await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change Connections" }).First.ClickAsync();
                    await LookAsync(visitor, "alerts-rules", size, theme);
                }
            }
        }
        finally
        {
            await StoreAsync("DELETE FROM admin.alert_channels; DELETE FROM admin.alert_mutes; DELETE FROM admin.alerts");
        }
    }

    /// <summary>As the engine, the post and people leave them; nobody judges rows that it has not raised itself.</summary>
    private const string States = """
        WITH e AS (SELECT id FROM admin.environments LIMIT 1)
        INSERT INTO admin.alerts (id, environment_id, rule, object, level, value, evidence, raised_at, changed_at, ended_at, acknowledged_by, acknowledged_at, note, told_level, end_told)
        SELECT gen_random_uuid(), e.id, rule, object, level, 1, evidence, now() - age, now() - age, CASE WHEN ended THEN now() - interval '1 hour' END, by, now() - interval '3 minutes', note, level, ended
        FROM e, (VALUES
            ('connections', 'all connections', 2, '91 of 97 connections are used (93.8 %).', interval '6 minutes', false, NULL, NULL),
            ('blocked', 'sessions', 1, '1 session waits for a lock, the longest for 3 m 12 s.', interval '4 minutes', false, 'ada', 'asking the owner of the nightly import whether it may be stopped'),
            ('replica-lag', 'replica-b.internal.example.org:5432', 1, 'replica-b.internal.example.org:5432 has 212.5 MB of log yet to replay.', interval '2 hours', false, NULL, NULL),
            ('replica-delay', 'replica-b.internal.example.org:5432', 2, 'replica-b.internal.example.org:5432 shows what was true 1 m 12 s ago: it has not replayed what was written since.', interval '90 seconds', false, NULL, NULL),
            ('wraparound', 'mnfst_rag', 1, 'mnfst_rag has used up 51.2 % of the ids before wraparound (1,099,511,627).', interval '3 days', true, 'sam', NULL)
        ) AS a (rule, object, level, evidence, age, ended, by, note);
        WITH e AS (SELECT id FROM admin.environments LIMIT 1)
        INSERT INTO admin.alert_mutes (id, environment_id, rule, object, reason, by, at, "from", until)
        SELECT gen_random_uuid(), e.id, rule, NULL, reason, 'ada', now(), now() + start, now() + start + interval '4 hours'
        FROM e, (VALUES ('replica-lag', 'the replica is being moved to other disks', interval '-1 hour'), (NULL, 'planned: PostgreSQL 18.1', interval '2 days')) AS m (rule, reason, start);
        WITH c AS (
            INSERT INTO admin.alert_channels (id, name, kind, place, protected_address, protected_key, environment_id, least, enabled, by, at)
            VALUES (gen_random_uuid(), 'On-call', 0, 'hooks.example.org:443', 'x', 'x', NULL, 1, true, 'ada', now() - interval '2 days'),
                   (gen_random_uuid(), 'Database people', 1, 'ada@example.org, grace.hopper@databases.example.org', NULL, NULL, NULL, 2, true, 'ada', now() - interval '2 days'),
                   (gen_random_uuid(), 'Old pager', 0, 'pager.example.org:8443', 'x', 'x', NULL, 2, false, 'sam', now() - interval '90 days')
            RETURNING id, name)
        INSERT INTO admin.alert_deliveries (id, channel_id, subject, body, made_at, attempts, due_at, delivered_at, given_up_at, fault)
        SELECT gen_random_uuid(), c.id, subject, '{}', now() - age, attempts, now() + interval '10 minutes', CASE WHEN state = 'taken' THEN now() END, CASE WHEN state = 'given up' THEN now() END, fault
        FROM c JOIN (VALUES
            ('Database people', 'production: Connections used (all connections) is Critical', interval '6 minutes', 1, 'taken', NULL),
            ('On-call', 'production: 2 alerts began or worsened, 1 alert ended', interval '5 minutes', 2, 'again', 'The receiver did not answer within 5 s.'),
            ('On-call', 'production: Wraparound (mnfst_rag) is over', interval '10 hours', 7, 'given up', 'The receiver answers with status 500.')
        ) AS d (name, subject, age, attempts, state, fault) ON d.name = c.name;
        """;

    private async Task StoreAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(fixture.Settings["ConnectionStrings__Admin"]) { Pooling = false });
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task LookAsync(Visitor visitor, string name, Screen size, ColorScheme theme)
    {
        await visitor.Page.WaitForTimeoutAsync(300);
        var result = await visitor.Page.RunAxe();
        Assert.Empty(result.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id} {node.Html}")));
        Assert.False(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), $"{name} scrolls sideways at {size.Width}");
        if (Pictures is { } folder)
        {
            await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{theme}-{size.Width}.png".ToLowerInvariant()), FullPage = true });
        }
    }
}
