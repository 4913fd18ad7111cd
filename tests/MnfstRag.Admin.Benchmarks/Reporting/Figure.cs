using MnfstRag.Admin.Benchmarks.Measuring;

namespace MnfstRag.Admin.Benchmarks.Reporting;

/// <summary>One line of the table.</summary>
/// <param name="Name">What was measured, with its condition.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Values">Repeats.</param>
internal sealed record Figure(string Name, string Unit, Distribution Values)
{
    public Figure(string name, string unit, double value)
        : this(name, unit, Distribution.Of(value))
    {
    }
}
