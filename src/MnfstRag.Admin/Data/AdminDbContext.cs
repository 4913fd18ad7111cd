using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Configurations;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data;

/// <summary>The own store. Pooled: it holds nothing of the person or request that uses it.</summary>
public sealed class AdminDbContext(DbContextOptions<AdminDbContext> options)
    : IdentityUserContext<AdminUser, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>Schema of accounts and Data Protection keys.</summary>
    public const string IdentitySchema = "identity";

    /// <summary>Schema of environments and of EF's migration history.</summary>
    public const string AdminSchema = "admin";

    /// <summary>Schema of the insert-only audit log.</summary>
    public const string AuditSchema = "audit";

    /// <summary>Schema of the scheduler's own tables, which it makes itself.</summary>
    public const string SchedulerSchema = "quartz";

    /// <summary>Table of EF's migration history, in <see cref="AdminSchema"/>.</summary>
    public const string MigrationsTable = "migrations";

    /// <inheritdoc />
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Invitations and resets.</summary>
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    /// <summary>Watched environments.</summary>
    public DbSet<EnvironmentRow> Environments => Set<EnvironmentRow>();

    /// <summary>Their credentials, encrypted.</summary>
    public DbSet<CredentialRow> Credentials => Set<CredentialRow>();

    /// <summary>Findings that a person put aside.</summary>
    public DbSet<DismissalRow> Dismissals => Set<DismissalRow>();

    /// <summary>Settings of environments, encrypted, every revision.</summary>
    public DbSet<SettingsRevisionRow> SettingsRevisions => Set<SettingsRevisionRow>();

    /// <summary>Hosts that may be asked.</summary>
    public DbSet<AllowedHostRow> AllowedHosts => Set<AllowedHostRow>();

    /// <summary>What people stand for.</summary>
    public DbSet<AttestationRow> Attestations => Set<AttestationRow>();

    /// <summary>How fences stood when they were last looked at.</summary>
    public DbSet<FenceStateRow> FenceStates => Set<FenceStateRow>();

    /// <summary>Self-tests of fences.</summary>
    public DbSet<FenceTestRow> FenceTests => Set<FenceTestRow>();

    /// <summary>Where users of the product may sign in.</summary>
    public DbSet<ProductSignInRow> ProductSignIns => Set<ProductSignInRow>();

    /// <summary>Alerts, those that ended included.</summary>
    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    /// <summary>Thresholds that environments have for themselves.</summary>
    public DbSet<AlertRuleRow> AlertRules => Set<AlertRuleRow>();

    /// <summary>Times in which nobody is told.</summary>
    public DbSet<AlertMuteRow> AlertMutes => Set<AlertMuteRow>();

    /// <summary>Where alerts are sent.</summary>
    public DbSet<AlertChannelRow> AlertChannels => Set<AlertChannelRow>();

    /// <summary>What was, is to be, or could not be sent.</summary>
    public DbSet<AlertDeliveryRow> AlertDeliveries => Set<AlertDeliveryRow>();

    /// <summary>Maintenance runs.</summary>
    public DbSet<MaintenanceRunRow> MaintenanceRuns => Set<MaintenanceRunRow>();

    /// <summary>Their journals.</summary>
    public DbSet<MaintenanceJournalRow> MaintenanceJournal => Set<MaintenanceJournalRow>();

    /// <summary>Maintenance at set times.</summary>
    public DbSet<MaintenanceScheduleRow> MaintenanceSchedules => Set<MaintenanceScheduleRow>();

    /// <summary>When maintenance is welcome.</summary>
    public DbSet<MaintenanceWindowRow> MaintenanceWindows => Set<MaintenanceWindowRow>();

    /// <summary>What governs maintenance of an environment.</summary>
    public DbSet<MaintenanceRuleRow> MaintenanceRules => Set<MaintenanceRuleRow>();

    /// <summary>Changes of many documents' status.</summary>
    public DbSet<StatusRunRow> StatusRuns => Set<StatusRunRow>();

    /// <summary>The audit log. Read only here: rows are appended through <c>IAuditLog</c>.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AdminDbContext).Assembly);
        SnakeCase.Apply(builder.Model);
    }
}
