using System.Diagnostics;

namespace MnfstRag.Admin.Benchmarks.Measuring;

/// <summary>CPU of the measured process and of this one (all clients are in it) since the meter was made, in percent of one core.</summary>
internal sealed class CpuMeter(Func<TimeSpan> server)
{
    private readonly long _from = Stopwatch.GetTimestamp();
    private readonly TimeSpan _server = server();
    private readonly TimeSpan _client = Environment.CpuUsage.TotalTime;

    public (double Server, double Client) Read()
    {
        var wall = Stopwatch.GetElapsedTime(_from);
        return (100 * ((server() - _server) / wall), 100 * ((Environment.CpuUsage.TotalTime - _client) / wall));
    }
}
