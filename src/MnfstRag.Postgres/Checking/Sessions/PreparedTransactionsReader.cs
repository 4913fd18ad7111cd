using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Reads <see cref="PreparedTransactions"/>.</summary>
internal sealed class PreparedTransactionsReader : IReader<PreparedTransactions>
{
    public static PreparedTransactionsReader Instance { get; } = new();

    public string Name => "check-prepared";

    public string Sql(Capabilities server) => """
        SELECT count(*), (array_agg(gid ORDER BY prepared))[1], clock_timestamp() - min(prepared)
        FROM pg_catalog.pg_prepared_xacts
        """;

    public async Task<PreparedTransactions> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.GetInt64(0), rows.OptionalText(1), rows.OptionalSpan(2) ?? TimeSpan.Zero);
    }
}
