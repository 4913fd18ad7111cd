namespace MnfstRag.Admin.Benchmarks.Measuring;

/// <summary>The straight line of least squares through points.</summary>
internal static class Slope
{
    /// <summary>Growth of y for one more x.</summary>
    public static double Of(IReadOnlyList<(double X, double Y)> points)
    {
        var x = points.Average(point => point.X);
        var y = points.Average(point => point.Y);
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
