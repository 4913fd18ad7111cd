namespace MnfstRag.Admin.Features.Health;

/// <summary>As what a report is handed out.</summary>
public enum HealthReportForm
{
    /// <summary>One page that needs nothing else: no script, no picture, no address.</summary>
    Html,

    /// <summary>To be pasted into a ticket.</summary>
    Markdown,
}
