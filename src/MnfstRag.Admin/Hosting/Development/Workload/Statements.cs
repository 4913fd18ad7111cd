using Npgsql;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>Statements as the backend's driver sends them: values stand in the text, since psycopg2 binds on the client.</summary>
internal static class Statements
{
    public static string Literal(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    public static string Literal(Guid value) => $"'{value}'::uuid";

    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // The backend reads its rows; nobody needs them here.
        }
    }

    public static async Task RunAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await RunAsync(connection, sql, cancellationToken);
    }
}
