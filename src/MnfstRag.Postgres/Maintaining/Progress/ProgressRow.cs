using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Reads the columns of <see cref="ProgressSql"/>.</summary>
internal static class ProgressRow
{
    public const int Count = 10;

    public const string List = "p.pid, p.command, p.relid, p.phase, p.done, p.total, p.unit, p.locker, p.detail, p.part";

    public static CommandProgress Read(NpgsqlDataReader rows, int from = 0)
    {
        var progress = new CommandProgress(
            rows.GetInt32(from),
            rows.GetString(from + 1),
            rows.IsDBNull(from + 2) ? null : rows.GetFieldValue<uint>(from + 2),
            rows.OptionalText(from + 3) ?? "starting",
            rows.OptionalInt64(from + 4),
            rows.OptionalInt64(from + 5) is > 0 and var total ? total : null,
            rows.OptionalText(from + 6))
        {
            WaitsFor = (int?)rows.OptionalInt64(from + 7),
            Detail = rows.OptionalText(from + 8),
        };
        var part = rows.IsDBNull(from + 9) ? IndexPhases.Part(progress.Phase, progress.PhasePercent / 100) : rows.GetDouble(from + 9);
        return progress with { Percent = part is { } whole ? Math.Clamp(whole * 100, 0, 100) : null };
    }
}
