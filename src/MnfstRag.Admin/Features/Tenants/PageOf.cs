namespace MnfstRag.Admin.Features.Tenants;

/// <summary>One page of a list.</summary>
/// <param name="Rows">In the list's order.</param>
/// <param name="Before">Where the page before lies; null on the first.</param>
/// <param name="After">Where the page after lies; null on the last.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Rows, PageCursor? Before, PageCursor? After)
{
    /// <summary>Makes a page of rows that were read in the direction of <paramref name="cursor"/>, one more than fit when there are more.</summary>
    internal static PageOf<T> From(IReadOnlyList<T> read, PageCursor? cursor, int size, Func<T, (DateTimeOffset? At, Guid Id)> key)
    {
        var more = read.Count > size;
        var rows = read.Take(size).ToList();
        var upwards = cursor?.Upwards == true;
        if (upwards)
        {
            rows.Reverse();
        }

        PageCursor Beyond(T row, bool up) => new(key(row).At, key(row).Id, up);
        var before = rows.Count > 0 && (upwards ? more : cursor?.Id is not null) ? Beyond(rows[0], up: true) : null;
        var after = rows.Count > 0 && (upwards ? cursor!.Id is not null : more) ? Beyond(rows[^1], up: false) : null;
        return new PageOf<T>(rows, before, after);
    }
}
