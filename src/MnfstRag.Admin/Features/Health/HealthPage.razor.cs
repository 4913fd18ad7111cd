using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>Support's health check of one environment: one press, the answers as they come, what earlier runs say of them, and a report.</summary>
public sealed partial class HealthPage(HealthCheckService checks, EnvironmentSelection selection, NavigationManager navigation) : IDisposable
{
    private const int NamesShown = 4;

    private readonly PageLife _gone = new();
    private CancellationTokenSource? _stop;
    private string? _environment;
    private IReadOnlyList<HealthRun> _runs = [];
    private HealthRun? _unkept;
    private HealthProgress? _progress;
    private string? _fault;
    private bool _shortHosts;
    private bool _loaded;

    /// <summary>The run that the link asks for.</summary>
    [SupplyParameterFromQuery(Name = "run")]
    public string? Requested { get; set; }

    private HealthRun? Shown => Requested is { } id ? _runs.FirstOrDefault(run => run.Id.ToString() == id) : _unkept ?? (_runs is [var newest, ..] ? newest : null);

    private IReadOnlyList<HealthRun> _earlier => Shown is { } run ? [.. _runs.Where(one => one.At < run.At)] : [];

    private HealthRun? _compared => _earlier is [var before, ..] ? before : null;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        selection.Changed += OnSelectionChanged;
        await ReadAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        selection.Changed -= OnSelectionChanged;
        _gone.Dispose();
    }

    private void OnSelectionChanged() => _ = InvokeAsync(async () =>
    {
        if (selection.Current != _environment)
        {
            Stop();
            await ReadAsync();
        }

        StateHasChanged();
    });

    private async Task ReadAsync()
    {
        (_environment, _runs, _unkept, _fault, _loaded) = (selection.Current, [], null, null, false);
        if (_environment is not { } environment)
        {
            return;
        }

        try
        {
            var runs = await checks.PastAsync(environment, _gone.Token);
            (_runs, _loaded) = environment == _environment ? (runs, true) : (_runs, _loaded);
        }
        catch (StoreUnavailableException fault)
        {
            _fault = $"Past runs cannot be read. {fault.Message}";
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The viewer left.
        }
    }

    private async Task RunAsync()
    {
        if (_progress is not null || _environment is not { } environment)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        (_stop, _fault, _progress) = (stop, null, new HealthProgress([]));
        try
        {
            await foreach (var progress in checks.RunAsync(environment, stop.Token))
            {
                (_progress, _fault) = (progress, progress.Fault);
                StateHasChanged();
                if (progress.Finished is { } run)
                {
                    await ShowAsync(environment, run, kept: progress.Fault is null);
                }
            }
        }
        catch (StoreUnavailableException fault)
        {
            _fault = $"The check did not begin, because the dashboard's own database keeps the credential. {fault.Message}";
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped by its person, or the viewer left.
        }
        finally
        {
            (_stop, _progress) = (null, null);
        }
    }

    /// <summary>The new run, in the list when it is kept.</summary>
    private async Task ShowAsync(string environment, HealthRun run, bool kept)
    {
        _unkept = kept ? null : run;
        if (kept)
        {
            _runs = await checks.PastAsync(environment, _gone.Token);
        }

        if (Requested is not null)
        {
            navigation.NavigateTo(navigation.GetUriWithQueryParameter("run", (string?)null));
        }
    }

    private void Stop() => _stop?.Cancel();

    private string Link(Guid run) => QueryHelpers.AddQueryString(selection.Link("/health-check", _environment), "run", run.ToString());

    private static string Lead(HealthRun run) => run.Verdict switch
    {
        Verdict.Failing => run.Count(Verdict.Failing) == 1 ? "one check fails" : $"{run.Count(Verdict.Failing)} checks fail",
        Verdict.Warning => run.Count(Verdict.Warning) == 1 ? "one thing to look at" : $"{run.Count(Verdict.Warning)} things to look at",
        _ => "nothing is wrong",
    };

    private static string Sum(HealthRun run) => string.Join(", ", new[] { Verdict.Failing, Verdict.Warning, Verdict.Ok, Verdict.Skipped }
        .Where(verdict => run.Count(verdict) > 0)
        .Select(verdict => VerdictWords.Counted(run.Count(verdict), verdict)));

    private static string Unwell(HealthRun run)
    {
        var names = run.Checks.Where(check => check.Outcome.Verdict is Verdict.Failing or Verdict.Warning).OrderByDescending(check => VerdictWords.Weight(check.Outcome.Verdict)).Select(check => check.Name).ToList();
        return names.Count == 0 ? "nothing" : string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
    }
}
