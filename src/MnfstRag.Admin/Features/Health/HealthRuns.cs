using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>Past runs in the own store, the newest <see cref="Kept"/> of an environment. Checks no permission: the service does.</summary>
internal sealed class HealthRuns(IDbContextFactory<AdminDbContext> contexts, AuditLog audit)
{
    /// <summary>Runs that are kept of an environment.</summary>
    public const int Kept = 200;

    /// <summary>Keeps a run, with its audit row; the oldest beyond <see cref="Kept"/> go.</summary>
    public async Task AddAsync(WatchedEnvironment environment, HealthRun run, AuditEvent happened, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await audit.WithAsync(
            context,
            async () =>
            {
                context.Set<HealthRunRow>().Add(new HealthRunRow
                {
                    Id = run.Id,
                    EnvironmentId = environment.Id,
                    At = run.At,
                    Milliseconds = (long)run.Took.TotalMilliseconds,
                    By = run.By,
                    Server = run.Server,
                    Verdict = run.Verdict.ToString(),
                    Checks = JsonSerializer.Serialize(run.Checks.Select(KeptCheck.From)),
                });
                await context.SaveChangesAsync(cancellationToken);
                await context.Set<HealthRunRow>()
                    .Where(row => row.EnvironmentId == environment.Id)
                    .OrderByDescending(row => row.At).ThenBy(row => row.Id).Skip(Kept)
                    .ExecuteDeleteAsync(cancellationToken);
                return happened;
            },
            cancellationToken);
    }

    /// <summary>The newest runs, the newest first.</summary>
    public async Task<IReadOnlyList<HealthRun>> NewestAsync(WatchedEnvironment environment, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<HealthRunRow>().AsNoTracking()
            .Where(row => row.EnvironmentId == environment.Id)
            .OrderByDescending(row => row.At).ThenBy(row => row.Id).Take(most)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => Run(row, environment.Name))];
    }

    /// <summary>The environment that a run belongs to; null when there is no such run.</summary>
    public async Task<Guid?> EnvironmentOfAsync(Guid run, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<HealthRunRow>().AsNoTracking().Where(row => row.Id == run).Select(row => (Guid?)row.EnvironmentId).FirstOrDefaultAsync(cancellationToken);
    }

    private static HealthRun Run(HealthRunRow row, string environment) => new(
        row.Id,
        environment,
        row.Server,
        row.At,
        TimeSpan.FromMilliseconds(row.Milliseconds),
        row.By,
        [.. (JsonSerializer.Deserialize<KeptCheck[]>(row.Checks) ?? []).Select(check => check.ToResult())]);

    /// <summary>A check as JSON: the shape is in the store, so fields are added, never changed.</summary>
    private sealed record KeptCheck(string Name, string Title, string Verdict, string Evidence, string Remedy, double Milliseconds)
    {
        public static KeptCheck From(CheckResult result) =>
            new(result.Name, result.Title, result.Outcome.Verdict.ToString(), result.Outcome.Evidence, result.Outcome.Remedy, Math.Round(result.Took.TotalMilliseconds, 1));

        public CheckResult ToResult() => new(
            Name,
            Title,
            new CheckOutcome(Enum.TryParse<Verdict>(Verdict, out var verdict) ? verdict : Postgres.Checking.Verdict.Skipped, Evidence, Remedy),
            TimeSpan.FromMilliseconds(Milliseconds));
    }
}
