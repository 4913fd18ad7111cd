namespace MnfstRag.Postgres.Checking;

/// <summary>What the dashboard's own store knows of an environment, for the checks that need it. A terminal has none of it.</summary>
public interface IStoreKnowledge
{
    /// <summary>Whether the audit log is as it was written.</summary>
    Task<CheckOutcome> AuditChainAsync(CancellationToken cancellationToken);

    /// <summary>What the newest self-test of an installed fence proved.</summary>
    Task<CheckOutcome> FenceAsync(CancellationToken cancellationToken);

    /// <summary>Whether Vault answers, where the environment's settings name it.</summary>
    Task<CheckOutcome> VaultAsync(CancellationToken cancellationToken);

    /// <summary>An earlier size of a database.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    Task<SizePast> GrowthAsync(string database, CancellationToken cancellationToken);
}
