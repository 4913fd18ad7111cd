using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>A viewer in a real Chromium: the moment at which a text is in the page is told by a MutationObserver.</summary>
internal sealed class BrowserViewer : IAsyncDisposable
{
    private const string Watch = """
        text => new Promise(seen => {
            const found = () => document.body.textContent.includes(text);
            const observer = new MutationObserver(() => {
                if (found()) { observer.disconnect(); seen(Date.now()); }
            });
            observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        })
        """;

    private readonly Browser _browser;
    private readonly IPage _page;

    private BrowserViewer(Browser browser, IPage page)
    {
        _browser = browser;
        _page = page;
    }

    /// <summary>What starting the browser itself took.</summary>
    public TimeSpan BrowserStart { get; private init; }

    public static async Task<BrowserViewer> OpenAsync(Uri address, CookieContainer cookies)
    {
        var began = Stopwatch.GetTimestamp();
        var browser = await Browser.StartAsync();
        var start = Stopwatch.GetElapsedTime(began);
        var page = await browser.OpenAsync();
        await page.Context.AddCookiesAsync(cookies.GetCookies(address).Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Url = address.GetLeftPart(UriPartial.Authority),
        }));
        await page.GotoAsync(address.AbsoluteUri);
        await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
        return new BrowserViewer(browser, page) { BrowserStart = start };
    }

    /// <summary>Waits for the first rows of the page's grid.</summary>
    public Task RowsAsync(CancellationToken cancellationToken) =>
        _page.Locator("main table tbody tr:has(a)").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 30_000 }).WaitAsync(cancellationToken);

    /// <summary>When the page's text contains it, as <see cref="Stopwatch.GetTimestamp"/>, from the clock that both processes share.</summary>
    public async Task<long> WhenShownAsync(string text)
    {
        var milliseconds = await _page.EvaluateAsync<double>(Watch, text);
        var seen = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        return Stopwatch.GetTimestamp() - (long)((TimeProvider.System.GetUtcNow() - seen).TotalSeconds * Stopwatch.Frequency);
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
