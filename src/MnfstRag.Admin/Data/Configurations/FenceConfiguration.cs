using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class FenceConfiguration : IEntityTypeConfiguration<FenceStateRow>, IEntityTypeConfiguration<FenceTestRow>, IEntityTypeConfiguration<ProductSignInRow>
{
    public void Configure(EntityTypeBuilder<FenceStateRow> builder)
    {
        builder.ToTable("fence_states", AdminDbContext.AdminSchema);
        builder.HasKey(row => row.EnvironmentId);
        builder.Property(row => row.Standing).HasMaxLength(20);
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<FenceTestRow> builder)
    {
        builder.ToTable("fence_tests", AdminDbContext.AdminSchema);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Verdict).HasMaxLength(20);
        builder.Property(row => row.Attempts).HasColumnType("jsonb");
        builder.HasIndex(row => new { row.EnvironmentId, row.At });
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ProductSignInRow> builder)
    {
        builder.ToTable("product_sign_ins", AdminDbContext.AdminSchema);
        builder.HasKey(row => row.EnvironmentId);
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
