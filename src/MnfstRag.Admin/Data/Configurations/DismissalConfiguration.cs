using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class DismissalConfiguration : IEntityTypeConfiguration<DismissalRow>
{
    public void Configure(EntityTypeBuilder<DismissalRow> builder)
    {
        builder.ToTable("dismissals", AdminDbContext.AdminSchema);
        builder.HasKey(row => new { row.EnvironmentId, row.FindingKey });
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
