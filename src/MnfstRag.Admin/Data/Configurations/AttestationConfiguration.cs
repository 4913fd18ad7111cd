using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class AttestationConfiguration : IEntityTypeConfiguration<AttestationRow>
{
    public void Configure(EntityTypeBuilder<AttestationRow> builder)
    {
        builder.ToTable("attestations", AdminDbContext.AdminSchema);
        builder.HasKey(row => new { row.EnvironmentId, row.Item });
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
