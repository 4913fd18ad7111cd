using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.EndToEnd.Accounts;

/// <summary>What pages leave behind that were opened and lost: nothing that grows. On an instance of its own beside the shared one, which lets lost pages go after a second.</summary>
[Collection(DashboardCollection.Name)]
public sealed partial class LeftPagesTests(DashboardFixture fixture)
{
    /// <summary>Pages of a round.</summary>
    private const int Pages = 60;

    /// <summary>Of a lost page may stay less than this, on average: a whole one is ten times as much.</summary>
    private const double MostKilobytes = 30;

    private const string Token = "a token that only scrapes use";

    /// <summary>Pages with feeds, charts, grids and findings.</summary>
    private static readonly string[] Paths = ["/", "/connections", "/queries", "/indexes"];

    [BrowserFact]
    public async Task Pages_that_were_opened_and_lost_leave_no_more_behind_the_second_time_than_the_first()
    {
        var settings = new Dictionary<string, string>(fixture.Settings, StringComparer.Ordinal)
        {
            ["Pages__KeptWhenLost"] = "00:00:01",
            ["Access__PagesPerPerson"] = "1000",
            ["Metrics__Token"] = Token,
        };
        await using var dashboard = await DashboardProcess.StartAsync(settings);
        var cookies = await CookiesAsync(dashboard);
        await OpenAndLoseAsync(dashboard, cookies, Paths.Length * 3);
        await OpenAndLoseAsync(dashboard, cookies, Pages);
        var first = await dashboard.LiveBytesAsync();
        await OpenAndLoseAsync(dashboard, cookies, Pages);
        var second = await dashboard.LiveBytesAsync();

        Assert.InRange((second - first) / 1024.0 / Pages, double.MinValue, MostKilobytes);
    }

    /// <summary>Returns once none has a seat or watches an environment, and the framework has let the last one go.</summary>
    private static async Task OpenAndLoseAsync(DashboardProcess dashboard, CookieContainer cookies, int pages)
    {
        var circuits = new List<CircuitClient>();
        foreach (var some in Enumerable.Range(0, pages).Chunk(Paths.Length))
        {
            circuits.AddRange(await Task.WhenAll(some.Select(at => CircuitClient.OpenAsync(new Uri(dashboard.Address, $"{Paths[at % Paths.Length]}?environment={DashboardFixture.Environment}"), cookies))));
        }

        await Wait.UntilAsync(async _ => await ScrapedAsync(dashboard, "mnfst_admin_open_pages") == pages && await ScrapedAsync(dashboard, "mnfst_admin_viewers") >= pages, TimeSpan.FromSeconds(30));
        await Task.WhenAll(circuits.Select(circuit => circuit.DropAsync().AsTask()));
        await Wait.UntilAsync(async _ => await ScrapedAsync(dashboard, "mnfst_admin_open_pages") == 0 && await ScrapedAsync(dashboard, "mnfst_admin_viewers") == 0, TimeSpan.FromSeconds(30));
    }

    /// <summary>Sum of a metric over all environments.</summary>
    private static async Task<double> ScrapedAsync(DashboardProcess dashboard, string metric)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        var sheet = await http.GetStringAsync(new Uri(dashboard.Address, "/metrics"));
        return Lines().Matches(sheet).Where(line => line.Groups["name"].Value == metric).Sum(line => double.Parse(line.Groups["value"].ValueSpan, CultureInfo.InvariantCulture));
    }

    /// <summary>Both instances have the same accounts and the same keys: who is signed in at one is at the other.</summary>
    private async Task<CookieContainer> CookiesAsync(DashboardProcess dashboard)
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var cookies = new CookieContainer();
        foreach (var cookie in await visitor.Page.Context.CookiesAsync())
        {
            cookies.Add(dashboard.Address, new System.Net.Cookie(cookie.Name, cookie.Value));
        }

        return cookies;
    }

    [GeneratedRegex(@"^(?<name>\w+)(\{.*\})? (?<value>[\d.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lines();
}
