using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Tries to get past the fence as one tenant, with identities and words of another as bait: by id, search, count, join, function, base
/// table, leaky operator, settings, roles, and on connections that another tenant used before. With the fence credential itself and over the
/// product's own rows; what tries to write is undone, whatever came of it. The other tenant's rows are looked up as the other tenant, so that there is
/// something to be seen.
/// </summary>
public sealed class FenceSelfTest(TenantReads reads, FenceNames names, ProductSchema product, TimeProvider time)
{
    /// <summary>So many rows of the other tenant are tried for, of each view.</summary>
    private const int Baits = 3;

    /// <summary>Makes all attempts as <paramref name="tenant"/> against <paramref name="other"/>. A server that fails ends it, with the reason.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<FenceProof> RunAsync(Guid tenant, Guid other, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var attempts = new List<FenceAttempt>();
        try
        {
            await foreach (var trial in TrialsAsync(other, cancellationToken))
            {
                attempts.Add(await TryAsync(trial, tenant, other, cancellationToken));
            }

            attempts.AddRange(await CatalogAsync(tenant, cancellationToken));
            return new FenceProof(attempts, began, tenant == other ? "Both tenants are the same: nothing is proven." : null);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            return new FenceProof(attempts, began, $"The self-test ended early. {ConnectionFault.From(exception, reads.Url).Words}");
        }
    }

    private async IAsyncEnumerable<FenceTrial> TrialsAsync(Guid other, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trials = new FenceTrials(product, names, other);
        foreach (var view in FenceViews.Of(product))
        {
            var bait = await BaitAsync(view.Name, other, cancellationToken);
            foreach (var trial in trials.On(view, bait))
            {
                yield return trial;
            }
        }

        foreach (var (function, view, column) in new[] { ("search_messages", "messages", "content"), ("search_documents", "documents", "original_name") })
        {
            var (words, bait) = await WordsAsync(function, view, column, other, cancellationToken);
            foreach (var trial in trials.Search(function, words, bait))
            {
                yield return trial;
            }
        }

        var documents = await BaitAsync("documents", other, cancellationToken);
        var sessions = await BaitAsync("sessions", other, cancellationToken);
        var users = await BaitAsync("users", other, cancellationToken);
        foreach (var trial in trials.Pages(documents, sessions, users).Concat(trials.Writes(documents, users)))
        {
            yield return trial;
        }

        foreach (var trial in trials.Roles())
        {
            yield return trial;
        }
    }

    private async Task<FenceAttempt> TryAsync(FenceTrial trial, Guid tenant, Guid other, CancellationToken cancellationToken)
    {
        if (trial.Bait is { Count: 0 })
        {
            return Outcome(trial, FenceVerdict.NotProven, "The other tenant has no such rows: there was nothing to be seen.");
        }

        await using var transaction = await reads.BeginAsync(trial.WithoutTenant ? null : tenant, cancellationToken, trial.Writes);
        try
        {
            if (trial.Before is { } before)
            {
                await using var said = transaction.Command(before);
                await said.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var command = transaction.Command(trial.Sql);
            if (trial.Sql.Contains("$1", StringComparison.Ordinal))
            {
                command.Parameters.Add(new() { Value = trial.Bait?.ToArray() ?? [] });
            }

            if (trial.Sql.Contains("$2", StringComparison.Ordinal))
            {
                command.Parameters.Add(new() { Value = other });
            }

            var came = await command.ExecuteScalarAsync(cancellationToken) is long rows ? rows : 0;
            return trial.MustBeRefused ? Outcome(trial, FenceVerdict.Broken, "The server did not refuse it.")
                : came > 0 ? Outcome(trial, FenceVerdict.Broken, $"{Asked(trial)}: {came} came.")
                : Outcome(trial, FenceVerdict.Held, $"{Asked(trial)}: 0 came.");
        }
        catch (PostgresException answer) when (trial.Leaks.Contains(answer.SqlState))
        {
            return Outcome(trial, FenceVerdict.Broken, $"It was given rows that the tenant must not see ({answer.SqlState}).");
        }
        catch (PostgresException answer)
        {
            return trial.Refusals.Contains(answer.SqlState)
                ? Outcome(trial, FenceVerdict.Held, $"Refused by the server ({answer.SqlState}).")
                : Outcome(trial, FenceVerdict.NotProven, $"It failed for another reason ({answer.SqlState}).");
        }
    }

    private async Task<IReadOnlyList<FenceAttempt>> CatalogAsync(Guid tenant, CancellationToken cancellationToken)
    {
        var faults = new List<FenceAttempt>();
        await using var transaction = await reads.BeginAsync(tenant, cancellationToken);
        await using var command = transaction.Command(FenceInvariants.Sql(product, names));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var fault = new FenceFault(rows.GetString(1), rows.GetString(0), rows.GetBoolean(2));
            faults.Add(new FenceAttempt("roles, rights and objects", fault.Subject, fault.Breaks ? FenceVerdict.Broken : FenceVerdict.NotProven, fault.Words));
        }

        return faults.Count > 0 ? faults : [new FenceAttempt("roles, rights and objects", names.Schema, FenceVerdict.Held, "The catalog shows no right, membership or object that the fence must not have.")];
    }

    private async Task<IReadOnlyList<Guid>> BaitAsync(string view, Guid other, CancellationToken cancellationToken)
    {
        await using var transaction = await reads.BeginAsync(other, cancellationToken);
        await using var command = transaction.Command($"SELECT ARRAY(SELECT v.id FROM {names.Of(view)} AS v LIMIT {Baits})");
        return await command.ExecuteScalarAsync(cancellationToken) as Guid[] ?? [];
    }

    /// <summary>The longest word of one of the other tenant's rows, and what the other tenant finds with it.</summary>
    private async Task<(string Words, IReadOnlyList<Guid> Bait)> WordsAsync(string function, string view, string column, Guid other, CancellationToken cancellationToken)
    {
        await using var transaction = await reads.BeginAsync(other, cancellationToken);
        await using var longest = transaction.Command($"""
            SELECT w.word[1] FROM (SELECT left(v.{column}, 2000) AS text FROM {names.Of(view)} AS v LIMIT {Baits}) AS t, regexp_matches(t.text, '[[:alpha:]]+', 'g') AS w(word)
            ORDER BY length(w.word[1]) DESC LIMIT 1
            """);
        if (await longest.ExecuteScalarAsync(cancellationToken) is not string word)
        {
            return ("nothing", []);
        }

        await using var found = transaction.Command($"SELECT ARRAY(SELECT {names.Of(function)}({FenceNames.Literal(word)}, {FenceFunctions.Most}))");
        return (word, await found.ExecuteScalarAsync(cancellationToken) as Guid[] ?? []);
    }

    private static string Asked(FenceTrial trial) => trial.Bait is null ? "Asked for rows" : $"Asked for {trial.Bait.Count} of the other tenant's rows";

    private static FenceAttempt Outcome(FenceTrial trial, FenceVerdict verdict, string evidence) => new(trial.Name, trial.On, verdict, evidence);
}
