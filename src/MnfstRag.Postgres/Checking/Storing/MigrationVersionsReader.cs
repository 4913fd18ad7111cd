using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Reads the rows of alembic's table. More than a few mean that it is not alembic's.</summary>
/// <param name="table">Its name, quoted by the server.</param>
internal sealed class MigrationVersionsReader(string table) : IReader<IReadOnlyList<string>>
{
    public string Name => "check-migration-versions";

    public string Sql(Capabilities server) => $"SELECT version_num::text FROM {table} ORDER BY 1 LIMIT 10";

    public async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var versions = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
        {
            versions.Add(rows.GetString(0));
        }

        return versions;
    }
}
