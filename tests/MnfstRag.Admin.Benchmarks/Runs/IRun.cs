using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>One benchmark.</summary>
internal interface IRun
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Longest time a full run of it may take.</summary>
    TimeSpan Limit { get; }

    /// <summary>Adds what it finds to <paramref name="result"/>: what was found before a fault stays.</summary>
    Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken);
}
