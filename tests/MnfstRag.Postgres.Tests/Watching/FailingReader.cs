using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Watching;

/// <summary>A reader whose statement a test chooses.</summary>
internal sealed class FailingReader(string name, string sql, int minimumMajor = 14, bool heavy = false) : IReader<string>
{
    public string Name => name;

    public int MinimumMajor => minimumMajor;

    public bool IsHeavy => heavy;

    public string Sql(Capabilities server) => sql;

    public async Task<string> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return rows.GetString(0);
    }
}
