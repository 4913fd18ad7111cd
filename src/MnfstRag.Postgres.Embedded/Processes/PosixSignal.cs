namespace MnfstRag.Postgres.Embedded.Processes;

/// <summary>Signals by their numbers; stop and continue differ between Linux and macOS.</summary>
internal static class PosixSignal
{
    public const int Kill = 9;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;
}
