using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Pooling;

/// <summary>What the console's errors mean, for a person.</summary>
internal static class ConsoleErrorWords
{
    private const int LongestText = 200;

    /// <summary>Reads an ErrorResponse.</summary>
    public static ConsoleError Read(ConsoleMessage message)
    {
        var (code, text) = (string.Empty, string.Empty);
        while (!message.IsAtEnd && message.Byte() is var field and not 0)
        {
            var value = message.Text();
            (code, text) = field switch
            {
                (byte)'C' => (value, text),
                (byte)'M' => (code, value),
                _ => (code, text),
            };
        }

        return new ConsoleError(SafeText.Clean(Cut(code)), SafeText.Clean(Cut(text)));
    }

    /// <summary>Why signing in failed.</summary>
    public static string OfSignIn(ConsoleError error, PgBouncerAddress address) => error switch
    {
        _ when PoolIncident.Recognise(error.Text) is { } incident => $"{address.Host} refuses new clients: {incident.Cause} {incident.Remedy}",
        { Code: "28P01" } or { Code: "28000" } => $"{address.Host} refused user {address.User} ({error.Code}). Check user and password of the PgBouncer address, and that userlist.txt knows them.",
        { Code: "3D000" } => $"{address.Host} knows no database pgbouncer: it is a PostgreSQL server, or a pooler without an admin console. Check host and port of the PgBouncer address.",
        { Text: var text } when Speaks(text, "password authentication failed", "SASL authentication failed", "auth failed", "no such user") =>
            $"{address.Host} refused user {address.User}. Check user and password of the PgBouncer address, and that userlist.txt knows them.",
        { Text: var text } when Speaks(text, "not allowed") =>
            $"{address.Host} does not let user {address.User} at its admin console. Add the user to stats_users in pgbouncer.ini, then RELOAD.",
        _ => $"{address.Host} refused: {error.Text}.",
    };

    /// <summary>Why a SHOW command failed.</summary>
    public static string OfQuery(ConsoleError error, string command, PgBouncerAddress address) => Speaks(error.Text, "admin access needed", "not allowed")
        ? $"{address.Host} does not answer {command} to user {address.User}. Add the user to stats_users in pgbouncer.ini, then RELOAD."
        : $"{address.Host} does not answer {command}: {error.Text}. The address must name PgBouncer's admin console (database pgbouncer).";

    private static bool Speaks(string text, params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Cut(string text) => text.Length <= LongestText ? text.TrimEnd('.') : text[..LongestText];
}
