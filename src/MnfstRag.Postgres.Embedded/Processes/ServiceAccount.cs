using System.Diagnostics;
using System.Globalization;

namespace MnfstRag.Postgres.Embedded.Processes;

/// <summary>
/// The unprivileged account that runs the servers when we are root: PostgreSQL refuses to run as root, and needs an account that the
/// password file names.
/// </summary>
internal sealed record ServiceAccount(string Name, uint User, uint Group)
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>True when this process is root.</summary>
    public static bool IsNeeded => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>The account, or null when the servers may run as this process's own user.</summary>
    public static ServiceAccount? Find()
    {
        if (!IsNeeded)
        {
            return null;
        }

        var entries = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToList();
        return Preferred
            .SelectMany(name => entries.Where(fields => fields[0] == name))
            .Select(fields => new ServiceAccount(
                fields[0], uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture)))
            .FirstOrDefault(account => account.User != 0)
            ?? throw new EmbeddedServerException(
                "PostgreSQL refuses to run as root, and there is no account 'postgres' or 'nobody' to run it: "
                + "create one ('useradd --system postgres') or start the dashboard as another user.");
    }

    /// <summary>How a program is started: directly, or through setpriv as the account.</summary>
    public static ProcessStartInfo Start(ServiceAccount? account, string program, IEnumerable<string> arguments)
    {
        var start = account is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo(
                "setpriv",
                [
                    "--reuid", account.User.ToString(CultureInfo.InvariantCulture),
                    "--regid", account.Group.ToString(CultureInfo.InvariantCulture), "--clear-groups", "--", program, .. arguments,
                ]);

        // A person's PGDATA, PGPORT or PGOPTIONS is meant for another server; messages are read by us, so they are English.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        start.WorkingDirectory = Path.GetDirectoryName(program)!;
        return start;
    }
}
