using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Names one session for good: the process id alone may be given to another. In the URL "4711@638991234567890000".</summary>
/// <param name="Pid">Process id.</param>
/// <param name="BackendStart">When the session began, server clock, to the microsecond.</param>
public sealed record SessionKey(int Pid, DateTimeOffset BackendStart)
{
    /// <summary>The key of <paramref name="session"/>; null when the server hides when it began.</summary>
    public static SessionKey? Of(Session session) => session.BackendStart is { } start ? new SessionKey(session.Pid, start) : null;

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static SessionKey? Parse(string? text)
    {
        var at = text?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        return at > 0
            && int.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new SessionKey(pid, new DateTimeOffset(ticks, TimeSpan.Zero))
            : null;
    }

    /// <summary>The session in <paramref name="activity"/>; null when it is gone.</summary>
    public Session? In(Activity? activity) => activity?.Sessions.FirstOrDefault(session => session.Pid == Pid && session.BackendStart == BackendStart);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid}@{BackendStart.UtcTicks}");
}
