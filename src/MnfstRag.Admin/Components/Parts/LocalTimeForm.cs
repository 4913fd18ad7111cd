namespace MnfstRag.Admin.Components.Parts;

/// <summary>How <see cref="LocalTime"/> writes a moment.</summary>
public enum LocalTimeForm
{
    /// <summary>"35 s ago" (ticking) under a day, else as <see cref="Full"/>.</summary>
    Relative,

    /// <summary>"14:02:11", with the date when it is not today.</summary>
    Clock,

    /// <summary>"14:02", with day and month when it is not today.</summary>
    Minute,

    /// <summary>"23 Nov 2026, 14:02:11".</summary>
    Full,
}
