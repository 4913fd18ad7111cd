using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Validating;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Makes plans: finds the targets again by oid, writes the SQL, and looks at what speaks for and against running it now. It changes nothing: every
/// question is asked read-only, with time limits. Faults are reasons of the plan; only the caller's cancellation is thrown.
/// </summary>
/// <param name="url">The maintain credential's address: plans are made with the rights that a run will have.</param>
/// <param name="time">The clock.</param>
public sealed class MaintenancePlanner(DatabaseUrl url, TimeProvider time)
{
    internal static readonly ServerReaderOptions Options = new()
    {
        ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} plan",
        StatementTimeout = TimeSpan.FromSeconds(10),
        Budget = TimeSpan.FromSeconds(20),
        LockTimeout = TimeSpan.FromSeconds(1),
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>Plans an operation, or all of a batch at once.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<MaintenancePlan> PlanAsync(MaintenanceOperation operation, PlanOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        if (!url.IsMonitorable)
        {
            return Refused(operation, "address", "The address is sqlite's: there is no server behind it.");
        }

        if (url.Supabase == SupabaseForm.TransactionPooler)
        {
            return Refused(operation, "pooler", PoolerWords);
        }

        try
        {
            await using var source = WatchSettings.Source(url, Options, pooled: true);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return await PoolerAsync(source, connection, cancellationToken) is { } refusal
                ? Refused(operation, "pooler", refusal)
                : await PlanAsync(connection, operation, options, cancellationToken);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Refused(operation, "server", ConnectionFault.From(fault, url).Words);
        }
    }

    internal const string PoolerWords = "The maintain credential leads to a pooler in transaction mode: settings, locks and the command itself would each go to another session. Give it the server's direct address, or a pooler in session mode.";

    /// <summary>Why a way to the server cannot be used; null when it can.</summary>
    internal static async Task<string?> PoolerAsync(NpgsqlDataSource source, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT /* mnfst-admin:maintenance */ pg_backend_pid()", connection);
        var pid = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        return await PoolerProbe.AskAsync(source, connection, pid, TimeSpan.FromSeconds(2), cancellationToken) switch
        {
            PoolerFound.Transaction => PoolerWords,
            PoolerFound.Unknown => "The maintain credential leads to a pooler that gave no second session, so its mode cannot be told. Give it the server's direct address.",
            _ => null,
        };
    }

    private static async Task<MaintenancePlan> PlanAsync(NpgsqlConnection connection, MaintenanceOperation operation, PlanOptions options, CancellationToken cancellationToken)
    {
        var ground = await GroundReader.ReadAsync(connection, Options, cancellationToken);
        var operations = operation is MaintenanceBatch batch ? batch.Operations.IsDefault ? [] : batch.Operations : [operation];
        var targets = await TargetResolver.ResolveAsync(connection, Options, operations.Select(one => one.Target).OfType<MaintenanceTarget>(), cancellationToken);
        var tables = targets.Values.Where(target => target.Fault is null && target.Table != 0).Select(target => target.Table).ToHashSet();
        var facts = new PlanFacts(connection, Options, ground, targets, await RelationReader.ReadAsync(connection, Options, ground.Major, tables, cancellationToken));
        var draft = new PlanDraft();
        if (operation is MaintenanceBatch asked)
        {
            BatchPlan.Check(draft, asked);
        }

        foreach (var (part, one) in operations.Index())
        {
            var mark = draft.Begin(part);
            Standby(draft, ground, one);
            await OperationPlan.AddAsync(draft, facts, one, cancellationToken);
            if (operation is MaintenanceBatch)
            {
                draft.LeaveOutIfRefused(mark);
            }
        }

        if (operation is MaintenanceBatch && draft.Steps.Count == 0 && operations.Length > 0)
        {
            draft.No("batch", "Nothing of the batch can be run; each operation's reason stands below.");
        }

        var relations = draft.Locks.Select(one => one.Relation).ToHashSet();
        var locks = relations.Count == 0 ? [] : await MeetingReader.LocksAsync(connection, Options, [.. relations], cancellationToken);
        var open = draft.WaitsForTransactions || draft.RemovesDeadRows ? await MeetingReader.OpenAsync(connection, Options, cancellationToken) : [];
        var sessions = MeetingPlan.Judge(draft, locks, open, options);
        var disk = await DiskAsync(draft, facts, options, cancellationToken);
        Replicas(draft, ground, options);
        var hindered = draft.Reasons.Any(reason => reason.Verdict == MaintenanceVerdict.No);
        return new MaintenancePlan
        {
            Operation = operation,
            PlannedAt = ground.At,
            Server = ground.Server,
            Steps = [.. draft.Steps],
            Reasons = [.. draft.Reasons.DistinctBy(reason => (reason.Key, reason.Words)).OrderByDescending(reason => reason.Verdict)],
            Sessions = [.. sessions],
            Size = draft.Size,
            Disk = disk,
            Duration = DurationEstimate.Of(operation.Kind, (draft.Size?.TableBytes ?? 0) + (draft.Size?.IndexBytes ?? 0), options.History),
            IsDisruptive = operation.IsDisruptive || draft.Steps.Any(step => step.LockMode == PlanDraft.AccessExclusive && step.Kind != StepKind.AttachIndex),
            Script = draft.Script(operation, ground, options.LockTimeout, hindered),
        };
    }

