using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What is asked of a person before maintenance, and the record of what was refused. Singleton.</summary>
public sealed class MaintenanceGate(PasswordAgain passwords, IAuditLog audit)
{
    /// <summary>Null when the password is right, else what is wrong.</summary>
    internal Task<string?> PasswordAsync(Caller caller, string password) => passwords.CheckAsync(caller, password);

    /// <summary>Writes down that a run was refused, and why.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written; it is refused all the same.</exception>
    internal Task RecordRefusalAsync(MaintenanceRunRow run, Caller caller, string environment, string fault, CancellationToken cancellationToken)
    {
        (run.State, run.Words) = (MaintenanceRunState.Refused, fault);
        return RecordAsync(MaintenanceAudit.Asked(run, caller, environment), cancellationToken);
    }

    /// <summary>Writes down that something was refused.</summary>
    internal Task RecordAsync(AuditEvent entry, CancellationToken cancellationToken) => audit.WriteAsync(entry, cancellationToken);
}
