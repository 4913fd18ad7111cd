namespace MnfstRag.Postgres.Tests;

/// <summary>Who reads: each sees less than the one before.</summary>
public enum WatchingRole
{
    Superuser,
    Monitor,
    Bare,
}
