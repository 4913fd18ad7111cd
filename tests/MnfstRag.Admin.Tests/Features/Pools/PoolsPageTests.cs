using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Features.Pools;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Components.Layout;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using MudBlazor.Services;

namespace MnfstRag.Admin.Tests.Features.Pools;

public sealed class PoolsPageTests : BunitContext
{
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));
    private readonly EnvironmentWatch _watch;
    private readonly KeptPast _past = new();
    private int _tick;

    public PoolsPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        ComponentFactories.AddStub<FindingList>();
        Services.AddMudServices();
        Services.AddSingleton<IAccess>(new GrantedAccess(Permissions.Watch));
        Services.AddSingleton(_watches);
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<WatchService>();
        Services.AddPools();
        Services.AddSingleton<IHistory>(_past);
        Services.AddScoped<Pause>();
        Services.AddScoped<PageRange>();
        _watches.Update([new WatchedEnvironment(Guid.NewGuid(), "production", new HashSet<CredentialKind>())]);
        _watch = _watches.All.Single();
    }

    [Fact]
    public void Without_any_setting_each_part_says_what_to_set_and_the_server_s_own_figures_stand()
    {
        _watch.Pools = PoolReadings.Nothing("production");
        var page = Shown(Snapshots.Session(1), Snapshots.Session(2, SessionState.Active));

        Assert.Contains("mnfst-rag-backend holds 2 connections (1 active, 1 idle). The server runs out first: it has room for 97", Text(page, ".pool-truth"), StringComparison.Ordinal);
        foreach (var setting in new[] { "Environments:production:Pool:Size", "Environments:production:Backend", "Environments:production:PgBouncer", "Outgoing:Allowed" })
        {
            Assert.Contains(setting, page.Markup, StringComparison.Ordinal);
        }

        Assert.Equal(["server slots"], page.FindAll("#pool-limits ~ * table tbody th .pool-limit, section[aria-labelledby=pool-limits] tbody .pool-limit").Select(cell => cell.TextContent).Distinct());
    }

    [Fact]
    public void With_all_sources_the_limit_that_is_reached_first_is_marked_and_every_pool_has_its_row()
    {
        _watch.Pools = PoolReadings.Full();
        var page = Shown(Snapshots.Session(1));

        var rows = page.FindAll("section[aria-labelledby=pool-limits] tbody tr");
        Assert.Contains("in session mode each client keeps one", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("reached first", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("pooler's sessions", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(rows.Skip(1), row => row.TextContent.Contains("reached first", StringComparison.Ordinal));
        var backends = page.FindAll("section[aria-labelledby=pool-backend] tbody tr");
        Assert.Contains("healthy", backends[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("unhealthy", backends[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(Words.Missing, backends[1].QuerySelectorAll("td.figure")[0].TextContent);
        Assert.Contains("max clients reached", backends[2].TextContent, StringComparison.Ordinal);
        var pool = page.Find("section[aria-labelledby=pool-pgbouncer] tbody tr").TextContent;
        Assert.Contains("mnfst_rag", pool, StringComparison.Ordinal);
        Assert.Contains("10 / 12", pool, StringComparison.Ordinal);
        Assert.Contains("A pooler stands between", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_falls_silent_keeps_its_last_answer_beside_the_reason()
    {
        var full = PoolReadings.Full();
        _watch.Pools = full with { PgBouncer = full.PgBouncer.With(new Answer<PgBouncerReading>(null, "Nothing listens at bouncer:6432."), PoolReadings.At) };
        var panel = Shown(Snapshots.Session(1)).Find("section[aria-labelledby=pool-pgbouncer]").TextContent;

        Assert.Contains("Nothing listens at bouncer:6432.", panel, StringComparison.Ordinal);
        Assert.Contains("last answer", panel, StringComparison.Ordinal);
        Assert.Contains("mnfst_rag", panel, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_outside_are_only_text()
    {
        var full = PoolReadings.Full();
        var pooler = full.PgBouncer.Value!;
        _watch.Pools = full with { PgBouncer = full.PgBouncer with { Value = pooler with { Pools = [pooler.Pools[0] with { Database = Snapshots.Hostile[2] }] } } };

        Assert.Empty(Shown(Snapshots.Session(1)).FindAll("script"));
    }

    [Fact]
    public void A_paused_page_stands_still_until_it_goes_on()
    {
        _watch.Pools = PoolReadings.Nothing("production");
        var page = Shown(Snapshots.Session(1));
        Services.GetRequiredService<Pause>().Toggle();
        Publish(Snapshots.Session(1), Snapshots.Session(2));
        page.WaitForAssertion(() => Assert.Contains("Paused", page.Markup, StringComparison.Ordinal));
        Assert.Contains("holds 1 connection", Text(page, ".pool-truth"), StringComparison.Ordinal);

        Services.GetRequiredService<Pause>().Toggle();
        page.WaitForAssertion(() => Assert.Contains("holds 2 connections", Text(page, ".pool-truth"), StringComparison.Ordinal));
    }

    [Fact]
    public void A_past_stretch_is_drawn_from_what_is_kept_and_the_sentence_says_that_it_speaks_of_now()
    {
        _past.Active = [1, null, 3];
        _past.Events = [new HistoryEvent(TimeProvider.System.GetUtcNow().AddMinutes(-20), "restart", "The server was restarted")];
        _watch.Pools = PoolReadings.Nothing("production");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/pools?environment=production&range=1h");
        var page = Shown(Snapshots.Session(1));

        var chart = page.FindComponent<TimeChart>().Instance;
        page.WaitForAssertion(() => Assert.Equal([1, null, 3], chart.Points.Select(point => point.Values[0])));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromMinutes(20)), (chart.Range!.Value.Length, chart.Step));
        Assert.Equal(["The server was restarted"], chart.Marks.Select(mark => mark.Words));
        Assert.StartsWith("Now: mnfst-rag-backend", Text(page, ".pool-truth"), StringComparison.Ordinal);

        _past.Fault = new StoreUnavailableException("The own store is away.", new TimeoutException());
        Services.GetRequiredService<PageRange>().Choose(RangeChoice.Find("6h")!);
        page.WaitForAssertion(() => Assert.Contains("The own store is away.", page.Markup, StringComparison.Ordinal));
        Services.GetRequiredService<PageRange>().Choose(RangeChoice.Live);
        page.WaitForAssertion(() => Assert.Null(page.FindComponent<TimeChart>().Instance.Range));
    }

    [Fact]
    public async Task Nobody_looks_without_the_permission()
    {
        var service = new PoolsService(new GrantedAccess(), new WatchService(new GrantedAccess(), _watches, TimeProvider.System), _past);

        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await service.WatchAsync("production").GetAsyncEnumerator().MoveNextAsync());
        await Assert.ThrowsAsync<PermissionDeniedException>(() => service.PastAsync(Guid.NewGuid(), TimeRange.Last(TimeSpan.FromHours(1), Snapshots.Now)));
    }

    private IRenderedComponent<Admin.Features.Pools.Pools> Shown(params Session[] sessions)
    {
        Publish(sessions);
        var page = Render<Admin.Features.Pools.Pools>();
        page.WaitForElement(".pool-truth");
        return page;
    }

    private void Publish(params Session[] sessions) => _watch.Publish(Snapshots.Live(sessions) with { PublishedAt = Snapshots.Now.AddSeconds(_tick), ReadAt = Snapshots.Now.AddSeconds(_tick++) });

    private static string Text(IRenderedComponent<Admin.Features.Pools.Pools> page, string selector) => page.Find(selector).TextContent;
}
