using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Whether statements can be watched on a server, and what would make it so.</summary>
public static class StatementsAvailability
{
    private const string Panel = "statements";
    private const string Extension = "pg_stat_statements";

    /// <summary>The first thing in the way; available when nothing is.</summary>
    /// <param name="server">What the server is; null before the first reading.</param>
    /// <param name="reading">The newest reading; null when there is none.</param>
    /// <param name="fault">Why the reader failed last; null when it did not.</param>
    public static Availability Of(Capabilities? server, StatementsReading? reading, string? fault)
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
            return new Availability(
                Panel,
                AvailabilityState.Unavailable,
                "pg_stat_statements is created, and the server did not load it at its start.",
                "Add pg_stat_statements to shared_preload_libraries, behind what stands there (SHOW shared_preload_libraries tells a superuser), and restart. If it stands there already, the restart alone is missing.",
                NeedsRestart: true);
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

        return StatementsExtension.Of(server) is { Minor: < 8 }
            ? new Availability(
                Panel,
                AvailabilityState.Degraded,
                $"The extension is at version {version}, older than the server: WAL, and whether it threw entries out, are not told.",
                "Bring it to the server's version.",
                $"ALTER EXTENSION {Extension} UPDATE;")
            : new Availability(Panel, AvailabilityState.Available, "");
    }
}
