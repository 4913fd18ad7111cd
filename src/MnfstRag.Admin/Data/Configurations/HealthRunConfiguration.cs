using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class HealthRunConfiguration : IEntityTypeConfiguration<HealthRunRow>
{
    public void Configure(EntityTypeBuilder<HealthRunRow> builder)
    {
        builder.ToTable("health_runs", AdminDbContext.AdminSchema);
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Checks).HasColumnType("jsonb");
        builder.HasIndex(row => new { row.EnvironmentId, row.At }).IsDescending(false, true);
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
