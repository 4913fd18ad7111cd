using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Data.History;

/// <summary>Names every fault of <see cref="HistoryOptions"/> with its key.</summary>
internal sealed class HistoryOptionsValidator : IValidateOptions<HistoryOptions>
{
    public ValidateOptionsResult Validate(string? name, HistoryOptions options)
    {
        List<string> faults = [];
        Between(nameof(options.MinuteDays), options.MinuteDays, 1, 7);
        Between(nameof(options.HourDays), options.HourDays, 7, 400);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Between(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                faults.Add($"{HistoryOptions.Section}:{key} is {value}; it must lie between {least} and {most}.");
            }
        }
    }
}
