using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MnfstRag.Admin.Data;

/// <summary>For <c>dotnet ef</c>, which adds migrations without a server and without starting the host.</summary>
public sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<AdminDbContext>
{
    /// <inheritdoc />
    public AdminDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AdminDbContext>();
        StoreModel.Use(options, "Host=localhost");
        return new AdminDbContext(options.Options);
    }
}
