using System.Globalization;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>
/// Ids for rows that the workload adds, used again in turn: each new row takes the place of an old one, also of one that an earlier run left.
/// No seeded row has such an id.
/// </summary>
/// <param name="kind">Sets of ids that never meet.</param>
/// <param name="size">Rows that may exist at a time.</param>
internal sealed class RingIds(int kind, int size)
{
    private int next;

    public Guid Next()
    {
        next = (next + 1) % size;
        return Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"ffffffff-ffff-4fff-{0x8000 + kind:x4}-{next:x12}"), null);
    }
}
