using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Do settings wait for a restart? (<c>pg_settings.pending_restart</c>, 14–18; true only after a reload.)</summary>
internal sealed class PendingRestartCheck : QueryCheck<IReadOnlyList<string>>
{
    public override string Name => "pending-restart";

    public override string Title => "No setting waits for a restart";

    public override string Sql(Capabilities server) => "SELECT name FROM pg_catalog.pg_settings WHERE pending_restart ORDER BY name";

    public override async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    public override CheckOutcome Judge(IReadOnlyList<string> facts, Capabilities server)
    {
        if (facts.Count > 0)
        {
            return CheckOutcome.Warning(
                $"Changed but not in force: {PlainWords.Some(facts, 8)}.",
                "Restart the server at a quiet moment, or take the change back: the next unplanned restart would bring it into force.");
        }

        return server.IsSuperuser || server.ReadsAllSettings
            ? CheckOutcome.Ok("Every setting is in force.")
            : CheckOutcome.Skipped($"No visible setting waits for a restart, but those kept for superusers (shared_preload_libraries among them) are hidden from {server.Role}.", Grants.Monitor(server));
    }
}
