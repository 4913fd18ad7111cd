namespace MnfstRag.Admin.Components;

/// <summary>What a colour stands for: the same on every chart, chip and row, and never alone (a word, an icon or a texture goes with it).</summary>
public enum SeriesMeaning
{
    /// <summary>No fixed meaning: the accent.</summary>
    Plain,

    /// <summary>Executing. Blue.</summary>
    Active,

    /// <summary>Waiting for a command. Grey.</summary>
    Idle,

    /// <summary>Transaction open, nothing executing. Amber.</summary>
    IdleInTransaction,

    /// <summary>Failed transaction. Red.</summary>
    Aborted,

    /// <summary>Stopped by another session's lock. Violet.</summary>
    WaitingOnLock,

    /// <summary>The role may not see it. Hatched grey.</summary>
    Hidden,

    /// <summary>Fast path, starting, not tracked. Light grey.</summary>
    Other,

    /// <summary>This dashboard's own. Teal.</summary>
    Dashboard,

    /// <summary>The second of several things of one kind, the first being <see cref="Plain"/>. Magenta.</summary>
    Second,

    /// <summary>The third of them. Olive.</summary>
    Third,

    /// <summary>The fourth of them. Brown.</summary>
    Fourth,
}
