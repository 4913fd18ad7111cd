using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class MaintenanceConfiguration :
    IEntityTypeConfiguration<MaintenanceRunRow>,
    IEntityTypeConfiguration<MaintenanceJournalRow>,
    IEntityTypeConfiguration<MaintenanceScheduleRow>,
    IEntityTypeConfiguration<MaintenanceWindowRow>,
    IEntityTypeConfiguration<MaintenanceRuleRow>
{
    private const int LongestWord = 40;

    public void Configure(EntityTypeBuilder<MaintenanceRunRow> builder)
    {
        builder.ToTable("maintenance_runs", AdminDbContext.AdminSchema);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(LongestWord);
        builder.HasIndex(row => row.Key).IsUnique();
        builder.HasIndex(row => new { row.EnvironmentId, row.RequestedAt });
        builder.HasIndex(row => row.State);
        builder.HasIndex(row => row.Targets).HasMethod("gin");
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MaintenanceJournalRow> builder)
    {
        builder.ToTable("maintenance_journal", AdminDbContext.AdminSchema);
        builder.HasKey(row => new { row.RunId, row.Number });
        builder.HasOne<MaintenanceRunRow>().WithMany().HasForeignKey(row => row.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MaintenanceScheduleRow> builder)
    {
        builder.ToTable("maintenance_schedules", AdminDbContext.AdminSchema);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<MaintenanceWindowRow>().WithMany().HasForeignKey(row => row.WindowId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<MaintenanceWindowRow> builder)
    {
        builder.ToTable("maintenance_windows", AdminDbContext.AdminSchema);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.EnvironmentId, row.Name }).IsUnique();
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MaintenanceRuleRow> builder)
    {
        builder.ToTable("maintenance_rules", AdminDbContext.AdminSchema);
        builder.HasKey(row => row.EnvironmentId);
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
