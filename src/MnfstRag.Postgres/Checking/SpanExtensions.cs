using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Intervals of the server.</summary>
internal static class SpanExtensions
{
    /// <summary>An interval without months, as a difference of two timestamps is; null for NULL.</summary>
    public static TimeSpan? OptionalSpan(this NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetTimeSpan(column);
}
