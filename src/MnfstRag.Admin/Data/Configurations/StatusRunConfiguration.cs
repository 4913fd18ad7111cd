using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class StatusRunConfiguration : IEntityTypeConfiguration<StatusRunRow>
{
    public void Configure(EntityTypeBuilder<StatusRunRow> builder)
    {
        builder.ToTable("status_runs", AdminDbContext.AdminSchema);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(row => new { row.EnvironmentId, row.TenantId, row.StartedAt });

        // One at a time for a tenant, whichever instance it is begun on.
        builder.HasIndex(row => new { row.EnvironmentId, row.TenantId }).IsUnique().HasFilter("state = 'Running'");
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
