namespace MnfstRag.Admin.Benchmarks.Reporting;

/// <summary>What one benchmark found.</summary>
/// <param name="Name">Its name on the command line.</param>
internal sealed record RunResult(string Name)
{
    public List<Figure> Figures { get; init; } = [];

    public List<Goal> Goals { get; init; } = [];

    /// <summary>How it was measured, and what was left out and why.</summary>
    public List<string> Notes { get; init; } = [];

    /// <summary>Seconds it took.</summary>
    public double Seconds { get; set; }

    public void Add(string name, string unit, double value) => Figures.Add(new Figure(name, unit, value));

    public void Add(string name, string unit, IReadOnlyList<double> values)
        => Figures.Add(new Figure(name, unit, new Measuring.Distribution(values)));
}
