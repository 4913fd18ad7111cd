using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MnfstRag.Admin.Data;

/// <summary>Logs our own slow statements: duration and the beginning of the text, never a parameter's value.</summary>
internal sealed class SlowStatements(ILogger<SlowStatements> logger) : DbCommandInterceptor
{
    private const int LongestText = 300;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Judge(command, eventData.Duration);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Judge(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Judge(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Judge(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Judge(command, eventData.Duration);
        return Task.CompletedTask;
    }

    private void Judge(DbCommand command, TimeSpan duration)
    {
        if (duration > Slow)
        {
            StoreLog.SlowStatement(logger, duration.TotalMilliseconds, Shorten(command.CommandText));
        }
    }

    private static string Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText), "…");
    }
}
