using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>How long is a round trip? The median of several, without connecting.</summary>
internal sealed class LatencyCheck : ICheck, IReader<string>
{
    /// <summary>Above it every page of the product that asks a few dozen questions feels slow (ms).</summary>
    private const double WarningMilliseconds = 100;

    /// <summary>Above it the product's own time limits are near (ms).</summary>
    private const double FailingMilliseconds = 1000;

    private const int Trips = 7;

    public string Name => "latency";

    string IReader.Name => "check-latency";

    public string Title => "A round trip is short";

    public string? Needs => CheckNames.SignIn;

    public string Sql(Capabilities server) => "SELECT ''::text";

    public async Task<string> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return rows.GetString(0);
    }

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        var (warm, unread) = await context.ReadAsync(this, cancellationToken);
        if (warm is null)
        {
            return unread!;
        }

        // A far server must not use up the check's limit: what was measured by half of it is enough.
        var began = context.Time.GetTimestamp();
        while (times.Count < Trips && (times.Count == 0 || context.Time.GetElapsedTime(began) < context.Limits.PerCheck / 2))
        {
            var reading = await context.ReadRawAsync(this, cancellationToken);
            if (reading.Fault is { } fault)
            {
                return FaultText.Outcome(Verdict.Failing, fault.Words);
            }

            times.Add(reading.Elapsed);
        }

        return Judge(times);
    }

    /// <summary>The median decides: a single slow trip is the network's everyday noise.</summary>
    public static CheckOutcome Judge(IReadOnlyList<TimeSpan> times)
    {
        var ordered = times.Order().ToList();
        var median = ordered[ordered.Count / 2];
        return CheckOutcome.AtLevel(
            median.TotalMilliseconds,
            WarningMilliseconds,
            FailingMilliseconds,
            $"Median {PlainWords.Duration(median)} over {PlainWords.Of(times.Count, "round trip")}; fastest {PlainWords.Duration(ordered[0])}, slowest {PlainWords.Duration(ordered[^1])}.",
            "Run the product near its database, in the same region. If it is near, look at the machine's load and at the network between.");
    }
}
