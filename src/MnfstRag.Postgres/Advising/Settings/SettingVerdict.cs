namespace MnfstRag.Postgres.Advising;

/// <summary>How a setting stands to what the product's guide advises.</summary>
public enum SettingVerdict
{
    /// <summary>As advised, or as good.</summary>
    AsAdvised,

    /// <summary>Another value than advised, and one that may be right too.</summary>
    Differs,

    /// <summary>Another value, and one that costs speed or safety.</summary>
    Worse,

    /// <summary>It cannot be judged: the setting is hidden, or the machine's memory is not known.</summary>
    Unknown,
}
