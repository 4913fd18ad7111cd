using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>How many open pages each person has. The framework bounds only pages whose connection is lost; a person, or a script with their cookie, could open any number. Singleton.</summary>
internal sealed class CircuitSeats(IOptions<AccessOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>Pages that a person may have open at the same time.</summary>
    public int Most => options.Value.PagesPerPerson;

    /// <summary>Seats taken now, of all persons together.</summary>
    public int Taken => _taken.Values.Sum();

    /// <summary>Takes a seat; false when none is left.</summary>
    public bool TryTake(string person)
    {
        while (true)
        {
            var taken = _taken.GetOrAdd(person, 0);
            if (taken >= Most)
            {
                return false;
            }

            if (_taken.TryUpdate(person, taken + 1, taken))
            {
                return true;
            }
        }
    }

    /// <summary>Gives a seat back.</summary>
    public void GiveBack(string person)
    {
        var left = _taken.AddOrUpdate(person, 0, (_, taken) => Math.Max(0, taken - 1));
        if (left == 0)
        {
            // Unless somebody has taken one meanwhile.
            _taken.TryRemove(new KeyValuePair<string, int>(person, 0));
        }
    }

    /// <summary>A page would find no seat.</summary>
    public bool IsFull(string person) => _taken.GetValueOrDefault(person) >= Most;
}
