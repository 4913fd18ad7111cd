using System.Globalization;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Where a page of a list begins: beyond a row, downwards or upwards. A page costs the same wherever it lies.</summary>
/// <param name="At">The row's time; null stands last in the order.</param>
/// <param name="Id">The row; null begins at the first, or (upwards) at the last.</param>
/// <param name="Upwards">Rows before it, instead of those after.</param>
public sealed record PageCursor(DateTimeOffset? At, Guid? Id, bool Upwards = false)
{
    /// <summary>The last page.</summary>
    public static PageCursor Last { get; } = new(null, null, Upwards: true);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else, and so the first page.</summary>
    public static PageCursor? Parse(string? text)
    {
        var parts = text?.Split('~');
        if (parts is not [var way, var time, var id] || way is not ("d" or "u"))
        {
            return null;
        }

        if (id.Length == 0)
        {
            return way == "u" && time.Length == 0 ? Last : null;
        }

        DateTimeOffset? at = null;
        if (time.Length > 0)
        {
            if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) || microseconds > 253_402_300_799_000_000)
            {
                return null;
            }

            at = DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
        }

        return Guid.TryParseExact(id, "N", out var row) ? new PageCursor(at, row, way == "u") : null;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Upwards ? 'u' : 'd')}~{(At is { } at ? (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : null)}~{Id:N}");

    /// <summary>Adds itself to what a function of the fence reads.</summary>
    internal Dictionary<string, object?> In(Dictionary<string, object?> filter)
    {
        filter["at"] = At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        filter["id"] = Id;
        filter["upwards"] = Upwards;
        return filter;
    }
}
