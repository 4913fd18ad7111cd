using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>How large is the database? How fast it grows and how much disk is left cannot be known from here, and is said so.</summary>
internal sealed class SizeCheck : QueryCheck<SizeFacts>
{
    public override string Name => "size";

    public override string Title => "The size of the database is known";

    public override string Sql(Capabilities server) => "SELECT pg_database_size(current_database())";

    public override async Task<SizeFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.GetInt64(0));
    }

    public override CheckOutcome Judge(SizeFacts facts, Capabilities server) => CheckOutcome.Ok(
        $"{server.Database} is {PlainWords.Bytes(facts.Bytes)}. Growth is unknown without stored history, and free disk space is unknown to SQL: look at the machine.");
}
