using System.Globalization;
using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>How far a run is.</summary>
public sealed partial class RunProgress(EnvironmentSelection selection)
{
    /// <summary>How far; null when it is not known yet.</summary>
    [Parameter, EditorRequired]
    public MaintenanceProgress? Progress { get; set; }

    /// <summary>Of the whole run: the steps that are done, and the part of the one at work.</summary>
    private double? Percent => Progress is not { Steps: > 0 } progress ? null
        : progress.Command?.Percent is { } part ? Math.Min(100, (progress.StepsDone + (part / 100)) / progress.Steps * 100)
        : progress.Steps > 1 ? progress.StepsDone * 100.0 / progress.Steps
        : null;

    private string Text
    {
        get
        {
            if (Progress is not { } progress)
            {
                return "It is being begun.";
            }

            List<string> parts = [progress.Words.TrimEnd('.')];
            if (Percent is { } percent)
            {
                parts.Add($"{percent.ToString("0", CultureInfo.InvariantCulture)}%");
            }

            if (progress.Command is { Rate: { } rate, Unit: { } unit })
            {
                parts.Add(unit == "bytes" ? $"{Words.Bytes((long)rate)}/s" : $"{Words.Count(rate)} {unit}/s");
            }

            if (progress.Command?.Remaining is { } left)
            {
                parts.Add($"about {Words.Duration(left)} left of this phase");
            }

            if (progress.Command?.Detail is { Length: > 0 } detail)
            {
                parts.Add(detail);
            }

            if (progress.Steps > 1)
            {
                parts.Add($"{Words.Count(progress.StepsDone)} of {Words.Plural(progress.Steps, "step")} done");
            }

            if (progress.Attempt > 1)
            {
                parts.Add($"attempt {progress.Attempt}");
            }

            parts.Add(Words.Duration(progress.Elapsed));
            return string.Join(" · ", parts);
        }
    }
}
