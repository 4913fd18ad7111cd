using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Features.Maintenance.Scheduling;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;
using MudBlazor.Services;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>The pages over a real store and a scripted server.</summary>
public sealed class MaintenancePagesTests : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ChangingCaller _caller = new();
    private MaintenanceBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await MaintenanceBench.CreateAsync();
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        watches.Update([new WatchedEnvironment(_bench.EnvironmentId, MaintenanceBench.Environment, new HashSet<CredentialKind> { CredentialKind.Maintain })]);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(watches);
        Services.AddSingleton<IAccess>(_caller);
        foreach (var type in new[] { typeof(IDbContextFactory<AdminDbContext>), typeof(AuditLog), typeof(IAuditLog), typeof(MaintenanceRuns), typeof(MaintenanceRules), typeof(MaintenanceJournal), typeof(MaintenanceBoard), typeof(MaintenanceGate), typeof(PlansMade), typeof(PastRuns), typeof(IMaintenanceWork), typeof(IEnvironmentStore), typeof(ScheduleChanges), typeof(WritableGuard) })
        {
            if (_bench.Services.GetService(type) is { } service)
            {
                Services.AddSingleton(type, service);
            }
        }

        Services.AddSingleton<Dismissals>();
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<WatchService>();
        Services.AddScoped<FindingsService>();
        Services.AddScoped<PlanService>();
        Services.AddScoped<RunService>();
        Services.AddScoped<ScheduleService>();
        Services.AddScoped<RulesService>();
        Services.AddScoped<ToDoService>();
        Services.AddScoped<MaintenanceService>();
        Services.AddScoped<ObjectMaintenanceService>();
        As(_bench.Ada);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public void A_plan_shows_its_sql_its_verdict_and_runs_once()
    {
        var page = Planned(Plans.Create());

        Assert.Contains("CREATE INDEX CONCURRENTLY idx_documents_tenant ON public.documents (tenant_id);", page.Find("pre code").TextContent.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("Go", page.Find(".plan-verdict h3").TextContent);
        page.Find("form.plan-form").Submit();
        page.WaitForAssertion(() => Assert.Contains("/maintenance/runs/", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Support_has_no_button_and_may_copy_the_script()
    {
        As(_bench.Sam);
        var page = Planned(Plans.Create());

        Assert.Contains("an administrator runs them", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form"));
        Assert.Equal("-- a script", page.Find(".plan-copy [data-copy]").GetAttribute("data-copy"));
    }

    [Fact]
    public void A_disruptive_plan_stays_locked_until_name_password_and_reason_are_there()
    {
        var page = Planned(Plans.Drop());
        Assert.True(RunButton(page).HasAttribute("disabled"));

        page.Find("input[type=text]").Input("nobody uses it");
        page.FindAll("input[type=text]")[1].Input("idx_old");
        Assert.True(RunButton(page).HasAttribute("disabled"));
        page.Find("input[type=password]").Input("wrong");
        page.WaitForAssertion(() => Assert.False(RunButton(page).HasAttribute("disabled")), Patience);
        page.Find("form.plan-form").Submit();

        page.WaitForAssertion(() => Assert.Contains("password is not right", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_verdict_of_no_has_its_reasons_and_no_button()
    {
        _bench.Work.Plan = operation => Plans.Of(operation) with
        {
            Reasons = [new PlanReason(MaintenanceVerdict.No, "privilege", "maintainer does not own <b>documents</b>.", "GRANT mnfst_user TO maintainer;", new RepairLeftover(new MaintenanceTarget(9, "public", "old_ccnew", MaintenanceTargetKind.Index, "documents")))],
        };
        var page = Planned(Plans.Create());

        Assert.Equal("No", page.Find(".plan-verdict h3").TextContent);
        Assert.Empty(page.FindAll(".plan-verdict b"));
        Assert.Contains("GRANT mnfst_user TO maintainer;", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Plan first: Drop the leftover public.old_ccnew", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button[type=submit]"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("eyJvcGVyYXRpb24iOiJkcm9wLWRhdGFiYXNlIn0")]
    public void An_address_that_names_no_operation_is_said_to(string operation)
    {
        var page = Open<PlanPage>($"/maintenance/plan?environment=production&do={operation}");

        page.WaitForAssertion(() => Assert.Contains("There is nothing to plan", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_run_is_live_and_ends_with_its_proof_and_a_way_to_what_is_left()
    {
        var gate = new TaskCompletionSource();
        _bench.Work.Until = gate.Task;
        _bench.Work.Ends = MaintenanceResult.LeftSomething;
        await _bench.StartAsync();
        var run = await _bench.AskAsync(Plans.Create());
        var page = Open<RunPage>($"/maintenance/runs/{run:D}?environment=production", parameters => parameters.Add(one => one.Id, run));

        page.WaitForAssertion(() => Assert.Equal("40", page.Find("[role=progressbar]").GetAttribute("aria-valuenow")), Patience);
        Assert.Contains("Building the index · 40%", page.Markup, StringComparison.Ordinal);
        gate.SetResult();
        page.WaitForAssertion(() => Assert.Equal("left something", page.Find(".run-lead .chip").TextContent), Patience);
        page.WaitForAssertion(() => Assert.Contains("The index is valid.", page.Find(".step-proof").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=progressbar]")), Patience);
    }

    [Fact]
    public async Task What_runs_now_has_a_card_that_stops_it_for_those_who_may()
    {
        _bench.Work.Until = new TaskCompletionSource().Task;
        await _bench.StartAsync();
        var run = await _bench.AskAsync(Plans.Create());
        As(_bench.Sam);
        var support = Open<MaintenancePage>("/maintenance?environment=production");
        support.WaitForElement(".run-card [role=progressbar]", Patience);
        Assert.Empty(support.FindAll(".run-card button"));

        As(_bench.Ada);
        var page = Open<MaintenancePage>("/maintenance?environment=production");
        page.WaitForElement(".run-card button", Patience).Click();
        await _bench.UntilAsync(run, MaintenanceRunState.Cancelled);
        page.WaitForAssertion(() => Assert.Contains("Ended a moment ago", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task History_has_every_run_that_ended_with_what_came_of_it()
    {
        await _bench.StartAsync();
        await _bench.UntilAsync(await _bench.AskAsync(Plans.Create()), MaintenanceRunState.Done);
        _bench.Work.Ends = MaintenanceResult.Failed;
        await _bench.UntilAsync(await _bench.AskAsync(Plans.Create("sessions")), MaintenanceRunState.Failed);
        var page = Open<HistoryPage>("/maintenance/history?environment=production");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count), Patience);
        Assert.Equal(["failed", "done"], page.FindAll("tbody .chip").Select(chip => chip.TextContent));
        page.FindAll("button.chip-button")[1].Click();
        page.WaitForAssertion(() => Assert.Equal(["done"], page.FindAll("tbody .chip").Select(chip => chip.TextContent)), Patience);
    }

    [Fact]
    public async Task Windows_and_schedules_stand_in_the_calendar()
    {
        Assert.Null(await _bench.Rules().AddWindowAsync(MaintenanceBench.Environment, "<b>Night</b>", "0 2 * * *", "Europe/Berlin", 90));
        var plan = await _bench.PlanAsync(Plans.Create());
        Assert.Null(await _bench.Schedules().AddAsync(new ScheduleRequest(plan.Id, "UTC", "0 3 * * *", null, null, "every night")));
        var page = Open<ScheduledPage>("/maintenance/scheduled?environment=production");

        page.WaitForAssertion(() => Assert.True(page.FindAll(".calendar-window").Count >= 27, page.Markup), Patience);
        Assert.Equal(5, page.FindAll(".calendar-run").Count);
        Assert.Empty(page.FindAll("b"));
        Assert.Contains("0 3 * * * (UTC)", page.Markup, StringComparison.Ordinal);
        page.Find("[aria-label^='Take away']").Click();
        page.WaitForAssertion(() => Assert.Contains("Nothing is scheduled", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Rules_are_read_by_support_and_changed_by_administrators()
    {
        As(_bench.Sam);
        var support = Open<RulesPage>("/maintenance/rules?environment=production");
        support.WaitForAssertion(() => Assert.Contains("Administrators change these rules", support.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(support.FindAll("form"));

        As(_bench.Ada);
        var page = Open<RulesPage>("/maintenance/rules?environment=production");
        page.WaitForElement("form", Patience);
        page.Find("[aria-labelledby=freeze-heading] input[type=text]").Change("Release of Friday");
        page.Find("[aria-labelledby=freeze-heading] input[type=password]").Change(MaintenanceBench.Password);
        page.Find("[aria-labelledby=freeze-heading] form").Submit();
        page.WaitForAssertion(() => Assert.Contains("is frozen: <bdi>Release of Friday</bdi>", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Another_environment_that_is_not_there_is_said_to()
    {
        var page = Open<MaintenancePage>("/maintenance?environment=nowhere");
        page.WaitForAssertion(() => Assert.Contains("There is no environment called nowhere", page.Markup, StringComparison.Ordinal), Patience);
    }

    private void As(Caller caller) => _caller.Is = caller;

    private IRenderedComponent<PlanPage> Planned(MaintenanceOperation operation)
    {
        var page = Open<PlanPage>(PlanUrl.For(MaintenanceBench.Environment, operation));
        page.WaitForElement(".plan-verdict", Patience);
        return page;
    }

    private IRenderedComponent<TPage> Open<TPage>(string address, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render(parameters ?? (_ => { }));
    }

    private static AngleSharp.Dom.IElement RunButton(IRenderedComponent<PlanPage> page) => page.Find("button[type=submit]");
}
