using System.Text.Json;

namespace MnfstRag.Postgres.Fencing;

/// <summary>What the script wrote as comment of the fence's schema.</summary>
internal sealed record FenceStamp(int Version, string Script, string Objects, string By, DateTimeOffset At)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Null when the comment is not a fence's.</summary>
    public static FenceStamp? Parse(string comment)
    {
        if (!comment.StartsWith(FenceSteps.StampPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var stamp = JsonSerializer.Deserialize<FenceStamp>(comment.AsSpan(FenceSteps.StampPrefix.Length), Json);
            return stamp is null ? null : stamp with { At = stamp.At.ToUniversalTime() };
        }
        catch (JsonException)
        {
            // Somebody wrote a comment of their own over it: the fence is not as it was built.
            return new FenceStamp(0, "", "", "somebody", default);
        }
    }
}
