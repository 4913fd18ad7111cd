using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Plans ALTER SYSTEM, ALTER ROLE and ALTER DATABASE for the settings of <see cref="ChangeableSettings"/>, and reloads.</summary>
internal static class SettingPlan
{
    public static async Task AddAsync(PlanDraft draft, PlanFacts facts, ChangeSetting operation, CancellationToken cancellationToken)
    {
        if (!ChangeableSettings.Names.Contains(operation.Name, StringComparer.Ordinal))
        {
            draft.No("not-listed", $"Settings that can be changed from here are those of the product's guide: {string.Join(", ", ChangeableSettings.Names)}.");
            return;
        }

        if (operation.For is { } owner && owner.Kind is not (MaintenanceTargetKind.Role or MaintenanceTargetKind.Database))
        {
            draft.No("definition", "A setting is for the server, a role or a database.");
            return;
        }

        if (operation.For is not null && !ChangeableSettings.Scoped.Contains(operation.Name, StringComparer.Ordinal))
        {
            draft.No("scope", $"{operation.Name} is the whole server's: no role or database can have its own.");
            return;
        }

        if (await SettingFacts.ReadAsync(facts, operation, cancellationToken) is not { } setting)
        {
            draft.No("unknown", $"This server has no setting {operation.Name}.");
            return;
        }

        if (Value(draft, operation, setting) is not { } text)
        {
            return;
        }

        Privileges(draft, facts, operation, setting);
        if (operation.For is { } scope)
        {
            var what = scope.Kind == MaintenanceTargetKind.Role ? "ROLE" : "DATABASE";
            draft.Add(new MaintenanceStep
            {
                Number = 0,
                Purpose = operation.Title,
                Sql = operation.Value is null ? $"ALTER {what} {scope.Sql} RESET {operation.Name}" : $"ALTER {what} {scope.Sql} SET {operation.Name} = {text}",
                Kind = StepKind.ScopedSetting,
                Objects = [scope],
                Subject = operation.Name,
                Wanted = operation.Value,
            });
            draft.Note("new-sessions", "New sessions have it; those that are open keep what they have.");
            return;
        }

        if (setting.Context == "postmaster")
        {
            draft.Care("restart", $"{operation.Name} changes only when the server is restarted; until then the change waits, and the next unplanned restart brings it into force.");
        }

        if (operation.Name == "max_connections" && facts.Ground.Standbys > 0)
        {
            draft.Care("standby", "A standby must have at least as many max_connections as its primary: raise it there first, or replay stops.");
        }

        draft.Add(new MaintenanceStep
        {
            Number = 0,
            Purpose = operation.Title,
            Sql = operation.Value is null ? $"ALTER SYSTEM RESET {operation.Name}" : $"ALTER SYSTEM SET {operation.Name} = {text}",
            Kind = StepKind.SystemSetting,
            Subject = operation.Name,
            Wanted = operation.Name == ChangeableSettings.Preload ? text.Replace("'", "", StringComparison.Ordinal) : operation.Value,
        });
        Reload(draft, facts, setting.MayReload);
    }

    public static async Task AddReloadAsync(PlanDraft draft, PlanFacts facts, CancellationToken cancellationToken)
    {
        var may = await SettingFacts.MayReloadAsync(facts, cancellationToken);
        Reload(draft, facts, may);
        draft.Care("all", "Every line of the configuration that was changed and needs no restart comes into force, whoever wrote it.");
        if (await SettingFacts.FileFaultsAsync(facts, cancellationToken) is { Count: > 0 } faults)
        {
            draft.Care("file", $"The server refuses {Plain.Count(faults.Count, "line")} of its configuration: {PlanDraft.Names(faults)}. It leaves {(faults.Count == 1 ? "it" : "them")} out.");
        }
    }

