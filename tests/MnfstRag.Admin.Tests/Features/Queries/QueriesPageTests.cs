using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Features.Queries;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features.Queries;

public sealed class QueriesPageTests : ReadingPageContext, IClassFixture<ReadDatabase>
{
    private const string Grid = "table.plain-table tbody tr a.row-link";
    private readonly ReadDatabase _database;

    public QueriesPageTests(ReadDatabase database)
    {
        _database = database;
        Services.AddQueries();
        var boundary = TimeProvider.System.GetUtcNow().AddMinutes(-90);
        Past.Totals = range => range.From > boundary
            ? [
                Total("1:1:1:t", "SELECT quick", range.From.AddDays(-1), 100, 200, 9, 100, 90, 10, null, 0, 500),
                Total("2:1:1:t", "SELECT slower", range.From.AddDays(-1), 10, 1800, 400, 10, 0, 0, 3, 2, null),
                Total("3:1:1:t", "SELECT '<script>'", range.From.AddMinutes(1), 2, 6000, 4000, 2, 1, 1, 3, 0, 0),
            ]
            : [
                Total("1:1:1:t", "SELECT quick", range.From.AddDays(-1), 100, 190, 9, 100, 90, 10, null, 0, 500),
                Total("2:1:1:t", "SELECT slower", range.From.AddDays(-1), 10, 900, 300, 10, 0, 0, 3, 2, null),
            ];
    }

    [Fact]
    public void Statements_stand_by_their_load_with_what_is_new_and_what_became_slower()
    {
        var page = Shown("");

        Assert.Equal(["SELECT '<script>'", "SELECT slower", "SELECT quick"], Names(page));
        Assert.Equal(["75%", "22.5%", "2.5%"], page.FindAll("tbody tr:has(a) td:nth-child(2)").Select(cell => cell.TextContent.Trim()));
        Assert.Equal([true, false, false], page.FindAll("tbody tr:has(a)").Select(row => row.QuerySelector(".tone-notice") is not null));
        Assert.Equal([false, true, false], page.FindAll("tbody tr:has(a)").Select(row => row.QuerySelector(".tone-warning") is not null));
        Assert.Contains("112 calls of 3 statements took 8 s", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("script"));
    }

