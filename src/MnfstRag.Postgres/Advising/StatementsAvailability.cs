using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Whether statements can be watched on a server, and what would make it so.</summary>
public static class StatementsAvailability
{
    private const string Panel = Panels.Statements;
    private const string Extension = StatementsExtension.Name;
    private const string Preload = "shared_preload_libraries";

    /// <summary>The first thing in the way; available when nothing is.</summary>
    /// <param name="server">What the server is; null before the first reading.</param>
    /// <param name="reading">The newest reading; null when there is none.</param>
    /// <param name="fault">Why the reader failed last; null when it did not.</param>
    /// <param name="settings">The server's settings, as far as the role sees them; null before the first reading.</param>
    public static Availability Of(Capabilities? server, StatementsReading? reading, string? fault, SettingsReading? settings)
    {
        if (server is null)
        {
            return new Availability(Panel, AvailabilityState.Unavailable, "The server has not been read yet.");
        }

        if (!server.Extensions.TryGetValue(Extension, out var version))
        {
            return new Availability(
                Panel,
                AvailabilityState.Unavailable,
                $"The extension pg_stat_statements is not created in the database {server.Database}. It may be in another one: it counts for all databases, and is read where it is created.",
                "Create it as a superuser. If the server then says that it must be loaded, add it to shared_preload_libraries and restart.",
                $"CREATE EXTENSION {Extension};");
        }

        if (fault == ReaderFaultWords.NotLoaded)
        {
            return NotLoaded(settings);
        }

        if (reading is null)
        {
            return new Availability(Panel, AvailabilityState.Unavailable, fault is null ? "The first reading of statements is on its way." : $"Statements cannot be read: {fault}");
        }

        if (reading.Hidden > 0)
        {
            return new Availability(
                Panel,
                AvailabilityState.Degraded,
                $"{Plain.Count(reading.Hidden, "statement")} of other roles cannot be told apart: {server.Role} may not read their texts.",
                "Give the watching role the right to.",
                $"GRANT pg_read_all_stats TO {Plain.Quoted(server.Role)};");
        }

        return StatementsExtension.Of(server) is { } extension && extension.Minor < ShippedWith(server.Major)
            ? new Availability(
                Panel,
                AvailabilityState.Degraded,
                string.Create(CultureInfo.InvariantCulture, $"The extension is at version {version}, and the server brings 1.{ShippedWith(server.Major)}: what later versions count is not told{(extension.Minor < 8 ? ", WAL and whether it threw entries out among it" : "")}."),
                "Bring it to the server's version.",
                $"ALTER EXTENSION {Extension} UPDATE;")
            : new Availability(Panel, AvailabilityState.Available, "");
    }

    /// <summary>Created, and refused by the server (55000): never in the list, or in it and not restarted since.</summary>
    private static Availability NotLoaded(SettingsReading? settings)
    {
        var running = settings?[Preload];
        if (running?.PendingRestart == true || settings?.PreloadInFile?.Contains(Extension, StringComparison.Ordinal) == true)
        {
            return new Availability(
                Panel,
                AvailabilityState.Unavailable,
                $"{Preload} was edited, and the server has not been restarted since: pg_stat_statements is not loaded.",
                "Restart the server at a quiet moment.",
                NeedsRestart: true);
        }

        return running is null
            ? new Availability(
                Panel,
                AvailabilityState.Unavailable,
                "pg_stat_statements is created, and the server did not load it at its start.",
                $"Add pg_stat_statements to {Preload}, behind what stands there (SHOW {Preload} tells a superuser), and restart. If it stands there already, the restart alone is missing.",
                NeedsRestart: true)
            : new Availability(
                Panel,
                AvailabilityState.Unavailable,
                $"pg_stat_statements is created, and {Preload} does not name it: the server did not load it at its start.",
                "As a superuser; on a managed service in its settings. If a file was edited already, the restart alone is missing.",
                AddToPreload(running),
                NeedsRestart: true);
    }

    /// <summary>Adds it behind what is loaded now; each name quoted by itself, as the list wants it.</summary>
    internal static string AddToPreload(ServerSetting running) =>
        $"ALTER SYSTEM SET {Preload} = {string.Join(", ", running.Members.Append(Extension).Select(member => $"'{member.Replace("'", "''", StringComparison.Ordinal)}'"))};";

    /// <summary>Minor version of the extension that a server brings; one that is not known yet counts as the newest.</summary>
    private static int ShippedWith(int major) => major switch
    {
        <= 14 => 9,
        15 or 16 => 10,
        17 => 11,
        _ => 12,
    };
}
