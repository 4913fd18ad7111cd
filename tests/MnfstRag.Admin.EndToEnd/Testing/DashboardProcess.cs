using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Testing;

namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>The real host in a process of its own, in Development, on a free port.</summary>
public sealed class DashboardProcess : IAsyncDisposable
{
    private static readonly string Program = DashboardProgram.Path(typeof(DashboardProcess).Assembly);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly ChildProcess _process;
    private readonly string _heap;

    private DashboardProcess(ChildProcess process, Uri address, string heap)
    {
        _process = process;
        _heap = heap;
        Address = address;
    }

    /// <summary>A name, not an address: passkeys want one.</summary>
    public Uri Address { get; }

    public string Output => _process.Output;

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="settings">Configuration, as environment variables.</param>
    /// <param name="port">The port; a free one when null.</param>
    /// <param name="workingDirectory">Where it is called from.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in two minutes; the message has its output.</exception>
    public static async Task<DashboardProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings, int? port = null, string? workingDirectory = null)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port ?? FreePort.Find()}/"));
        var heap = Path.Combine(Path.GetTempPath(), $"heap-{Guid.NewGuid():n}.sock");
        var environment = new Dictionary<string, string>(settings.Concat(HeapProbe.Environment(heap)), StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Urls"] = address.AbsoluteUri.TrimEnd('/'),
            ["ASPNETCORE_URLS"] = address.AbsoluteUri.TrimEnd('/'),
            ["Terminal__OpenBrowser"] = "false",
        };
        var process = ChildProcess.Start("dotnet", [Program], environment, workingDirectory: workingDirectory);
        var dashboard = new DashboardProcess(process, address, heap);
        try
        {
            await dashboard.WaitAsync();
            return dashboard;
        }
        catch
        {
            await dashboard.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one of its commands to the end.</summary>
    public static async Task RunAsync(IReadOnlyDictionary<string, string> settings, string input, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(settings, StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        await using var command = ChildProcess.Start("dotnet", [Program, .. arguments], environment, input);
        await command.SucceedAsync(CancellationToken.None);
    }

    /// <summary>Waits until it has said something, and returns all it said.</summary>
    public async Task<string> WhenSaidAsync(Regex words)
    {
        for (var began = Stopwatch.GetTimestamp(); !words.IsMatch(Output); await Task.Delay(Pace))
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(10))
            {
                throw new InvalidOperationException($"The dashboard did not say {words}. It said:\n{Output}");
            }
        }

        return Output;
    }

    /// <summary>Bytes that are alive in it after full collections.</summary>
    public Task<long> LiveBytesAsync() => HeapProbe.LiveBytesAsync(_heap, CancellationToken.None);

    /// <summary>SIGTERM, and the code it ends with.</summary>
    public Task<int> StopAsync() => _process.StopAsync();

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_heap);
    }

    private async Task WaitAsync()
    {
        var began = Stopwatch.GetTimestamp();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(http))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"The dashboard did not become ready:\n{Output}");
            }

            await Task.Delay(Pace);
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(Address, "health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
