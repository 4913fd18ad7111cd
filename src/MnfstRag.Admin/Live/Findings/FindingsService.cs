using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>What is wrong with an environment, and what a person put aside. Scoped; the only door to both.</summary>
public sealed class FindingsService(IAccess access, WatchService watch, EnvironmentWatches watches, Dismissals dismissals, TimeProvider clock)
{
    /// <summary>Shortest reason, in characters.</summary>
    public const int ShortestReason = 3;

    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 300;

    /// <summary>
    /// Findings at once, the worst first, then again when they changed or when somebody put one aside or restored it. Ends when the
    /// environment is gone. Asks the own store for nothing but the permission.
    /// </summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<IReadOnlyList<WeighedFinding>> WatchAsync(string environment, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        dismissals.Changed += Wake;
        var following = FollowAsync(environment, wake.Writer, ended.Token);
        try
        {
            IReadOnlyList<WeighedFinding>? shown = null;
            await foreach (var _ in wake.Reader.ReadAllAsync(cancellationToken))
            {
                if (watches.Find(environment)?.Feed.Latest is { } latest && Weigh(latest) is var now && (shown is null || !shown.SequenceEqual(now)))
                {
                    shown = now;
                    yield return now;
                }
            }
        }
        finally
        {
            dismissals.Changed -= Wake;
            await ended.CancelAsync();
            await following;
        }

        void Wake() => wake.Writer.TryWrite(true);
    }

    /// <summary>Whether the caller may put findings aside: pages hide what would be refused.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<bool> MayDismissAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return await access.MayAsync(Permissions.DismissFindings, cancellationToken);
    }

    /// <summary>Puts a finding aside in an environment. Null when done, else why not, in words. Without its audit row it is not done.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not dismiss findings; the refusal is in the audit log.</exception>
    public async Task<string?> DismissAsync(string environment, string key, string reason, DismissalLength length, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.DismissFindings, cancellationToken);
        var why = reason.Trim();
        if (why.Length is < ShortestReason or > LongestReason)
        {
            return why.Length < ShortestReason
                ? "Say in a few words why: whoever misses this finding will want to know."
                : string.Create(CultureInfo.InvariantCulture, $"The reason has {why.Length} characters and {LongestReason} are kept. Shorten it.");
        }

        if (watches.Find(environment) is not { } known || known.Feed.Latest?.Findings.FirstOrDefault(one => one.Key == key) is not { } finding)
        {
            return "This finding is gone by now; there is nothing to dismiss.";
        }

        var now = clock.GetUtcNow();
        var row = new DismissalRow { EnvironmentId = known.Environment.Id, FindingKey = key, Reason = why, By = caller.Name, At = now, ExpiresAt = length.End(now) };
        return await WriteAsync(() => dismissals.PutAsync(
            row,
            Entry("finding.dismiss", caller, environment, key, ("finding", $"{finding.Name}: {finding.Object}"), ("reason", why), ("until", row.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture) ?? "for good")),
            cancellationToken));
    }

    /// <summary>Shows a finding again. Null when done, else why not, in words. Without its audit row it is not done.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not dismiss findings; the refusal is in the audit log.</exception>
    public async Task<string?> RestoreAsync(string environment, string key, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.DismissFindings, cancellationToken);
        return watches.Find(environment) is not { } known
            ? $"There is no environment called {environment} any more."
            : await WriteAsync(() => dismissals.RemoveAsync(known.Environment.Id, key, Entry("finding.restore", caller, environment, key), cancellationToken));
    }

    /// <summary>What <paramref name="snapshot"/> found, each with its dismissal while that holds.</summary>
    internal IReadOnlyList<WeighedFinding> Weigh(EnvironmentSnapshot snapshot)
    {
        var aside = dismissals.Of(snapshot.EnvironmentId);
        var now = clock.GetUtcNow();
        return [.. snapshot.Findings.Select(finding => new WeighedFinding(finding, aside.TryGetValue(finding.Key, out var dismissal) && dismissal.Holds(now) ? dismissal : null))];
    }

    private async Task FollowAsync(string environment, ChannelWriter<bool> wake, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in watch.WatchAsync(environment, cancellationToken))
            {
                wake.TryWrite(true);
            }

            wake.TryComplete();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The viewer left.
        }
        catch (Exception fault)
        {
            // Told to the viewer, who asked the question.
            wake.TryComplete(fault);
        }
    }

    private static async Task<string?> WriteAsync(Func<Task> change)
    {
        try
        {
            await change();
            return null;
        }
        catch (StoreUnavailableException fault)
        {
            return $"Nothing was changed, because the dashboard's own database could not write it down. {fault.Message}";
        }
    }

    private static AuditEvent Entry(string action, Caller caller, string environment, string key, params ReadOnlySpan<(string Name, string Value)> details) => new(
        action,
        AuditPhase.Event,
        caller,
        environment,
        key,
        "done",
        Details: details.ToArray().ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
}
