namespace MnfstRag.Postgres.Connecting;

/// <summary>Several addresses in one text, as <c>DATABASE_REPLICA_URLS</c> has them.</summary>
public static class DatabaseUrlList
{
    /// <summary>Addresses are parted by line ends, or by commas before a scheme: a comma also parts the hosts of one address.</summary>
    public static IEnumerable<string> Split(string text)
    {
        foreach (var line in text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var one = "";
            foreach (var piece in line.Split(','))
            {
                if (one.Length > 0 && piece.Contains("://", StringComparison.Ordinal))
                {
                    yield return one.Trim();
                    one = piece;
                }
                else
                {
                    one = one.Length > 0 ? $"{one},{piece}" : piece;
                }
            }

            if (one.Trim().Length > 0)
            {
                yield return one.Trim();
            }
        }
    }
}
