using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Hosting.Development;

/// <summary>The real program in a process of its own, with embedded servers in a directory.</summary>
internal sealed class RunningDashboard : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string[] Clusters = ["store", "watched"];

    private readonly Process process;
    private readonly RecordingTerminal output = new();
    private readonly string directory;
    private readonly string url;

    public RunningDashboard(string directory)
    {
        this.directory = directory;
        url = $"http://localhost:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "MnfstRag.Admin.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Anywhere but the checkout: settings are found from the binary.
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = url;
        start.Environment["Embedded__Directory"] = directory;
        start.Environment["Terminal__OpenBrowser"] = "false";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Line(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => output.Line(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The postmasters that run for the directory, by what their pid files say.</summary>
    public IReadOnlyList<int> Postmasters
        => [.. Clusters.Select(name => Path.Combine(directory, name, "postmaster.pid")).Where(File.Exists)
            .Select(file => int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture))];

    public async Task IsLiveAsync()
    {
        using var client = new HttpClient();
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(url + "/health/live"), limit.Token);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(100, limit.Token);
            }
            catch (HttpRequestException)
            {
                Assert.Fail("It ended: " + string.Join('\n', output.Lines));
            }
        }
    }

    public Task SaysAsync(string text) => Wait.UntilAsync(
        _ =>
        {
            var said = output.Lines.Any(line => line.Contains(text, StringComparison.Ordinal));
            Assert.True(said || !process.HasExited, "It ended: " + string.Join('\n', output.Lines));
            return Task.FromResult(said);
        },
        Patience);

    /// <summary>Sends a signal and waits for the end.</summary>
    public async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await SignalAsync("TERM");
        }

        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
