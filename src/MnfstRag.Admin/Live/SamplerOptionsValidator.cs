using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Live;

/// <summary>Names every fault of <see cref="SamplerOptions"/> with its key.</summary>
public sealed class SamplerOptionsValidator : IValidateOptions<SamplerOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SamplerOptions options)
    {
        List<string> faults = [];
        Between(nameof(options.Interval), options.Interval, TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1));
        Between(nameof(options.IdleInterval), options.IdleInterval, options.Interval, TimeSpan.FromMinutes(10));
        Between(nameof(options.SlowInterval), options.SlowInterval, options.Interval, TimeSpan.FromHours(1));
        Between(nameof(options.PoolInterval), options.PoolInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(nameof(options.PoolIdleInterval), options.PoolIdleInterval, options.PoolInterval, TimeSpan.FromMinutes(10));
        Between(nameof(options.ShapeInterval), options.ShapeInterval, options.Interval, TimeSpan.FromHours(1));
        Between(nameof(options.ConnectTimeout), options.ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Between(nameof(options.TickBudget), options.TickBudget, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
        Between(nameof(options.LongestBackoff), options.LongestBackoff, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Between(nameof(options.StoreInterval), options.StoreInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Between(nameof(options.HeavyReadLag), options.HeavyReadLag, TimeSpan.Zero, TimeSpan.FromHours(1));
        Between(nameof(options.HistorySpan), options.HistorySpan, TimeSpan.FromMinutes(15), TimeSpan.FromHours(4));
        Between(nameof(options.StatementsInterval), options.StatementsInterval, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
        Between(nameof(options.StatementsIdleInterval), options.StatementsIdleInterval, options.StatementsInterval, TimeSpan.FromMinutes(15));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Between(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                faults.Add($"{SamplerOptions.Section}:{key} is {value:c}; it must lie between {least:c} and {most:c}.");
            }
        }
    }
}
