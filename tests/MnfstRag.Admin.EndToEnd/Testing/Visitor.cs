using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>
/// A person at a fresh browser profile. At the end it is asserted that their pages asked nobody but the dashboard, and that the
/// browser complained of nothing: no script error, no refused style, no missing file.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _foreign = new();

    private Visitor(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        _address = address;
        Page = page;
        context.Request += OnRequest;
        context.Console += OnConsole;
        context.WebError += OnWebError;
        page.Crash += OnCrash;
    }

    public IPage Page { get; }

    /// <summary>Complaints that contain one of these are expected by the test: a dashboard that goes away makes a browser complain.</summary>
    public IList<string> Expected { get; } = [];

    public static async Task<Visitor> ArriveAsync(IBrowser browser, Uri address, Screen? screen = null)
    {
        var seen = screen ?? Screen.Laptop;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = seen.Width, Height = seen.Height },
            ColorScheme = seen.Theme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(15_000);
        return new Visitor(context, await context.NewPageAsync(), address);
    }

    /// <summary>Opens a path of the dashboard; an interactive page is there when its heading is.</summary>
    public async Task GoToAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).First.WaitForAsync();
    }

    /// <summary>What the browser complained of so far, less what is expected.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints.Where(complaint => !Expected.Any(expected => complaint.Contains(expected, StringComparison.Ordinal)))];

    /// <summary>Addresses that are not the dashboard's.</summary>
    public IReadOnlyList<string> Foreign => [.. _foreign];

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(Foreign);
        Assert.True(Complaints.Count == 0, string.Join(Environment.NewLine, Complaints));
    }

    private void OnRequest(object? sender, IRequest request)
    {
        var asked = new Uri(request.Url);
        var local = asked.Scheme is "data" or "blob" || asked.Authority == _address.Authority;
        if (!local)
        {
            _foreign.Enqueue(request.Url);
        }
    }

    // Refusals by the content security policy and files that are missing are errors of the console too.
    private void OnConsole(object? sender, IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        }
    }

    private void OnWebError(object? sender, IWebError error) => _complaints.Enqueue($"uncaught: {error.Error}");

    private void OnCrash(object? sender, IPage page) => _complaints.Enqueue("the page crashed");
}
