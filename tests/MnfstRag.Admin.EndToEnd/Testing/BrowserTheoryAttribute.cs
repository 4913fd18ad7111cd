namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>A theory in a real Chromium: skipped, with the reason, where there is none, and failed when it hangs.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    private const int Limit = 120_000;

    public BrowserTheoryAttribute()
    {
        Skip = Chromium.Missing;
        Timeout = Limit;
    }
}