    [Fact]
    public void The_statements_that_took_most_are_drawn_over_the_time_with_gaps_and_marks()
    {
        var page = Shown("");
        Assert.Empty(page.FindComponents<Bunit.TestDoubles.Stub<TimeChart>>());

        var at = Snapshots.Now;
        Past.Lines["3:1:1:t"] = [Step(at, 60, 30_000), Step(at.AddMinutes(1), 0, null), Step(at.AddMinutes(2), 60, 6_000)];
        Past.Lines["1:1:1:t"] = [Step(at, 60, null), Step(at.AddMinutes(1), 0, null), Step(at.AddMinutes(2), 60, 600)];
        Past.Events = [new HistoryEvent(at.AddMinutes(1), EventKinds.Lossy, "The server threw statements out.")];

        page = Shown("");
        var chart = page.FindComponent<Bunit.TestDoubles.Stub<TimeChart>>().Instance.Parameters;
        Assert.Equal(["SELECT '<script>'", "SELECT slower", "SELECT quick"], chart.Get(one => one.Series).Select(series => series.Name));
        Assert.Equal([[0.5, 0, 0], [null, null, null], [0.1, 0, 0.01]], chart.Get(one => one.Points).Select(point => point.Values.ToArray()));
        Assert.Equal("The server threw statements out.", Assert.Single(chart.Get(one => one.Marks)).Words);
        Assert.Equal(TimeSpan.FromHours(1), chart.Get(one => one.Range)!.Value.Length);
        Assert.Contains("These 3 statements take 100% of the time of all", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_measured_is_not_zero()
    {
        var cells = Cells(Shown("").FindAll("tbody tr:has(a)").Single(row => row.TextContent.Contains("quick", StringComparison.Ordinal)));
        Assert.Equal("not measured", cells[9]);
        Assert.Equal("90%", cells[8]);
        var slower = Shown("").FindAll("tbody tr:has(a)").Single(row => row.TextContent.Contains("SELECT slower", StringComparison.Ordinal));
        Assert.Equal((Words.Missing, Words.Missing), (Cells(slower)[8], Cells(slower)[^1]));
        Assert.Contains("older than 1.8", slower.Children[^1].GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ready_filters_search_and_order_are_in_the_url()
    {
        Assert.Equal(["SELECT '<script>'", "SELECT slower"], Names(Shown("&show=slow")));
        Assert.Equal(["SELECT '<script>'"], Names(Shown("&show=veryslow")));
        Assert.Equal(["SELECT slower"], Names(Shown("&show=regressed")));
        Assert.Equal(["SELECT quick"], Names(Shown("&find=QUICK")));
        Assert.Equal("SELECT quick", Names(Shown("&sort=calls"))[0]);
        Assert.Equal("SELECT '<script>'", Names(Shown("&sort=calls&asc=1"))[0]);
        Assert.Contains("No statement is like that", Shown("&find=nothing", ".query-head").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_away_and_an_extension_that_is_missing_are_told()
    {
        Past.Fault = new StoreUnavailableException("The own store is away.", new TimeoutException());
        Assert.Contains("The own store is away.", Shown("", ".query-head").Find(".notice-warning").TextContent, StringComparison.Ordinal);

        Past.Fault = null;
        Past.Totals = _ => [];
        var missing = _database.Server with { Extensions = new Dictionary<string, string>(StringComparer.Ordinal) };
        var page = Show<Admin.Features.Queries.Queries>("/queries?environment=production&range=1h", HeldReadings.None, missing, ".query-head");
        Assert.Contains("CREATE EXTENSION", page.Markup, StringComparison.Ordinal);
        Assert.Contains("the note above says what is missing", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pooler_in_between_is_said_with_its_cure()
    {
        var page = Show<Admin.Features.Queries.Queries>("/queries?environment=production&range=1h", Held(0), _database.Server with { TransactionPooler = true }, ".panel-notes");

        Assert.Contains("direct address", page.Find(".panel-notes").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void History_with_holes_is_said_with_what_makes_room()
    {
        Assert.DoesNotContain("threw statements out", Shown("").Markup, StringComparison.Ordinal);

        var earlier = Show<Admin.Features.Queries.Queries>("/queries?environment=production&range=1h", Held(7), _database.Server, Grid);
        Assert.DoesNotContain("History is lossy", earlier.Markup, StringComparison.Ordinal);
        Assert.Contains("Before this time the server threw statements out 7 times", earlier.Markup, StringComparison.Ordinal);

        Past.Events = [new HistoryEvent(TimeProvider.System.GetUtcNow().AddMinutes(-5), EventKinds.Lossy, "The server threw statements out.")];

        var page = Show<Admin.Features.Queries.Queries>("/queries?environment=production&range=1h", Held(7), _database.Server, ".notice-warning");
        Assert.Contains("in the last hour, and 7 times since statistics were reset", page.Markup, StringComparison.Ordinal);
        Assert.Contains("pg_stat_statements.max = 200;", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_that_is_chosen_while_another_is_read_is_shown()
    {
        var page = Shown("");
        var range = Services.GetRequiredService<PageRange>();
        var until = new TaskCompletionSource();
        Past.Until = until.Task;
        await page.InvokeAsync(() => range.Choose(RangeChoice.Named.Single(choice => choice.Words == "last 6 hours")));
        await page.InvokeAsync(() => range.Choose(RangeChoice.Named.Single(choice => choice.Words == "last 24 hours")));
        until.SetResult();

        page.WaitForAssertion(() => Assert.Contains("in the last 24 hours: on average", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void The_panel_shows_the_statement_and_offers_a_plan_only_to_those_who_may_ask()
    {
        var panel = Shown("&statement=1:1:1:t");
        panel.WaitForAssertion(() => Assert.Contains("Plans are for administrators", panel.Markup, StringComparison.Ordinal));
        Assert.Equal(["2.5%", "100", "2 ms", "1"], panel.FindAll("dl.facts dd").Select(fact => fact.TextContent));

        Assert.Contains("was not called in the chosen time", Shown("&statement=9:9:9:t").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_panel_names_the_tables_of_the_statement_with_their_indexes_and_none_of_another_database()
    {
        var totals = new[] { Total("7:1:1:t", "SELECT body FROM documents, nowhere WHERE id = $1", DateTimeOffset.UnixEpoch, 5, 5, 1, 5, 5, 0, 0, 0, 0) };
        Past.Totals = _ => totals;

        IRenderedComponent<Admin.Features.Queries.Queries> Opened(string database) =>
            Show<Admin.Features.Queries.Queries>("/queries?environment=production&range=1h&statement=7:1:1:t", _database.Read, _database.Server with { Database = database }, "dl.facts");

        Assert.Equal(["public.documents", "3 indexes"], Opened("mnfst_rag").FindAll("dl.facts a").Select(link => link.TextContent));
        Assert.Contains("/indexes?table=public.documents", Opened("mnfst_rag").FindAll("dl.facts a")[^1].GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(Opened("another").FindAll("dl.facts a"));
    }

    private static HistoryPoint Step(DateTimeOffset at, int seconds, double? milliseconds)
    {
        var values = new double?[StatementHistorySource.Columns.Columns.Count];
        values[StatementHistorySource.Columns["exec_ms"]] = milliseconds;
        return new HistoryPoint(at, TimeSpan.FromSeconds(seconds), values);
    }

    private static HistoryTotal Total(string key, string text, DateTimeOffset first, params double?[] values) =>
        new(key, StatementDetails.Write(new StatementText(text, "mnfst_rag", "mnfst_user", false)), values, first);

    private IRenderedComponent<Admin.Features.Queries.Queries> Shown(string more, string until = Grid) =>
        Show<Admin.Features.Queries.Queries>("/queries?environment=production&range=1h" + more, Held(deallocated: 0), _database.Server, until);

    /// <summary>A reading of its own: what the shared server threw out depends on which tests it served before.</summary>
    private static HeldReadings Held(long deallocated) =>
        HeldValues.Holding(StatementsReader.Instance, new StatementsReading(Snapshots.Now, "1.12", Snapshots.Now, deallocated, 100, false, [], 0), Snapshots.Now);

    private static IReadOnlyList<string> Names(IRenderedComponent<Admin.Features.Queries.Queries> page) => [.. page.FindAll("a.row-link").Select(link => link.TextContent.Trim())];
}
