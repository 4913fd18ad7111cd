using MnfstRag.Admin.Benchmarks.Processes;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>What the benchmarks share: servers are started when the first one needs them, and ended at the end.</summary>
/// <param name="Quick">Few repeats: to see that it works, not to be quoted.</param>
internal sealed record Bench(bool Quick) : IAsyncDisposable
{
    private WatchedServer? _watched;
    private Dashboard? _dashboard;
    private WebHost? _baseline;

    /// <summary>Either the number for a full run or the one for a quick run.</summary>
    public int Choose(int full, int quick) => Quick ? quick : full;

    public async Task<WatchedServer> WatchedAsync(CancellationToken cancellationToken)
        => _watched ??= await WatchedServer.StartAsync(cancellationToken);

    public async Task<Dashboard> DashboardAsync(CancellationToken cancellationToken)
        => _dashboard ??= await Dashboard.StartAsync(await WatchedAsync(cancellationToken), cancellationToken);

    /// <summary>The empty MudBlazor application.</summary>
    public async Task<WebHost> BaselineAsync(CancellationToken cancellationToken)
        => _baseline ??= await WebHost.StartAsync(
            typeof(Bench).Assembly.Location,
            [Baseline.BaselineHost.Command],
            new Dictionary<string, string>(StringComparer.Ordinal),
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await DisposeAsync(_baseline);
        await DisposeAsync(_dashboard);
        await DisposeAsync(_watched);
    }

    private static ValueTask DisposeAsync(IAsyncDisposable? part) => part?.DisposeAsync() ?? ValueTask.CompletedTask;
}
