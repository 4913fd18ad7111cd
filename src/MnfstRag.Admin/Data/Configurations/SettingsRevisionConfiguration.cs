using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class SettingsRevisionConfiguration : IEntityTypeConfiguration<SettingsRevisionRow>
{
    public void Configure(EntityTypeBuilder<SettingsRevisionRow> builder)
    {
        builder.ToTable("settings_revisions", AdminDbContext.AdminSchema);
        builder.HasKey(row => new { row.EnvironmentId, row.Number });
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
