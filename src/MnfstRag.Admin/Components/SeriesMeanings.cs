using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Components;

/// <summary>Names of <see cref="SeriesMeaning"/>: for a person, and for css.</summary>
public static class SeriesMeanings
{
    /// <summary>The meaning of a session's state. A session that waits on a lock is told as that, not as active.</summary>
    public static SeriesMeaning Of(SessionState state, bool waitsOnLock = false) => state switch
    {
        _ when waitsOnLock => SeriesMeaning.WaitingOnLock,
        SessionState.Active => SeriesMeaning.Active,
        SessionState.Idle => SeriesMeaning.Idle,
        SessionState.IdleInTransaction => SeriesMeaning.IdleInTransaction,
        SessionState.IdleInTransactionAborted => SeriesMeaning.Aborted,
        SessionState.Hidden => SeriesMeaning.Hidden,
        _ => SeriesMeaning.Other,
    };

    /// <summary>"idle in transaction", as PostgreSQL and the rest of the dashboard name it.</summary>
    public static string Word(this SeriesMeaning meaning) => meaning switch
    {
        SeriesMeaning.Active => "active",
        SeriesMeaning.Idle => "idle",
        SeriesMeaning.IdleInTransaction => "idle in transaction",
        SeriesMeaning.Aborted => "aborted",
        SeriesMeaning.WaitingOnLock => "waiting on a lock",
        SeriesMeaning.Hidden => "hidden",
        SeriesMeaning.Dashboard => "dashboard",
        _ => "other",
    };

    /// <summary>Suffix of its css names: <c>--fill-lock</c>, <c>--ink-lock</c>, <c>.state-lock</c>.</summary>
    public static string Css(this SeriesMeaning meaning) => meaning switch
    {
        SeriesMeaning.Active => "active",
        SeriesMeaning.Idle => "idle",
        SeriesMeaning.IdleInTransaction => "open",
        SeriesMeaning.Aborted => "aborted",
        SeriesMeaning.WaitingOnLock => "lock",
        SeriesMeaning.Hidden => "hidden",
        SeriesMeaning.Dashboard => "dashboard",
        SeriesMeaning.Other => "other",
        SeriesMeaning.Second => "second",
        SeriesMeaning.Third => "third",
        SeriesMeaning.Fourth => "fourth",
        _ => "plain",
    };
}
