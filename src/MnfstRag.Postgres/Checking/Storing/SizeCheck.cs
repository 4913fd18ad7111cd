using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>How large is the database, and how fast does it grow? How much disk is left cannot be known from here, and is said so.</summary>
internal sealed class SizeCheck(IStoreKnowledge? store = null) : QueryCheck<SizeFacts>
{
    private const string Disk = "How much disk is left is unknown to SQL: look at the machine.";

    /// <summary>Below it doubling is no concern.</summary>
    private const long Large = 1L << 30;

    /// <summary>Over a shorter time chance decides.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public override string Name => "size";

    public override string Title => "The size of the database is known";

    public override string Sql(Capabilities server) => "SELECT pg_database_size(current_database())";

    public override async Task<SizeFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.GetInt64(0));
    }

    public override CheckOutcome Judge(SizeFacts facts, Capabilities server) => CheckOutcome.Ok(
        $"{server.Database} is {PlainWords.Bytes(facts.Bytes)}. Growth is unknown without stored history. {Disk}");

    protected override async Task<CheckOutcome> ConcludeAsync(SizeFacts facts, CheckContext context, CancellationToken cancellationToken) =>
        store is null ? Judge(facts, context.Server) : Judge(facts, context.Server, await store.GrowthAsync(context.Server.Database, cancellationToken), context.Time.GetUtcNow());

    /// <summary>The rule with an earlier size at hand.</summary>
    internal static CheckOutcome Judge(SizeFacts facts, Capabilities server, SizePast past, DateTimeOffset now)
    {
        var size = $"{server.Database} is {PlainWords.Bytes(facts.Bytes)}.";
        if (past is not { Bytes: { } then, At: { } at } || now - at < Shortest)
        {
            return CheckOutcome.Ok($"{size} {past.Unknown ?? "Its growth shows once an hour of history is kept."} {Disk}");
        }

        var (grown, span) = (facts.Bytes - then, now - at);
        var perDay = (long)(grown / span.TotalDays);
        var evidence = $"{size} {(grown < 0 ? "It shrank by" : "It grew by")} {PlainWords.Bytes(Math.Abs(grown))} in {PlainWords.Duration(span)}, {PlainWords.Bytes(Math.Abs(perDay))} a day. {Disk}";
        return facts.Bytes >= Large && grown > 0 && facts.Bytes / (double)grown * span < Soon
            ? CheckOutcome.Warning(evidence, $"At this rate it doubles within {PlainWords.Duration(facts.Bytes / (double)grown * span)}. See on the page of tables what grows, and look at the machine's disk.")
            : CheckOutcome.Ok(evidence);
    }
}
