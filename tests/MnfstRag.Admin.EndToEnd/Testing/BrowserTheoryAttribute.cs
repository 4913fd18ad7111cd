namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>A theory in a real Chromium; skipped, with the reason, where there is none.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.Missing;
}