    private static void Standby(PlanDraft draft, Ground ground, MaintenanceOperation operation)
    {
        if (!ground.InRecovery)
        {
            return;
        }

        if (operation is ResetStatistics or ReloadConfiguration or ChangeSetting { For: null })
        {
            draft.Care("standby", "This server is a standby: the change concerns it alone, not its primary.");
        }
        else
        {
            draft.No("standby", "This server is a standby (pg_is_in_recovery): it takes changes from its primary alone (25006). Run it on the primary.");
        }
    }

    private static void Replicas(PlanDraft draft, Ground ground, PlanOptions options)
    {
        if (ground.Standbys == 0 || !draft.Steps.Any(step => step.Kind is StepKind.CreateIndex or StepKind.ReindexIndex or StepKind.ReindexTable or StepKind.VacuumFull))
        {
            return;
        }

        if (ground.LagBytes >= options.LagBytes)
        {
            draft.Care("lag", $"A standby is {PlanDraft.Bytes(ground.LagBytes.Value)} of log behind already, and the whole index goes through the log: it falls further behind.");
        }
        else
        {
            draft.Note("standbys", $"{Plain.Count(ground.Standbys, "standby", "standbys")} will replay what is written{(ground.LagBytes is null ? "; how far behind they are is hidden from this role" : "")}.");
        }
    }

    private static async Task<PlanDisk> DiskAsync(PlanDraft draft, PlanFacts facts, PlanOptions options, CancellationToken cancellationToken)
    {
        if (draft.NeededBytes is 0)
        {
            return new PlanDisk(0, options.FreeDiskBytes, draft.DiskWords);
        }

        var seen = options.FreeDiskBytes is not null
            ? null
            : await ServerDisk.FreeAsync(facts.Connection, facts.Options, facts.Ground.SystemIdentifier, [.. facts.Relations.Tables.Select(table => table.Oid)], options.DataDirectory, cancellationToken);
        if ((options.FreeDiskBytes ?? seen?.Free) is not { } free)
        {
            return new PlanDisk(draft.NeededBytes, null, $"{draft.DiskWords} What is free on the server's disk is unknown: SQL has no function that tells it, and its data directory cannot be seen from the dashboard's machine.");
        }

        var where = seen is { } place ? $" {place.Where}" : "";
        if (draft.NeededBytes > free)
        {
            draft.No("disk", $"{draft.DiskWords} Only {PlanDraft.Bytes(free)} are free{where}.");
        }
        else if (draft.NeededBytes > free / 2)
        {
            draft.Care("disk", $"{draft.DiskWords} {PlanDraft.Bytes(free)} are free{where}: more than half of it would be taken.");
        }

        return new PlanDisk(draft.NeededBytes, free, $"{draft.DiskWords} {PlanDraft.Bytes(free)} are free{where}.");
    }

    private MaintenancePlan Refused(MaintenanceOperation operation, string key, string words) => new()
    {
        Operation = operation,
        PlannedAt = time.GetUtcNow(),
        Reasons = [new PlanReason(MaintenanceVerdict.No, key, words)],
        IsDisruptive = operation.IsDisruptive,
        Script = "",
    };
}
