using System.Globalization;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Names a session for the audit log by what the sampler saw of it, never by what a browser says it is.</summary>
public sealed class SessionNames(WatchService watch)
{
    /// <summary>"backend 4711 of mnfst_user on mnfst_rag", and the facts about it. Query text is masked.</summary>
    public async Task<(string Name, IReadOnlyDictionary<string, string> Details)> DescribeAsync(string environment, SessionKey key, CancellationToken cancellationToken = default)
    {
        var session = key.In((await watch.LatestAsync(environment, cancellationToken))?.Activity);
        var details = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["pid"] = key.Pid.ToString(CultureInfo.InvariantCulture),
            ["backend_start"] = key.BackendStart.ToString("O", CultureInfo.InvariantCulture),
        };
        Add("application_name", session?.Application);
        Add("client", session?.Client);
        Add("state", session is null ? null : SessionGroups.Name(SessionGroups.Of(session)));
        Add("query", session?.Query);
        return (Name(key, session), details);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                details[name] = value;
            }
        }
    }

    private static string Name(SessionKey key, Session? session) => session is null
        ? string.Create(CultureInfo.InvariantCulture, $"backend {key.Pid}")
        : string.Create(CultureInfo.InvariantCulture, $"backend {key.Pid} of {session.User ?? "unknown role"} on {session.Database ?? "no database"}");
}
