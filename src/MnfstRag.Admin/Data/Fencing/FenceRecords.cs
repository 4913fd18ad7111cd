using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Fencing;

/// <inheritdoc cref="IFenceRecords" />
internal sealed class FenceRecords(IDbContextFactory<AdminDbContext> contexts, TimeProvider clock) : IFenceRecords
{
    private const int MostTests = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public async Task<FenceRecord?> FindAsync(Guid environmentId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FenceStates.AsNoTracking().SingleOrDefaultAsync(row => row.EnvironmentId == environmentId, cancellationToken) is { } row
            ? new FenceRecord(row.EnvironmentId, Enum.TryParse<FenceStanding>(row.Standing, out var standing) ? standing : FenceStanding.Unknown, row.Words, row.AsOf, row.BuiltAt, row.BuiltBy)
            : null;
    }

    public async Task KeepAsync(Guid environmentId, FenceState state, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Two instances may look at the same time; an older look never replaces a newer one.
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO admin.fence_states AS known (environment_id, standing, words, as_of, built_at, built_by)
            VALUES ({environmentId}, {state.Standing.ToString()}, {state.Words}, {state.AsOf}, {state.BuiltAt}, {state.BuiltBy})
            ON CONFLICT (environment_id) DO UPDATE
            SET standing = excluded.standing, words = excluded.words, as_of = excluded.as_of, built_at = excluded.built_at, built_by = excluded.built_by
            WHERE known.as_of <= excluded.as_of AND excluded.standing <> {nameof(FenceStanding.Unknown)}
            """,
            cancellationToken);
    }

    public async Task<IReadOnlyList<FenceTest>> TestsAsync(Guid environmentId, int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.FenceTests
            .AsNoTracking()
            .Where(row => row.EnvironmentId == environmentId)
            .OrderByDescending(row => row.At)
            .ThenByDescending(row => row.Id)
            .Take(most)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new FenceTest(row.EnvironmentId, row.At, row.By, Enum.TryParse<FenceVerdict>(row.Verdict, out var verdict) ? verdict : FenceVerdict.NotProven, row.Words, JsonSerializer.Deserialize<List<FenceAttempt>>(row.Attempts, Json) ?? []))];
    }

    public async Task KeepAsync(FenceTest test, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.FenceTests.Add(new FenceTestRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            EnvironmentId = test.EnvironmentId,
            At = test.At,
            By = test.By,
            Verdict = test.Verdict.ToString(),
            Words = test.Words,
            Attempts = JsonSerializer.Serialize(test.Attempts, Json),
        });
        await context.SaveChangesAsync(cancellationToken);
        var oldest = await context.FenceTests
            .Where(row => row.EnvironmentId == test.EnvironmentId)
            .OrderByDescending(row => row.At)
            .Skip(MostTests - 1)
            .Select(row => (DateTimeOffset?)row.At)
            .FirstOrDefaultAsync(cancellationToken);
        if (oldest is { } from)
        {
            await context.FenceTests.Where(row => row.EnvironmentId == test.EnvironmentId && row.At < from).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
