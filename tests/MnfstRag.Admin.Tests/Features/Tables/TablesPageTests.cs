using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Features.Tables;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features.Tables;

public sealed class TablesPageTests : ReadingPageContext, IClassFixture<ReadDatabase>
{
    private const string Grid = "table.plain-table tbody tr a.row-link";
    private readonly ReadDatabase _database;

    public TablesPageTests(ReadDatabase database)
    {
        _database = database;
        Services.AddTables();
        Past.Totals = range => [new HistoryTotal("public.documents", null, [2048, 0, 0, 0, 0, 0, 0, 0, 0], range.From)];
        Past.Lines["public.documents"] = [Point(1024), Point(null), Point(3072)];
    }

    [Fact]
    public void Every_table_has_its_figures_and_what_it_grew_by()
    {
        var page = Shown("/tables?environment=production&range=1h");

        var row = Row(page, "documents");
        Assert.Equal(["+2 kB", Words.Missing, "1,000", "2,000", "66.7%"], Cells(row).Skip(2).Take(5).Select((cell, place) => place == 0 ? cell.Split('\n')[0].Trim() : cell));
        Assert.Contains("autovacuum comes at", row.Children[7].GetAttribute("title"), StringComparison.Ordinal);
        var unattended = Row(page, "unattended");
        Assert.Equal(Words.Missing, Cells(unattended)[7]);
        Assert.Equal("Autovacuum is off for it", unattended.Children[7].GetAttribute("title"));
        Assert.Equal(("0", Words.Missing), (Cells(unattended)[2], Cells(unattended)[8]));
    }

    [Fact]
    public void Growth_that_is_not_known_says_why_and_shows_no_zero()
    {
        Past.Totals = _ => [];
        Past.Lines.Clear();
        var cell = Row(Shown("/tables?environment=production&range=1h"), "documents").Children[2];
        Assert.Equal(Words.Missing, cell.TextContent.Trim());
        Assert.Contains("Nothing was recorded", cell.GetAttribute("title"), StringComparison.Ordinal);

        Past.Fault = new StoreUnavailableException("The own store is away.", new TimeoutException());
        Assert.Contains("The own store is away.", Row(Shown("/tables?environment=production&range=6h"), "documents").Children[2].GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_of_the_url_leave_the_rows_that_match()
    {
        Assert.Equal(["unattended"], Names(Shown("/tables?environment=production&only=off")));
        Assert.Equal(["documents"], Names(Shown("/tables?environment=production&only=overdue")));
        Assert.Equal(["documents"], Names(Shown("/tables?environment=production&find=DOCU")));
    }

    [Fact]
    public void A_reading_that_fails_leaves_the_last_one_beside_the_reason()
    {
        var page = Show<TablesPage>("/tables?environment=production", _database.ReadWithFault(TableReader.Instance, "It took longer than 3 s."), _database.Server, Grid);

        Assert.Contains("It took longer than 3 s.", page.Find(".notice-warning").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, Names(page).Count);
    }

    [Fact]
    public void What_is_not_counted_or_estimated_is_said_on_the_panel()
    {
        Assert.Empty(Shown("/tables?environment=production").FindAll(".panel-notes, .panel-note"));

        var failed = Show<TablesPage>("/tables?environment=production", _database.ReadWithFault(BloatReader.Instance, "It took longer than 3 s."), _database.Server, ".panel-notes");
        Assert.Contains("Not in full: Empty space in indexes and tables", failed.Find(".panel-notes summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("It took longer than 3 s.", failed.Find(".panel-notes").TextContent, StringComparison.Ordinal);

        var standby = Show<TablesPage>("/tables?environment=production", _database.Read, _database.Server with { InRecovery = true }, ".panel-note");
        Assert.Contains("counted on its primary", standby.Find(".panel-note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_panel_of_a_table_opens_by_its_link_and_one_that_is_gone_says_so()
    {
        Assert.Contains("autovacuum", Shown("/tables?environment=production&table=public.unattended").Find("aside, [role=complementary], .side-panel").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("There is no such table", Shown("/tables?environment=production&table=public.gone").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_outside_are_only_text()
    {
        var page = Shown("/tables?environment=production");

        Assert.Empty(page.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", Names(page));
    }

    private static HistoryPoint Point(double? bytes) => new(Snapshots.Now, TimeSpan.FromMinutes(1), [bytes, 0, 0, 0, 0, 0, 0, 0, 0]);

    private IRenderedComponent<TablesPage> Shown(string url, string until = Grid) => Show<TablesPage>(url, _database.Read, _database.Server, until);

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<TablesPage> page, string name) =>
        page.FindAll("tbody tr:has(a.row-link)").Single(row => row.QuerySelector("a.row-link")!.TextContent == name);

    private static IReadOnlyList<string> Names(IRenderedComponent<TablesPage> page) => [.. page.FindAll("a.row-link").Select(link => link.TextContent)];
}
