using System.Globalization;
using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>Names every fault of <see cref="FindingOptions"/> with its key.</summary>
public sealed class FindingOptionsValidator : IValidateOptions<FindingOptions>
{
    private const int MostMegabytes = 1 << 20;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, FindingOptions options)
    {
        List<string> faults = [];
        Between(nameof(options.UnusedIndexAge), options.UnusedIndexAge, TimeSpan.FromDays(1), TimeSpan.FromDays(365));
        Between(nameof(options.UnusedIndexMegabytes), options.UnusedIndexMegabytes, 0, MostMegabytes);
        Between(nameof(options.LargeIndexMegabytes), options.LargeIndexMegabytes, 1, MostMegabytes);
        Between(nameof(options.EmptyMegabytes), options.EmptyMegabytes, 1, MostMegabytes);
        Between(nameof(options.EmptyPercent), options.EmptyPercent, 5, 95);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Between<T>(string key, T value, T least, T most)
            where T : IComparable<T>, IFormattable
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{FindingOptions.Section}:{key} is {value}; it must lie between {least} and {most}."));
            }
        }
    }
}
