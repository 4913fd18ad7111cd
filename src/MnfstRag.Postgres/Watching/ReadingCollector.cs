using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Gathers what readers bring. It is closed when the time limit strikes, so that an abandoned round trip that comes to
/// itself later changes nothing that was handed out.
/// </summary>
internal sealed class ReadingCollector
{
    private readonly Lock _lock = new();
    private readonly ImmutableDictionary<string, object>.Builder _values = ImmutableDictionary.CreateBuilder<string, object>();
    private readonly ImmutableDictionary<string, string>.Builder _faults = ImmutableDictionary.CreateBuilder<string, string>();
    private readonly HashSet<IReader> _ended = [];
    private bool _closed;
    private bool _connected;
    private volatile bool _heavy;

    /// <summary>All others have been read: what the server is asked now may take long.</summary>
    public bool IsHeavy => _heavy;

    /// <summary>Only heavy readers are left.</summary>
    public void HeavyBegins() => _heavy = true;

    public void Add(IReader reader, object value) => Change(() => _values[reader.Name] = value);

    public void Fail(IReader reader, string words) => Change(() => _faults[reader.Name] = words);

    /// <summary>Its error ended the session for the first time in this reading: a relation that was being dropped is not met again.</summary>
    public bool MayTryAgain(IReader reader)
    {
        lock (_lock)
        {
            return _ended.Add(reader);
        }
    }

    public T? Value<T>(IReader<T> reader)
        where T : class =>
        (T?)Value((IReader)reader);

    public object? Value(IReader reader)
    {
        lock (_lock)
        {
            return _values.GetValueOrDefault(reader.Name);
        }
    }

    public void Connected() => Change(() => _connected = true);

    public ServerReading Close(Capabilities? capabilities, ConnectionFault? fault, TimeSpan elapsed)
    {
        lock (_lock)
        {
            _closed = true;
            return new ServerReading(capabilities, fault, _connected, elapsed, _faults.ToImmutable()) { Values = _values.ToImmutable() };
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                change();
            }
        }
    }
}
