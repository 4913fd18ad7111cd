using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Free room on a server's disks. SQL has no function for it, so it is known only where the disk is seen from this machine: the server's own data directory,
/// when that lies here (its pg_control has the server's system identifier), or a directory that an administrator has named.
/// </summary>
internal static class ServerDisk
{
    private const string Statement = """
        SELECT /* mnfst-admin:maintenance */
            (SELECT s.setting FROM pg_catalog.pg_settings AS s WHERE s.name = 'data_directory'),
            ARRAY(
                SELECT pg_tablespace_location(t.oid)
                FROM pg_catalog.pg_tablespace AS t
                WHERE t.oid = (SELECT d.dattablespace FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
                   OR t.oid IN (
                       SELECT c.reltablespace FROM pg_catalog.pg_class AS c
                       WHERE c.oid = ANY ($1) OR c.oid IN (SELECT i.indexrelid FROM pg_catalog.pg_index AS i WHERE i.indrelid = ANY ($1))))
        """;

    /// <summary>Free bytes where it is scarcest, and where that is, for a person; null when it cannot be seen from here.</summary>
    public static async Task<(long Free, string Where)?> FreeAsync(
        NpgsqlConnection connection, ServerReaderOptions options, string? systemIdentifier, uint[] tables, string? stated, CancellationToken cancellationToken)
    {
        if (stated is not null)
        {
            return Free(stated) is { } free ? (free, $"on the disk of {stated}, which the settings name as the server's") : null;
        }

        await using var query = new BoundedQuery(connection, options, Statement, new NpgsqlParameter { Value = tables, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken) || rows.IsDBNull(0) || !IsHere(rows.GetString(0), systemIdentifier))
        {
            return null;
        }

        // Sorting and the write-ahead log take from the data directory's disk, wherever the tables lie.
        var data = rows.GetString(0);
        var places = rows.GetFieldValue<string[]>(1).Where(place => place.Length > 0).Append(data).Distinct(StringComparer.Ordinal).Select(place => (Place: place, Free: Free(place))).ToList();
        return places.Exists(place => place.Free is null) ? null : places.MinBy(place => place.Free) is var least ? (least.Free!.Value, $"on the disk of {least.Place}, which is on this machine") : null;
    }

    /// <summary>A directory of that name may be here and belong to another server: in a container, or behind a tunnel.</summary>
    private static bool IsHere(string directory, string? systemIdentifier)
    {
        if (systemIdentifier is null)
        {
            return false;
        }

        try
        {
            using var control = File.OpenRead(Path.Combine(directory, "global", "pg_control"));
            Span<byte> first = stackalloc byte[sizeof(ulong)];
            control.ReadExactly(first);
            return BitConverter.ToUInt64(first).ToString(System.Globalization.CultureInfo.InvariantCulture) == systemIdentifier;
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static long? Free(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(directory)! : directory).AvailableFreeSpace : null;
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
