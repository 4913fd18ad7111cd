namespace MnfstRag.Admin.Live.Findings;

/// <summary>What a <see cref="DismissalLength"/> means.</summary>
public static class DismissalLengths
{
    /// <summary>When a dismissal of that length made <paramref name="now"/> ends; null: not by itself.</summary>
    public static DateTimeOffset? End(this DismissalLength length, DateTimeOffset now) => length switch
    {
        DismissalLength.Day => now.AddDays(1),
        DismissalLength.Week => now.AddDays(7),
        DismissalLength.Month => now.AddDays(30),
        _ => null,
    };

    /// <summary>"for a week".</summary>
    public static string Words(this DismissalLength length) => length switch
    {
        DismissalLength.Day => "for a day",
        DismissalLength.Week => "for a week",
        DismissalLength.Month => "for 30 days",
        _ => "for good",
    };
}
