namespace MnfstRag.Admin.Benchmarks.Measuring;

/// <summary>Repeats of one figure.</summary>
/// <param name="Values">As measured, in order.</param>
internal sealed record Distribution(IReadOnlyList<double> Values)
{
    public double Median => Percentile(0.5);

    public double P95 => Percentile(0.95);

    public double P99 => Percentile(0.99);

    public double Min => Values.Min();

    public double Max => Values.Max();

    public int Count => Values.Count;

    public static Distribution Of(double value) => new([value]);

    /// <summary>The value below which that share lies; between two values it is interpolated.</summary>
    private double Percentile(double share)
    {
        var sorted = Values.Order().ToList();
        var position = share * (sorted.Count - 1);
        var below = sorted[(int)Math.Floor(position)];
        var above = sorted[(int)Math.Ceiling(position)];
        return below + ((above - below) * (position - Math.Floor(position)));
    }
}
