namespace MnfstRag.Postgres.Checking;

/// <summary>One question about a watched server, with its answer in plain words. Checks hold no state: one instance serves every server.</summary>
public interface ICheck
{
    /// <summary>Stable name in lower case: in <c>--checks</c>, in JSON, in stored runs.</summary>
    string Name { get; }

    /// <summary>What it asks, for a person.</summary>
    string Title { get; }

    /// <summary>Name of the check without whose success this one is skipped; null when it needs none.</summary>
    string? Needs { get; }

    /// <summary>Name of a check whose outcome it takes into account, whatever that is; null when it consults none.</summary>
    string? Consults => null;

    /// <summary>It asks the server, and so waits for its turn on a connection.</summary>
    bool AsksServer => true;

    /// <summary>
    /// Answers. A fault of the server or of the way to it is an outcome, not an exception; a cancelled <paramref name="cancellationToken"/> is one.
    /// </summary>
    Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken);
}
