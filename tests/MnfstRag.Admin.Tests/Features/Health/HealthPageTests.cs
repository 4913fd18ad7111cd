using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Health;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Checking;
using MudBlazor.Services;

namespace MnfstRag.Admin.Tests.Features.Health;

/// <summary>The page over a real store, with runs that a test made up and one that it presses for.</summary>
public sealed class HealthPageTests : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private HealthBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await HealthBench.CreateAsync("postgresql://watcher:a-word-nobody-sees@127.0.0.1:1/mnfst_rag");
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        watches.Update([await _bench.ProductionAsync()]);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(watches);
        Services.AddSingleton<IAccess>(new KnownCaller(HealthBench.Sam));
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<WatchService>();
        Services.AddScoped(_ => _bench.Service());
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task A_run_is_told_worst_first_with_what_helps_and_since_when_and_what_was_skipped_stands_together()
    {
        await KeepAsync(Noon, Check("tls", Verdict.Ok), Check("reach", Verdict.Ok), Check("slots", Verdict.Warning), Check("size", Verdict.Ok));
        var run = await KeepAsync(Noon.AddMinutes(7), Check("reach", Verdict.Ok), Check("slots", Verdict.Ok), Check("size", Verdict.Skipped, "Without a connection."), Check("pool", Verdict.Skipped, "Without a connection."), Check("tls", Verdict.Failing, "The certificate <b>expired</b>."));

        var page = Show();

        Assert.Equal("production: one check fails", page.Find("#health-run").TextContent.Trim());
        Assert.Equal(["tls", "reach", "slots"], page.FindAll(".health-item h3 .mono").Take(3).Select(name => name.TextContent.Split(' ')[0]));
        var failing = page.Find(".health-item.is-failing");
        Assert.Contains("The certificate <b>expired</b>.", failing.TextContent, StringComparison.Ordinal);
        Assert.Contains("Renew tls.", failing.TextContent, StringComparison.Ordinal);
        Assert.Matches(@"Worked at\s.*fails since", failing.QuerySelector(".health-since")!.TextContent);
        Assert.Contains("Was not well in the run before", page.FindAll(".health-item.is-ok")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 failing, 2 ok, 2 skipped", page.Find(".health-sum").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".health-list > li"), item => item.TextContent.Contains("Without a connection.", StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll(".health-runs tbody tr").Count);

        // The report's links carry the run, and whether hosts are shortened.
        Assert.All(page.FindAll(".health-report a"), link => Assert.Contains(run.ToString(), link.GetAttribute("href"), StringComparison.Ordinal));
        var before = page.Find(".health-report a").GetAttribute("href");
        await page.Find(".health-report input").ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.NotEqual(before, page.Find(".health-report a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_press_shows_each_check_as_it_ends_and_then_the_run_without_the_password()
    {
        var page = Show(".empty-state");
        Assert.Contains("has not been checked yet", page.Markup, StringComparison.Ordinal);

        var pressed = page.Find("button.button-primary").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("of 24 checks have ended", page.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
        Assert.True(page.Find("button.button-primary").HasAttribute("disabled"));
        await pressed;
        page.WaitForElement("#health-run", Patience);
        Assert.Contains("Nothing listens", page.Find(".health-item.is-failing").TextContent, StringComparison.Ordinal);
        Assert.False(page.Find("button.button-primary").HasAttribute("disabled"));
        Assert.Single(page.FindAll(".health-runs tbody tr"));
        Assert.DoesNotContain("a-word-nobody-sees", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_shows_its_own_run_and_one_that_is_gone_says_so()
    {
        var first = await KeepAsync(Noon, Check("tls", Verdict.Ok));
        await KeepAsync(Noon.AddMinutes(7), Check("tls", Verdict.Failing));

        Assert.Contains("nothing is wrong", Show("#health-run", first).Find("#health-run").TextContent, StringComparison.Ordinal);
        Assert.Contains("not kept any more", Show(".empty-state", Guid.NewGuid()).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_credential_of_no_use_a_press_says_why()
    {
        await _bench.WatchAsync("mysql://u:p@h/d");
        var page = Show(".empty-state");

        await page.Find("button.button-primary").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("watch credential of production cannot be used", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
    }

    private IRenderedComponent<HealthPage> Show(string until = "#health-run", Guid? run = null)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/health-check?environment=production{(run is { } id ? $"&run={id}" : "")}");
        var page = Render<HealthPage>();
        page.WaitForElement(until, Patience);
        return page;
    }

    private async Task<Guid> KeepAsync(DateTimeOffset at, params CheckResult[] checks)
    {
        var run = new HealthRun(Guid.CreateVersion7(at), "production", "db:5432/mnfst_rag", at, TimeSpan.FromSeconds(1), "sam", checks);
        await _bench.Runs.AddAsync(await _bench.ProductionAsync(), run, new AuditEvent("health.check", AuditPhase.Event, HealthBench.Sam), CancellationToken.None);
        return run.Id;
    }

    private static CheckResult Check(string name, Verdict verdict, string evidence = "Seen.") =>
        new(name, $"About {name}", new CheckOutcome(verdict, evidence, verdict == Verdict.Failing ? $"Renew {name}." : ""), TimeSpan.FromMilliseconds(3));
}
