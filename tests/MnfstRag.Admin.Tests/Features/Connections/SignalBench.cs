using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Connections;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Features.Connections;

/// <summary>The signal service against a real server, with a caller and an audit log that the test decides on.</summary>
internal sealed class SignalBench : IAccess, IEnvironmentStore, IAuditLog
{
    public const string Environment = "production";
    private readonly Guid _environmentId = Guid.NewGuid();
    private readonly Caller _caller;

    public SignalBench(string? maintain, string role = Roles.Administrator)
    {
        Maintain = maintain;
        _caller = new Caller(Guid.NewGuid(), "ada", [role], Roles.PermissionsOf([role]));
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        var watch = new WatchService(this, watches, TimeProvider.System);
        var shown = new ShownHost(watches, new Replicas(new ConfigurationBuilder().Build()));
        Service = new SignalService(this, this, new SessionNames(watch), shown, this, Underway, TimeProvider.System, NullLogger<SignalService>.Instance);
        Raw = new RawQueryService(this, this, new SessionNames(watch), shown, this, TimeProvider.System, NullLogger<RawQueryService>.Instance);
    }

    public string? Maintain { get; }

    public string? Watch { get; init; }

    public SignalsUnderway Underway { get; } = new(TimeProvider.System);

    public SignalService Service { get; }

    public RawQueryService Raw { get; }

    /// <summary>Rows, in their order.</summary>
    public List<AuditEvent> Rows { get; } = [];

    /// <summary>Phases that the audit log cannot write.</summary>
    public AuditPhase? Broken { get; set; }

    public static async Task<SessionKey> KeyAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()", connection);
        return new SessionKey(connection.ProcessID, new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!));
    }

    public static async Task<bool> LivesAsync(PostgresServer server, int pid)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", connection) { Parameters = { new() { Value = pid } } };
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }

    public Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default) =>
        _caller.Permissions.Contains(permission) ? Task.FromResult(_caller) : throw new PermissionDeniedException(permission);

    public Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default) => Task.FromResult(_caller.Permissions.Contains(permission));

    public Task<IReadOnlyList<WatchedEnvironment>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<WatchedEnvironment>>([new WatchedEnvironment(_environmentId, Environment, new HashSet<CredentialKind>())]);

    public Task<string?> CredentialAsync(Guid environmentId, CredentialKind kind, CancellationToken cancellationToken = default) =>
        Task.FromResult(environmentId != _environmentId ? null : kind switch { CredentialKind.Maintain => Maintain, CredentialKind.Watch => Watch, _ => null });

    public Task<Guid> WriteAsync(AuditEvent entry, CancellationToken cancellationToken = default)
    {
        if (Broken == entry.Phase)
        {
            throw new InvalidOperationException("disk full");
        }

        lock (Rows)
        {
            Rows.Add(entry);
        }

        return Task.FromResult(entry.Correlation ?? Guid.NewGuid());
    }
}
