using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Components;

/// <summary>Names every fault of <see cref="PagesOptions"/> with its key.</summary>
internal sealed class PagesOptionsValidator : IValidateOptions<PagesOptions>
{
    public ValidateOptionsResult Validate(string? name, PagesOptions options)
    {
        List<string> faults = [];
        if (options.KeptWhenLost < TimeSpan.FromSeconds(1) || options.KeptWhenLost > TimeSpan.FromHours(1))
        {
            faults.Add($"{PagesOptions.Section}:{nameof(options.KeptWhenLost)} is {options.KeptWhenLost}; it must lie between 00:00:01 and 01:00:00.");
        }

        if (options.MostLost is < 0 or > 10_000)
        {
            faults.Add($"{PagesOptions.Section}:{nameof(options.MostLost)} is {options.MostLost}; it must lie between 0 and 10000.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
