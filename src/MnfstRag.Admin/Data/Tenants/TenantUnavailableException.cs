namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A tenant's rows could not be had, or took too long. The message is for a person.</summary>
public sealed class TenantUnavailableException(string words, bool slow, Exception? cause) : Exception(words, cause)
{
    /// <summary>The server was stopped by our own time limit: asking for less may do.</summary>
    public bool IsSlow => slow;
}
