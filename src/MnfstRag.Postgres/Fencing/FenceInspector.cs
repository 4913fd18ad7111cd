using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Looks how the fence of a database stands: from the catalog alone, read only, so that the watching credential can do it and no row of
/// the product is read. To be asked again after each migration of the product.
/// </summary>
public sealed class FenceInspector
{
    private readonly DatabaseUrl url;
    private readonly FenceNames names;
    private readonly TimeProvider time;
    private readonly FenceKind kind;

    /// <param name="url">Any credential's address.</param>
    /// <param name="names">What the fence's objects are called.</param>
    /// <param name="time">Clock.</param>
    public FenceInspector(DatabaseUrl url, FenceNames names, TimeProvider time)
        : this(url, names, time, FenceKind.Tenants)
    {
    }

    internal FenceInspector(DatabaseUrl url, FenceNames names, TimeProvider time, FenceKind kind) =>
        (this.url, this.names, this.time, this.kind) = (url, names, time, kind);

    internal static readonly ServerReaderOptions Options = new()
    {
        ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} fence",
        StatementTimeout = TimeSpan.FromSeconds(10),
        LockTimeout = TimeSpan.FromSeconds(1),
        Budget = TimeSpan.FromSeconds(20),
    };

    /// <summary>The state; a server that cannot be asked gives <see cref="FenceStanding.Unknown"/> with the reason.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<FenceState> InspectAsync(CancellationToken cancellationToken)
    {
        if (!url.IsMonitorable)
        {
            return State(FenceStanding.NoProduct, "The address is sqlite's: nothing there can be fenced.");
        }

        try
        {
            return await LookAsync(cancellationToken).WaitAsync(Options.Budget, time, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            return State(FenceStanding.Unknown, $"How the fence stands is not known. {ConnectionFault.From(exception, url).Words}");
        }
    }

    private async Task<FenceState> LookAsync(CancellationToken cancellationToken)
    {
        await using var source = WatchSettings.Source(url, Options, pooled: true);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using (var settings = new NpgsqlCommand(WatchSettings.TransactionSettings(Options), connection))
        {
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        var (product, missing) = await ProductSchemaReader.ReadAsync(connection, cancellationToken);
        if (product is null)
        {
            return State(FenceStanding.NoProduct, $"There is nothing to fence. {string.Join(" ", missing)}");
        }

        if (kind.Fault(product) is { } lacks)
        {
            return State(FenceStanding.NoProduct, lacks) with { Product = product };
        }

        var script = kind.Script(product, names);
        var (stamp, objects) = await StampAsync(connection, cancellationToken);
        var known = State(FenceStanding.Absent, kind.Absent) with { Product = product, Script = script };
        if (stamp is null)
        {
            return known;
        }

        var faults = await FaultsAsync(connection, product, cancellationToken);
        return Judge(known with { Faults = faults, BuiltAt = stamp.At, BuiltBy = stamp.By }, stamp, objects);
    }

    private FenceState Judge(FenceState known, FenceStamp stamp, string objects)
    {
        var since = string.Create(CultureInfo.InvariantCulture, $"built {stamp.At:yyyy-MM-dd HH:mm} UTC by {stamp.By}");
        var broken = known.Faults.Where(fault => fault.Breaks).ToList();
        var (standing, words) = (broken.Count, stamp) switch
        {
            (> 0, _) => (FenceStanding.Broken, $"{kind.Subject} ({since}) does not hold: {string.Join(" ", broken.Select(fault => fault.Words))} {kind.Consequence} Apply the script again; it says what stops it."),
            (_, var one) when one.Objects != objects => (FenceStanding.Altered, $"{kind.Subject} ({since}) is not as it was built: somebody altered it, or the server was upgraded. {kind.Consequence} Apply the script again."),
            (_, var one) when one.Version < kind.Version => (FenceStanding.Outdated, $"{kind.Subject} ({since}) holds; a newer version of its script is ready to be reviewed."),
            (_, var one) when one.Script != known.Script!.Print => (FenceStanding.ProductChanged, $"{kind.Subject} ({since}) was built for other tables, another search index or another reader than there are now. {kind.Consequence} Review and apply the script again."),
            _ => (FenceStanding.InForce, $"{kind.Subject} holds as it was {since}."),
        };
        return known with { Standing = standing, Words = words };
    }

    private async Task<(FenceStamp? Stamp, string Objects)> StampAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT /* mnfst-admin:fence */ pg_catalog.obj_description(n.oid, 'pg_namespace'), ({FenceDigest.Sql(names)}) FROM pg_catalog.pg_namespace n WHERE n.nspname = $1", connection)
        {
            Parameters = { new() { Value = names.Schema } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) && !rows.IsDBNull(0) ? (FenceStamp.Parse(rows.GetString(0)), rows.GetString(1)) : (null, "");
    }

    private async Task<IReadOnlyList<FenceFault>> FaultsAsync(NpgsqlConnection connection, ProductSchema product, CancellationToken cancellationToken)
    {
        var faults = new List<FenceFault>();
        await using var command = new NpgsqlCommand(OwnStatements.Mark(kind.Invariants(product, names), "fence"), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            faults.Add(new FenceFault(rows.GetString(1), rows.GetString(0), rows.GetBoolean(2)));
        }

        return faults;
    }

    private FenceState State(FenceStanding standing, string words) => new(standing, words, time.GetUtcNow());
}
