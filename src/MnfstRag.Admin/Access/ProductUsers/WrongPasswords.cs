using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>
/// Lets an e-mail address rest after wrong passwords in a row, as a local account does, whether anybody has that address or not. In memory:
/// the product's rows are not written. Singleton.
/// </summary>
internal sealed class WrongPasswords(IOptions<AccessOptions> options, TimeProvider clock)
{
    private const int MostKept = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Wrong, DateTimeOffset Last)> _counted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>No password of it is looked at now.</summary>
    public bool Rests(string address)
    {
        lock (_lock)
        {
            return _counted.TryGetValue(address, out var counted)
                && counted.Wrong >= options.Value.LockoutAttempts
                && counted.Last + options.Value.LockoutTime > clock.GetUtcNow();
        }
    }

    public void Wrong(string address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_counted.Count >= MostKept)
            {
                foreach (var old in _counted.Where(one => one.Value.Last + options.Value.LockoutTime <= now).Select(one => one.Key).ToList())
                {
                    _counted.Remove(old);
                }

                if (_counted.Count >= MostKept)
                {
                    _counted.Remove(_counted.MinBy(one => one.Value.Last).Key);
                }
            }

            var before = _counted.TryGetValue(address, out var counted) && counted.Last + options.Value.LockoutTime > now ? counted.Wrong : 0;
            _counted[address] = (before + 1, now);
        }
    }

    public void Right(string address)
    {
        lock (_lock)
        {
            _counted.Remove(address);
        }
    }
}
