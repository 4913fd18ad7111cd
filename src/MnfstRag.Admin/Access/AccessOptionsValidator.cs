using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Access;

/// <summary>Names every fault of <see cref="AccessOptions"/> with its key.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> faults = [];
        Between(nameof(options.IdleLimit), options.IdleLimit, TimeSpan.FromMinutes(1), options.AbsoluteLimit);
        Between(nameof(options.AbsoluteLimit), options.AbsoluteLimit, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
        Between(nameof(options.Revalidation), options.Revalidation, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Between(nameof(options.BcryptCost), options.BcryptCost, 10, 15);
        Between(nameof(options.ConcurrentHashes), options.ConcurrentHashes, 0, 64);
        Between(nameof(options.WaitingHashes), options.WaitingHashes, 1, 1000);
        Between(nameof(options.LockoutAttempts), options.LockoutAttempts, 3, 100);
        Between(nameof(options.LockoutTime), options.LockoutTime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));
        Between(nameof(options.AttemptsPerAddress), options.AttemptsPerAddress, 1, 10_000);
        Between(nameof(options.AttemptsPerAccount), options.AttemptsPerAccount, 1, 10_000);
        Between(nameof(options.PagesPerPerson), options.PagesPerPerson, 1, 10_000);
        Between(nameof(options.LinkLifetime), options.LinkLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
        if (options.PasskeyDomain is { Length: > 0 } domain && Uri.CheckHostName(domain) != UriHostNameType.Dns)
        {
            faults.Add($"{AccessOptions.Section}:{nameof(options.PasskeyDomain)} is {domain}; it must be a host name alone, without scheme, port or path.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Between<T>(string key, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            {
                faults.Add($"{AccessOptions.Section}:{key} is {value}; it must lie between {least} and {most}.");
            }
        }
    }
}
