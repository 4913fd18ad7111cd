namespace MnfstRag.Postgres.Checking;

/// <summary>The catalogue: every health check, in the order of a report.</summary>
public static class HealthChecks
{
    /// <summary>All of them, without a store: those that need it are listed too, and say so.</summary>
    public static IReadOnlyList<ICheck> All { get; } = Make(store: null);

    /// <summary>Their names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(check => check.Name)];

    /// <summary>All of them, with what the dashboard's store knows of the environment.</summary>
    public static IReadOnlyList<ICheck> With(IStoreKnowledge store) => Make(store);

    private static IReadOnlyList<ICheck> Make(IStoreKnowledge? store) =>
    [
        new ReachCheck(),
        new SignInCheck(),
        new TlsCheck(),
        new LatencyCheck(),
        new VersionCheck(),
        new PrivilegesCheck(),
        new ExtensionsCheck(),
        new MigrationsCheck(),
        new SlotsCheck(),
        new PoolCheck(),
        new LongTransactionsCheck(),
        new IdleInTransactionCheck(),
        new BlockedCheck(),
        new ReplicationCheck(),
        new WraparoundCheck(),
        new SequencesCheck(),
        new SizeCheck(store),
        new StatisticsCheck(),
        new CheckpointsCheck(),
        new PendingRestartCheck(),
        new CountersCheck(),
        new FenceCheck(store),
        new StoreCheck("audit-chain", "The audit log is whole", "Needs the dashboard's own store, which holds the audit log: run verify-audit there.", store is null ? null : store.AuditChainAsync),
        new StoreCheck("vault", "Vault answers", "Needs the dashboard's own store, which holds Vault's address and credential.", store is null ? null : store.VaultAsync),
    ];
}
