using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Features.Indexes;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features.Indexes;

public sealed class IndexesPageTests : ReadingPageContext, IClassFixture<ReadDatabase>
{
    private const string Grid = "table.plain-table tbody tr a.row-link";
    private readonly ReadDatabase _database;

    public IndexesPageTests(ReadDatabase database)
    {
        _database = database;
        Services.AddIndexes();
        Past.Totals = range => [new HistoryTotal("public.documents_tenant", null, [5, 40, 8192], range.From)];
    }

    [Fact]
    public void Every_index_has_its_figures_and_scans_within_the_range()
    {
        var page = Shown("/indexes?environment=production&range=1h&sort=scans&desc=1");

        var row = Row(page, "documents_tenant");
        Assert.Equal(["documents_tenant", "documents"], Cells(row).Take(2));
        Assert.Equal(["1", "5"], Cells(row).Skip(5).Take(2));
        Assert.Equal("(tenant_id)", Cells(row)[^1]);
        Assert.Equal("0", Cells(Shown("/indexes?environment=production&sort=scans").Find("tbody tr:has(a.row-link)"))[5]);
        Assert.Equal("5", page.Find("table.plain-table").GetAttribute("aria-rowcount"));
        var unused = Row(page, "documents_never");
        Assert.Equal("0", Cells(unused)[6]);
        Assert.Equal(Words.Missing, Cells(unused)[4]);
        Assert.StartsWith("Not estimated", unused.Children[4].GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("WHERE (tenant_id > 3)", Cells(unused)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_server_does_not_keep_is_said_on_the_panel()
    {
        var page = Show<IndexesPage>("/indexes?environment=production", _database.Read, _database.Server with { VersionNumber = 150008, Version = "15.8" }, Grid);

        Assert.Contains("PostgreSQL 15 does not keep when an index or table was used last", page.Find(".panel-notes").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("does not keep when", Shown("/indexes?environment=production").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_history_the_column_says_why_and_shows_no_zero()
    {
        Past.Totals = _ => [];
        var page = Shown("/indexes?environment=production&range=1h");

        var cell = Row(page, "documents_tenant").Children[6];
        Assert.Equal(Words.Missing, cell.TextContent.Trim());
        Assert.Contains("Nothing was recorded", cell.GetAttribute("title"), StringComparison.Ordinal);

        Past.Fault = new StoreUnavailableException("The own store is away.", new TimeoutException());
        page = Shown("/indexes?environment=production&range=6h");
        Assert.Contains("The own store is away.", Row(page, "documents_tenant").Children[6].GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_of_the_url_leave_the_rows_that_match_and_say_how_many()
    {
        Assert.Equal(["documents_never"], Names(Shown("/indexes?environment=production&find=lower")));
        Assert.DoesNotContain("documents_tenant", Names(Shown("/indexes?environment=production&only=unused")));
        var one = Shown("/indexes?environment=production&find=tenant");
        Assert.Contains("of 4 indexes", one.Find("#indexes-heading ~ [role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("the filter leaves none", Shown("/indexes?environment=production&find=nothing", ".empty-state, section.panel h2 ~ *").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reading_that_fails_leaves_the_last_one_beside_the_reason()
    {
        var page = Show<IndexesPage>("/indexes?environment=production", _database.ReadWithFault(IndexReader.Instance, "It took longer than 3 s."), _database.Server, Grid);

        Assert.Contains("could not be read the last time: It took longer than 3 s.", page.Find(".notice-warning").TextContent, StringComparison.Ordinal);
        Assert.Equal(4, Names(page).Count);
    }

    [Fact]
    public void The_panel_of_an_index_says_what_it_is_and_of_one_that_is_gone_that_it_is()
    {
        var page = Shown("/indexes?environment=production&index=public.documents_never");
        Assert.Contains("CREATE INDEX documents_never ON public.documents USING btree (lower(body)) WHERE (tenant_id > 3)", page.Markup.Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Contains("There is no such index", Shown("/indexes?environment=production&index=public.gone").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_outside_are_only_text()
    {
        var page = Shown("/indexes?environment=production");

        Assert.Empty(page.FindAll("script, table b"));
        Assert.Contains("<b>", Names(page));
    }

    private IRenderedComponent<IndexesPage> Shown(string url, string until = Grid) => Show<IndexesPage>(url, _database.Read, _database.Server, until);

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<IndexesPage> page, string name) =>
        page.FindAll("tbody tr:has(a.row-link)").Single(row => row.QuerySelector("a.row-link")!.TextContent == name);

    private static IReadOnlyList<string> Names(IRenderedComponent<IndexesPage> page) => [.. page.FindAll("a.row-link").Select(link => link.TextContent)];
}
