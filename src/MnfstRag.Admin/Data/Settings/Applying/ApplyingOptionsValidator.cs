using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Data.Settings.Applying;

/// <summary>Names every fault of <see cref="ApplyingOptions"/> with its key.</summary>
internal sealed class ApplyingOptionsValidator : IValidateOptions<ApplyingOptions>
{
    public ValidateOptionsResult Validate(string? name, ApplyingOptions options)
    {
        var faults = options.All
            .Where(folder => !Path.IsPathFullyQualified(folder) || Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) == Path.GetPathRoot(folder))
            .Select(folder => $"{ApplyingOptions.Section}:{nameof(ApplyingOptions.Folders)}: \"{folder}\" must be the whole path of a folder, and not the root.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
