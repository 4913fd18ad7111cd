namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>A fact in a real Chromium: skipped, with the reason, where there is none, and failed when it hangs.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    private const int Limit = 120_000;

    public BrowserFactAttribute()
    {
        Skip = Chromium.Missing;
        Timeout = Limit;
    }
}
