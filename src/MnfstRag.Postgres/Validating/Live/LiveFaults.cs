namespace MnfstRag.Postgres.Validating;

/// <summary>Faults that Npgsql gives no type of their own.</summary>
internal static class LiveFaults
{
    /// <summary>The server wanted the password in clear, which the session was told not to do.</summary>
    public static bool IsCleartextRefusal(Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException!)
        {
            if (one.Message.Contains("authentication method is not allowed", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
