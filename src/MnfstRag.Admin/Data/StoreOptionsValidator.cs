using Microsoft.Extensions.Options;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Data;

/// <summary>Names every fault of <see cref="StoreOptions"/> with its key.</summary>
internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.Admin))
        {
            faults.Add(
                $"{StoreOptions.Section}:Admin is not set: the dashboard keeps accounts, environments and its audit log in a PostgreSQL database of its own. "
                + "Set it, for example ConnectionStrings__Admin=postgresql://mnfst_admin_app:password@host:5432/mnfst_admin.");
        }
        else
        {
            Check(nameof(options.Admin), options.Admin);
        }

        if (!string.IsNullOrWhiteSpace(options.AdminMigrator))
        {
            Check(nameof(options.AdminMigrator), options.AdminMigrator);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(string key, string value)
        {
            if (!DatabaseUrl.Parse(value).Succeeded(out var url, out var fault))
            {
                faults.Add($"{StoreOptions.Section}:{key}: {fault.Words}");
            }
            else if (!url.IsMonitorable)
            {
                faults.Add($"{StoreOptions.Section}:{key} names a sqlite file; the store needs PostgreSQL 14 or newer.");
            }
        }
    }
}
