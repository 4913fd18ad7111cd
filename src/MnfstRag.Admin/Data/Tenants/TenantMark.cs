using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>Marks what EF asks of a watched database as the dashboard's, so that the page of queries tells it from the product's.</summary>
internal sealed class TenantMark : DbCommandInterceptor
{
    /// <inheritdoc />
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        result.CommandText = OwnStatements.Mark(result.CommandText, "tenants");
        return result;
    }
}
