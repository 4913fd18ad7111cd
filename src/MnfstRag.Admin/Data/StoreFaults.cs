using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace MnfstRag.Admin.Data;

/// <summary>Tells faults of the store from bugs.</summary>
internal static class StoreFaults
{
    /// <summary>The store was away or refused: EF wraps what Npgsql threw once or twice.</summary>
    public static bool IsOne(Exception fault) =>
        fault is StoreUnavailableException or DbException or TimeoutException or SocketException
        || (fault is DbUpdateException or InvalidOperationException && fault.InnerException is { } inner && IsOne(inner));
}
