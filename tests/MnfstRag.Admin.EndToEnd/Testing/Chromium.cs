using Microsoft.Playwright;

namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>The system's Chromium, headless, one process for all tests of a fixture. Playwright brings its driver; no browser is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>How long something may take to show that is not itself about time, in milliseconds: these machines are busy.</summary>
    private const float Patience = 15_000;

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing => Program is null ? "Chromium is not installed (Debian: apt-get install chromium)" : null;

    public IBrowser Browser { get; }

    private static string? Program => Places.FirstOrDefault(File.Exists);

    public static async Task<Chromium> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        try
        {
            var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Program,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            return new Chromium(playwright, browser);
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
