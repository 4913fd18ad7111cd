using System.Globalization;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>Which version is it, and until when does it get fixes?</summary>
internal sealed class VersionCheck : ICheck
{
    /// <summary>An upgrade of a major version wants planning: half a year (days).</summary>
    private const int WarningDays = 183;

    public string Name => "version";

    public string Title => "The version is supported";

    public string? Needs => CheckNames.SignIn;

    public Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Judge(context.Server, DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime)));

    /// <summary>The rule. Which minor release is the newest is not known here: the evidence gives the server's own.</summary>
    public static CheckOutcome Judge(Capabilities server, DateOnly today)
    {
        var version = $"PostgreSQL {server.Version}";
        const string Upgrade = "Plan the upgrade to a supported major version (pg_upgrade, or logical replication without downtime).";
        if (server.Version.Contains("devel", StringComparison.Ordinal) || server.Version.Contains("beta", StringComparison.Ordinal) || server.Version.Contains("rc", StringComparison.Ordinal))
        {
            return CheckOutcome.Warning($"{version} is not a release.", "Run a released version where data matters.");
        }

        if (server.Major < EndOfLife.OldestKnown)
        {
            return CheckOutcome.Failing($"{version} gets no fixes any more, and these checks are not proven on it.", Upgrade);
        }

        if (EndOfLife.Of(server.Major) is not { } end)
        {
            return CheckOutcome.Warning(
                PlainWords.Text($"{version} is newer than these checks are proven on ({EndOfLife.OldestKnown}–{EndOfLife.NewestKnown})."), "Update the dashboard.");
        }

        var left = end.DayNumber - today.DayNumber;
        var day = end.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        return left < 0 ? CheckOutcome.Warning(PlainWords.Text($"{version} has had no fixes since {day}, {-left} days ago."), Upgrade)
            : left <= WarningDays ? CheckOutcome.Warning(PlainWords.Text($"{version} gets fixes until {day}, {left} days from now."), Upgrade)
            : CheckOutcome.Ok($"{version} gets fixes until {day}. Whether it is the newest minor release is not known here.");
    }
}
