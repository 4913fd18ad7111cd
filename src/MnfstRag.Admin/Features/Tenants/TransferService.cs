using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Export of documents and import of records of them. Scoped.</summary>
public sealed class TransferService
{
    private readonly ITenantAccess _tenants;
    private readonly TenantDatabases _databases;
    private readonly Downloads _downloads;
    private readonly IAuditLog _audit;
    private readonly TimeProvider _clock;

    internal TransferService(ITenantAccess tenants, TenantDatabases databases, Downloads downloads, IAuditLog audit, TimeProvider clock) =>
        (_tenants, _databases, _downloads, _audit, _clock) = (tenants, databases, downloads, audit, clock);

    /// <summary>The address from which the matching documents are fetched once, as CSV or JSON, page by page from the server.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not export.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="ContentReasonNeededException">A reason must be stated first.</exception>
    public async Task<string> ExportAsync(string? environment, Guid tenant, DocumentFilter filter, bool json, CancellationToken cancellationToken = default)
    {
        var scope = (await _tenants.RequireAsync(Permissions.TransferTenants, environment, tenant, cancellationToken)).WithContent();
        var entry = new AuditEvent("documents.export", AuditPhase.Event, scope.Caller, scope.Environment, $"documents of tenant {scope.OneTenant}", "offered", Details: Details(scope, ("as", json ? "JSON" : "CSV"), ("filter", string.Join(' ', filter.ToQuery().Where(one => one.Value is not null).Select(one => $"{one.Key}={one.Value}")))));
        await _audit.WriteAsync(entry, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"documents-{scope.OneTenant:N}-{_clock.GetUtcNow():yyyyMMdd-HHmm}.{(json ? "json" : "csv")}");
        var rows = new DocumentExport(_databases, scope.EnvironmentId, scope.OneTenant, filter);
        return _downloads.Offer(new Download(scope.Caller.UserId, name, json ? "application/json" : "text/csv; charset=utf-8", scope.Environment, scope.OneTenant, Permissions.TransferTenants, json ? rows.WriteJsonAsync : rows.WriteCsvAsync));
    }

    /// <summary>The address from which the whole text of one message is fetched once.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="ContentReasonNeededException">A reason must be stated first.</exception>
    public async Task<string> MessageAsync(string? environment, Guid tenant, Guid message, CancellationToken cancellationToken = default)
    {
        var scope = (await _tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        await _tenants.RecordAsync(scope, $"whole text of message {message}", cancellationToken);
        return _downloads.Offer(new Download(scope.Caller.UserId, $"message-{message:N}.txt", "text/plain; charset=utf-8", scope.Environment, scope.OneTenant, Permissions.ReadTenants, async (stream, token) =>
        {
            var text = await _databases.ReadAsync(scope.EnvironmentId, scope.OneTenant, (context, inner) => context.Messages.Where(one => one.Id == message).Select(one => one.Content).SingleOrDefaultAsync(inner), token);
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            await writer.WriteAsync(text.AsMemory(), token);
        }));
    }

    /// <summary>What is wrong with a file, row by row, its uploaders too. Nothing is written.</summary>
    /// <inheritdoc cref="ExportAsync" path="/exception"/>
    /// <exception cref="TenantUnavailableException">The server cannot be asked.</exception>
    public async Task<ImportCheck> CheckAsync(string? environment, Guid tenant, string fileName, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.TransferTenants, environment, tenant, cancellationToken);
        var read = ImportFile.Read(fileName, content, _clock.GetUtcNow());
        if (read.Records.Count == 0)
        {
            return read;
        }

        var faults = await _databases.WriteAsync(scope.EnvironmentId, scope.OneTenant, async (context, connection, token) =>
        {
            await ImportCopy.CopyAsync(context, connection, read.Records, token);
            return await ImportCopy.FaultsAsync(context, read.Records, token);
        }, cancellationToken);
        return read with { Faults = [.. read.Faults.Concat(faults).OrderBy(one => one.Line)] };
    }

    /// <summary>Makes the records: all of them, or (<paramref name="skipFaulty"/>) those without a fault. The file is checked again.</summary>
    /// <inheritdoc cref="ExportAsync" path="/exception"/>
    /// <exception cref="TenantUnavailableException">The server refused; nothing was written.</exception>
    public async Task<ImportReport> ImportAsync(string? environment, Guid tenant, string fileName, ReadOnlyMemory<byte> content, bool skipFaulty, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.TransferTenants, environment, tenant, cancellationToken);
        var read = ImportFile.Read(fileName, content, _clock.GetUtcNow());
        if (read.Records.Count == 0 || (read.Faults.Count > 0 && !skipFaulty))
        {
            return new ImportReport(0, read.Faults, "Nothing was imported: the file has faults.");
        }

        if (await _databases.WriteRefusalAsync(scope.EnvironmentId, cancellationToken) is { } refusal)
        {
            return new ImportReport(0, read.Faults, refusal);
        }

        var entry = new AuditEvent("documents.import", AuditPhase.Intent, scope.Caller, scope.Environment, string.Create(CultureInfo.InvariantCulture, $"{read.Records.Count} records for tenant {scope.OneTenant}"), Details: Details(scope, ("faulty rows", skipFaulty ? "skipped" : "none allowed")));
        var correlation = await _audit.WriteAsync(entry, cancellationToken);
        ImportReport report;
        try
        {
            report = await _databases.WriteAsync(scope.EnvironmentId, scope.OneTenant, (context, connection, token) => ImportCopy.RunAsync(context, connection, read, skipFaulty, token), CancellationToken.None);
        }
        catch (TenantUnavailableException fault)
        {
            report = new ImportReport(0, read.Faults, fault.Message);
        }

        await _audit.WriteAsync(entry with { Phase = AuditPhase.Outcome, Correlation = correlation, Details = null, Outcome = string.Create(CultureInfo.InvariantCulture, $"{(report.Fault is null ? "done" : "refused")}: {report.Made} records made") }, CancellationToken.None);
        return report;
    }

    private static Dictionary<string, string> Details(TenantScope scope, params (string Name, string Value)[] facts)
    {
        var all = facts.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        if (scope.Reason is { } reason)
        {
            all["reason"] = reason;
        }

        return all;
    }
}
