using System.Collections.Concurrent;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Sampling;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>
/// Carries out changes of status on the instance that leads, whoever looks on. What another process had under way when it ended is taken up
/// again. A host that stops finishes the step that it is in, and leaves the rest to the next.
/// </summary>
internal sealed class StatusRunner(StatusRecords records, StatusExecution execution, ILeadership leadership, StoreState store, TimeProvider clock, ILogger<StatusRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(2);

    /// <summary>Whoever began one so lately was asked then whether they may.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, Task> _underway = new();
    private readonly Nudge _nudge = new();

    /// <summary>Names this process: what it took it may write about.</summary>
    public Guid Claim { get; } = Guid.NewGuid();

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _nudge.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        records.Added += _nudge.Give;
        leadership.Changed += _nudge.Give;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await store.WhenReadyAsync(stoppingToken);
                if (leadership.Standing.Leads)
                {
                    await LookAsync(stoppingToken);
                }

                await _nudge.WaitAsync(Pulse, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is under way ends its step below.
        }
        finally
        {
            records.Added -= _nudge.Give;
            leadership.Changed -= _nudge.Give;
            await Task.WhenAll(_underway.Values);
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var (id, claim, at) in await records.RunningAsync(stoppingToken))
            {
                if (!_underway.ContainsKey(id) && await records.TakeAsync(id, claim, Claim, stoppingToken))
                {
                    var begun = new TaskCompletionSource();
                    _underway[id] = begun.Task;
                    var resumed = claim is not null || at < clock.GetUtcNow() - Fresh;
                    _ = Task.Run(() => RunAsync(id, resumed, begun, stoppingToken), CancellationToken.None);
                }
            }
        }
        catch (StoreUnavailableException away)
        {
            TenantsLog.StoreAway(logger, away.Message);
        }
    }

    private async Task RunAsync(Guid id, bool resumed, TaskCompletionSource ended, CancellationToken stoppingToken)
    {
        try
        {
            await execution.RunAsync(id, Claim, resumed, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next one goes on with it.
        }
        catch (StatusTakenOverException)
        {
            TenantsLog.TakenOver(logger, id);
        }
        catch (Exception fault)
        {
            TenantsLog.RunFailed(logger, id, fault);
        }
        finally
        {
            _underway.TryRemove(id, out _);
            ended.SetResult();
        }
    }
}
