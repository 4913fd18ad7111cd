#pragma warning disable RS0030 // The one place that may touch the console.
namespace MnfstRag.Admin.Benchmarks.Reporting;

/// <summary>The table goes to standard output, progress and faults to standard error.</summary>
internal static class Terminal
{
    public static void Line(string text) => Console.Out.WriteLine(text);

    public static void Progress(string text) => Console.Error.WriteLine(text);
}
