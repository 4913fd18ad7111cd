using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Columns that may be NULL.</summary>
internal static class RowExtensions
{
    public static string? OptionalText(this NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);

    public static int? OptionalInt32(this NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt32(column);

    public static long? OptionalInt64(this NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt64(column);

    /// <summary>A timestamptz.</summary>
    public static DateTimeOffset? OptionalTime(this NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);
}
