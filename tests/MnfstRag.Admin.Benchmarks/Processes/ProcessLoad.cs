using System.Diagnostics;
using System.Globalization;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>What a process holds at one moment, as Linux counts it.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="Sockets">Open sockets of any kind.</param>
internal sealed record ProcessLoad(int Threads, int Sockets)
{
    public static ProcessLoad Of(int id)
    {
        using var process = Process.GetProcessById(id);
        var files = Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd")).Select(file => new FileInfo(file));
        return new ProcessLoad(process.Threads.Count, files.Count(file => file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true));
    }
}
