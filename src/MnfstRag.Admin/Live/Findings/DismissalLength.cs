namespace MnfstRag.Admin.Live.Findings;

/// <summary>How long a finding is put aside.</summary>
public enum DismissalLength
{
    /// <summary>24 hours.</summary>
    Day,

    /// <summary>7 days.</summary>
    Week,

    /// <summary>30 days.</summary>
    Month,

    /// <summary>Until somebody restores it.</summary>
    ForGood,
}
