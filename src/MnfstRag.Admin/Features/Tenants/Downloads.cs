using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>
/// Files on their way from a circuit, where access was granted and written down, to a plain request that fetches them. An address serves once,
/// for a minute, and only who asked. Singleton.
/// </summary>
internal sealed class Downloads(TimeProvider clock)
{
    /// <summary>Where they are fetched.</summary>
    public const string Path = "/tenants/download";

    private const int Most = 1000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (Download File, DateTimeOffset Until)> _waiting = new(StringComparer.Ordinal);

    /// <summary>The address of a file.</summary>
    public string Offer(Download file)
    {
        var now = clock.GetUtcNow();
        foreach (var old in _waiting.Where(one => one.Value.Until <= now).ToList())
        {
            _waiting.TryRemove(old);
        }

        if (_waiting.Count >= Most)
        {
            throw new InvalidOperationException("Too many downloads wait to be fetched.");
        }

        var ticket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _waiting[ticket] = (file, now + Lifetime);
        return $"{Path}/{ticket}";
    }

    /// <summary>Takes it, once; null when there is none, or it waited too long.</summary>
    public Download? Take(string ticket) => _waiting.TryRemove(ticket, out var found) && found.Until > clock.GetUtcNow() ? found.File : null;
}
