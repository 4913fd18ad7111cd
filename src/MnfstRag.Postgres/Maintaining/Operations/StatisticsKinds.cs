namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a <see cref="StatisticsKind"/> asks of a server.</summary>
public static class StatisticsKinds
{
    /// <summary>First major version that counts it apart.</summary>
    public static int Since(this StatisticsKind kind) => kind switch
    {
        StatisticsKind.Io => 16,
        StatisticsKind.Checkpointer => 17,
        _ => 14,
    };
}
