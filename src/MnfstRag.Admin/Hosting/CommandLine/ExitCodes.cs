namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>What commands end with: 0–2 for their findings, sysexits.h for the rest.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or healthy.</summary>
    public const int Success = 0;

    /// <summary>Something to look at.</summary>
    public const int Warnings = 1;

    /// <summary>Something is wrong.</summary>
    public const int Failing = 2;

    /// <summary>EX_USAGE: the command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>EX_SOFTWARE: a fault of this program.</summary>
    public const int InternalError = 70;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
