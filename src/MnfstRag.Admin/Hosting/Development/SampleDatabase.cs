using Npgsql;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>
/// The sample MNFST-RAG database: 3 tenants, 40 users (password <c>Sample-data-1</c>), 2,000 documents, 5,000 sessions and 100,000 messages.
/// It is made whole or not at all, and only in a database without the product's tables.
/// </summary>
internal static class SampleDatabase
{
    /// <param name="connectionString">The database, as the role that shall own the tables.</param>
    /// <param name="progress">Told when rows are written, which takes seconds.</param>
    /// <param name="cancellationToken">Calls it off; nothing remains then.</param>
    public static async Task EnsureAsync(string connectionString, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await ServerAdministration.OpenAsync(connectionString, cancellationToken);
        await using (var exists = new NpgsqlCommand("SELECT to_regclass('public.tenants') IS NOT NULL", connection))
        {
            if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            {
                return;
            }
        }

        progress.Report("Writing the sample database (100,000 messages)");
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await ExecuteAsync(connection, Script("schema.sql"), cancellationToken);
            await ExecuteAsync(connection, Script("seed.sql"), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "VACUUM (ANALYZE)", cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Script(string name)
    {
        var assembly = typeof(SampleDatabase).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(
            candidate => candidate.EndsWith($"Development.Sample.{name}", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