    private static void Reload(PlanDraft draft, PlanFacts facts, bool may)
    {
        if (!may)
        {
            draft.No("privilege", $"{facts.Ground.Role} may not reload the configuration (42501).", $"GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO {SqlName.Of(facts.Ground.Role)};");
        }

        draft.Add(new MaintenanceStep
        {
            Number = 0,
            Purpose = "Reload the configuration",
            Sql = "SELECT pg_catalog.pg_reload_conf()",
            Kind = StepKind.Reload,
            Blocks = "Stops nobody. Every session takes over changed settings when it is next idle.",
        });
    }

    /// <summary>The value as SQL; null when it cannot be had, which the draft then says. Empty for a reset.</summary>
    private static string? Value(PlanDraft draft, ChangeSetting operation, SettingFacts setting)
    {
        if (operation.Name == ChangeableSettings.Preload)
        {
            return Preload(draft, operation, setting);
        }

        if (operation.Value is not { } value)
        {
            return "";
        }

        if (SettingValue.Fault(operation.Name, value, setting.Type, setting.Unit, setting.Least, setting.Most) is { } fault)
        {
            draft.No("value", fault);
            return null;
        }

        return $"'{value}'";
    }

    /// <summary>The list gains pg_stat_statements behind what is loaded now, or stays as it is.</summary>
    private static string? Preload(PlanDraft draft, ChangeSetting operation, SettingFacts setting)
    {
        if (operation.Value != StatementsExtension.Name)
        {
            draft.No("value", $"{ChangeableSettings.Preload} can gain {StatementsExtension.Name} from here, and nothing else: libraries run code in the server.");
            return null;
        }

        if (setting.Value is null)
        {
            draft.No("hidden", $"The role does not see {ChangeableSettings.Preload}, and what is loaded now must not be lost.");
            return null;
        }

        var now = setting.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => one.Trim('"')).ToList();
        if (now.Contains(StatementsExtension.Name, StringComparer.Ordinal))
        {
            draft.No("exists", $"{StatementsExtension.Name} is loaded already.");
            return null;
        }

        if (setting.PendingRestart)
        {
            draft.No("pending", $"A change of {ChangeableSettings.Preload} waits for a restart already; what it says must not be overwritten.");
            return null;
        }

        if (!setting.StatementsOffered)
        {
            draft.No("not-offered", $"The server has no files of {StatementsExtension.Name}: with it in the list it would not start again.");
            return null;
        }

        return string.Join(", ", now.Append(StatementsExtension.Name).Select(member => $"'{member.Replace("'", "''", StringComparison.Ordinal)}'"));
    }

    private static void Privileges(PlanDraft draft, PlanFacts facts, ChangeSetting operation, SettingFacts setting)
    {
        if (operation.For is { Kind: MaintenanceTargetKind.Database })
        {
            if (!setting.OwnsScope)
            {
                draft.No("privilege", $"{facts.Ground.Role} may not alter database {operation.For}: only its owner may (42501).");
            }
        }
        else if (operation.For is not null)
        {
            if (!setting.OwnsScope)
            {
                draft.No("privilege", $"{facts.Ground.Role} may not alter role {operation.For} (42501): that takes CREATEROLE{(facts.Major >= 16 ? " and ADMIN on that role" : "")}.");
            }
        }
        else
        {
            if (!facts.Ground.AllowsAlterSystem)
            {
                draft.No("alter-system", "allow_alter_system is off: this server's configuration is kept elsewhere. Change it there.");
            }

            if (!setting.MayAlterSystem)
            {
                draft.No(
                    "privilege",
                    $"{facts.Ground.Role} may not change the server's settings (42501){(facts.Major >= 15 ? "" : ": below PostgreSQL 15 only a superuser may")}. On a managed service its console does it.",
                    facts.Major >= 15 ? $"GRANT ALTER SYSTEM ON PARAMETER {operation.Name} TO {SqlName.Of(facts.Ground.Role)};" : null);
            }
        }
    }
}
