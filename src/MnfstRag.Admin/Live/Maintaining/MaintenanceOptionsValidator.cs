using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Names every faulty key of <see cref="MaintenanceOptions"/>.</summary>
internal sealed class MaintenanceOptionsValidator : IValidateOptions<MaintenanceOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, MaintenanceOptions options)
    {
        List<string> faults = [];
        Within(options.PerEnvironment, 1, 8, "PerEnvironment");
        Within(options.Total, 1, 32, "Total");
        Within(options.Attempts, 1, 50, "Attempts");
        Bounded(options.LockTimeout, TimeSpan.FromMilliseconds(1), "LockTimeout");
        Bounded(options.RetryPause, TimeSpan.FromMilliseconds(1), "RetryPause");
        Bounded(options.ReconcileAfter, TimeSpan.Zero, "ReconcileAfter");
        foreach (var (environment, directory) in options.DataDirectories.Where(one => !Path.IsPathFullyQualified(one.Value)))
        {
            faults.Add($"{MaintenanceOptions.Section}:DataDirectories:{environment} is \"{directory}\"; it must be a whole path, from the root on.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Within(int value, int least, int most, string key)
        {
            if (value < least || value > most)
            {
                faults.Add(FormattableString.Invariant($"{MaintenanceOptions.Section}:{key} is {value}; it must be {least} to {most}."));
            }
        }

        void Bounded(TimeSpan value, TimeSpan least, string key)
        {
            if (value < least || value > Longest)
            {
                faults.Add(FormattableString.Invariant($"{MaintenanceOptions.Section}:{key} is {value}; it must be {least} to {Longest}."));
            }
        }
    }
}
