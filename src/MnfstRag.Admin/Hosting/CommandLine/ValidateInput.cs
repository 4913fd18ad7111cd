using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>What <c>validate</c> is given: looked at before anything is done with it.</summary>
internal static class ValidateInput
{
    private const int LongestName = 64;

    /// <summary>What is missing or cannot be meant.</summary>
    public static IEnumerable<string> Faults(string? path, string? name, IReadOnlyList<string> compare)
    {
        if (string.IsNullOrEmpty(path))
        {
            yield return "--file is missing: name the environment file.";
        }

        if (string.IsNullOrEmpty(name))
        {
            yield return "--environment is missing: write development, staging, production, or a name of your own.";
        }
        else if (name.Length > LongestName || name.Any(letter => !char.IsLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or ' ')))
        {
            yield return $"--environment is no name: write letters, digits, hyphens, at most {LongestName}.";
        }

        if (compare.Any(pair => Split(pair) is { Name.Length: 0 } or { Path.Length: 0 }))
        {
            yield return "--compare takes name=path, for example development=.env.development.";
        }
    }

    /// <summary>Name and path of "name=path"; both empty where it is none.</summary>
    public static (string Name, string Path) Split(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? ("", "") : (pair[..equals].Trim(), pair[(equals + 1)..]);
    }

    /// <summary>Reads a file, or says why it cannot be read.</summary>
    public static async Task<(EnvFile? File, string? Fault)> ReadAsync(string option, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return (null, $"The path of {option} is a folder, not a file.");
            }

            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[EnvFile.LongestFile + 1];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return length > EnvFile.LongestFile
                ? (null, $"The file of {option} is longer than {EnvFile.LongestFile / 1024 / 1024} MB, which no environment file is.")
                : (EnvFile.Read(bytes.AsSpan(0, length)), null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"The file of {option} does not exist. A relative path begins where the command is run.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"The file of {option} cannot be read. Check its path and its rights.");
        }
    }
}
