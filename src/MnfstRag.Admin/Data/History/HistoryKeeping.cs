using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Data.History;

/// <summary>What has to be done now and then: partitions ahead of time, hours of minutes, old partitions and subjects dropped.</summary>
internal sealed class HistoryKeeping(HistorySchema schema, HistoryRollUp rollUp, IEnumerable<HistoryKind> kinds, IOptions<HistoryOptions> options)
{
    /// <summary>Does all of it; returns how many hours were made and how many partitions dropped. An hour is made before its minutes can be dropped.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The store does not answer or refuses.</exception>
    public async Task<(int Hours, int Dropped)> RunAsync(CancellationToken cancellationToken)
    {
        await schema.EnsureAheadAsync(cancellationToken);
        var hours = 0;
        foreach (var kind in kinds)
        {
            hours += await rollUp.RunAsync(kind, cancellationToken);
        }

        var dropped = await schema.DropOldAsync(cancellationToken);
        if (dropped.Count > 0)
        {
            await rollUp.CleanAsync(TimeSpan.FromDays(options.Value.HourDays + 2), cancellationToken);
        }

        return (hours, dropped.Count);
    }
}
