using Npgsql;

namespace MnfstRag.Postgres.Tests;

/// <summary>Short ways to run SQL in a test.</summary>
internal static class Sql
{
    public static async Task RunAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> AskAsync<T>(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every row as an array of its values, NULL as null.</summary>
    public static async Task<List<object?[]>> RowsAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<object?[]>();
        while (await rows.ReadAsync())
        {
            var values = new object?[rows.FieldCount];
            rows.GetValues(values!);
            all.Add([.. values.Select(value => value is DBNull ? null : value)]);
        }

        return all;
    }
}
