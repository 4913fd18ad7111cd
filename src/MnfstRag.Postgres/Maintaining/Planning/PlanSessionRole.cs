using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>How a session, or a prepared transaction, and a plan would meet.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanSessionRole>))]
public enum PlanSessionRole
{
    /// <summary>It holds a lock that a step needs: the step would wait for it.</summary>
    HoldsLock,

    /// <summary>It waits already for a lock on the object: the step would queue behind it.</summary>
    Queues,

    /// <summary>Its transaction is open: a CONCURRENTLY command waits at its end for every older transaction or snapshot.</summary>
    OlderTransaction,

    /// <summary>An autovacuum of the table: it gives way to a step that wants a lock, unless it works against wraparound.</summary>
    Yields,
}
