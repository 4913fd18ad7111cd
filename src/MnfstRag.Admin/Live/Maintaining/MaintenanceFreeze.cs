namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>An environment that is not to be touched.</summary>
/// <param name="Reason">Why, in the words of who froze it.</param>
/// <param name="By">Their name.</param>
/// <param name="At">When.</param>
/// <param name="Until">It thaws by itself then; null: not by itself.</param>
public sealed record MaintenanceFreeze(string Reason, string By, DateTimeOffset At, DateTimeOffset? Until)
{
    /// <summary>The refusal, in words.</summary>
    public string Words(string environment) =>
        $"{environment} is frozen: {Reason} ({By}{(Until is { } until ? FormattableString.Invariant($", until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "")}). Nothing runs until it is thawed under Maintenance, Rules.";
}
