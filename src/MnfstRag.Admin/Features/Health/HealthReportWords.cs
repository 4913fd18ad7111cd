namespace MnfstRag.Admin.Features.Health;

/// <summary>Sentences that both forms of a report have.</summary>
internal static class HealthReportWords
{
    /// <summary>What is not in it.</summary>
    public static string Promise(HealthReport report) =>
        "No password, no text of a tenant and no literal of a query is in this report. "
        + (report.HostsAreShort ? "Names of hosts are shortened. " : "Names of hosts, databases and roles are. ")
        + "The checks only read.";
}
