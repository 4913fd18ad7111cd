namespace MnfstRag.Postgres.Pooling;

/// <summary>Parts that have no answer yet.</summary>
public static class PoolParts
{
    /// <summary>Not configured.</summary>
    public static PoolPart<T> Unset<T>(string missing)
        where T : class => new(null, null, null, missing);

    /// <summary>Not yet asked.</summary>
    public static PoolPart<T> Unasked<T>()
        where T : class => new(null, null, null, null);
}
