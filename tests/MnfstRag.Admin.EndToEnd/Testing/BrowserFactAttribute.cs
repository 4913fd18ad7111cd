namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>A test in a real Chromium; skipped, with the reason, where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Missing;
}
