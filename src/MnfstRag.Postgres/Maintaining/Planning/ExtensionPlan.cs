using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Plans CREATE EXTENSION and ALTER EXTENSION UPDATE of those that are on the list.</summary>
internal static class ExtensionPlan
{
    public static async Task AddAsync(PlanDraft draft, PlanFacts facts, CreateExtension operation, CancellationToken cancellationToken)
    {
        if (await ReadAsync(draft, facts, operation.Name, cancellationToken) is not { } extension)
        {
            return;
        }

        if (extension.Installed is { } installed)
        {
            draft.No("exists", $"{operation.Name} {installed} is there already.");
            return;
        }

        if (extension.Home is not { } home)
        {
            draft.No("schema", "There is no schema extensions or public in this database where it could go.");
            return;
        }

        if (!facts.Ground.IsSuperuser && !(extension.IsTrusted && facts.Ground.MayCreateInDatabase))
        {
            draft.No(
                "privilege",
                extension.IsTrusted ? $"{facts.Ground.Role} may not create anything in database {SqlName.Of(facts.Ground.Database)}." : $"Only a superuser may create {operation.Name}; on a managed service its console does it.",
                extension.IsTrusted ? $"GRANT CREATE ON DATABASE {SqlName.Of(facts.Ground.Database)} TO {SqlName.Of(facts.Ground.Role)};" : null);
        }

        if (operation.Name == StatementsExtension.Name)
        {
            draft.Note("preload", "It shows something only while it is in shared_preload_libraries too, which takes a restart.");
        }

        draft.Add(new MaintenanceStep
        {
            Number = 0,
            Purpose = $"Create extension {operation.Name} {extension.Offered}",
            Sql = $"CREATE EXTENSION {SqlName.Of(operation.Name)} WITH SCHEMA {SqlName.Of(home)}",
            Kind = StepKind.CreateExtension,
            Subject = operation.Name,
            Wanted = extension.Offered,
        });
    }

    public static async Task AddAsync(PlanDraft draft, PlanFacts facts, UpdateExtension operation, CancellationToken cancellationToken)
    {
        if (await ReadAsync(draft, facts, operation.Name, cancellationToken) is not { } extension)
        {
            return;
        }

        if (extension.Installed is null)
        {
            draft.No("missing", $"{operation.Name} is not in this database.", repair: new CreateExtension(operation.Name));
            return;
        }

        if (extension.Installed == extension.Offered)
        {
            draft.No("newest", $"{operation.Name} is at {extension.Installed}, the newest that this server has.");
            return;
        }

        if (!facts.Ground.IsSuperuser && !(extension.IsTrusted && extension.Owns))
        {
            draft.No("privilege", $"Only {(extension.IsTrusted ? $"its owner {extension.Owner}" : "a superuser")} may update {operation.Name}.");
        }

        draft.Add(new MaintenanceStep
        {
            Number = 0,
            Purpose = $"Update {operation.Name} from {extension.Installed} to {extension.Offered}",
            Sql = $"ALTER EXTENSION {SqlName.Of(operation.Name)} UPDATE TO '{extension.Offered!.Replace("'", "''", StringComparison.Ordinal)}'",
            Kind = StepKind.UpdateExtension,
            Subject = operation.Name,
            Wanted = extension.Offered,
            Blocks = "Whoever uses what the extension brings waits for a moment.",
        });
    }

    private static async Task<ExtensionFacts?> ReadAsync(PlanDraft draft, PlanFacts facts, string name, CancellationToken cancellationToken)
    {
        if (!AllowedExtensions.Contains(name))
        {
            draft.No("not-listed", $"Extensions that can be created and updated from here: {string.Join(", ", AllowedExtensions.Purposes.Keys.Order(StringComparer.Ordinal))}.");
            return null;
        }

        var extension = await ExtensionFacts.ReadAsync(facts, name, cancellationToken);
        if (extension.Offered is null)
        {
            draft.No("not-offered", $"The server has no files of {name}: install its package on the server's machine first (contrib, or one of its own).");
            return null;
        }

        return extension;
    }
}
