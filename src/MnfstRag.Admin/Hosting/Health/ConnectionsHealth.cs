namespace MnfstRag.Admin.Hosting.Health;

/// <summary>Sessions of a server, in the guide's words. Those of the dashboard itself are counted in <see cref="Used"/> and <see cref="Dashboard"/> alone.</summary>
/// <param name="Size"><c>max_connections</c>.</param>
/// <param name="Used">Slots taken.</param>
/// <param name="Available">What an ordinary role may still open; never below 0.</param>
/// <param name="Active">Executing, those that wait included.</param>
/// <param name="Idle">Waiting for a command.</param>
/// <param name="Waiting">Executing, and stopped by something: a lock, a file, another process (<c>wait_event</c>). Idle sessions wait for nobody.</param>
/// <param name="IdleInTransaction">In a transaction and executing nothing, failed ones included.</param>
/// <param name="Blocked">Stopped by another session's lock.</param>
/// <param name="Hidden">The watching role may not see what they do: they may be any of the above.</param>
/// <param name="Dashboard">This dashboard's own.</param>
internal sealed record ConnectionsHealth(
    int? Size, int Used, int? Available, int Active, int Idle, int Waiting, int IdleInTransaction, int Blocked, int Hidden, int Dashboard);
