using System.Collections.Concurrent;

namespace MnfstRag.Admin.Features.Health;

/// <summary>One run of an environment at a time: many impatient clicks cost its server no more than one. Singleton.</summary>
internal sealed class HealthGate
{
    private readonly ConcurrentDictionary<Guid, string> _running = new();

    /// <summary>Enters; dispose the pass to leave. Null, and who is there, when somebody is.</summary>
    public IDisposable? TryEnter(Guid environment, string person, out string? other)
    {
        var entered = _running.TryAdd(environment, person);
        other = entered ? null : _running.GetValueOrDefault(environment) ?? "somebody";
        return entered ? new Pass(_running, environment) : null;
    }

    private sealed class Pass(ConcurrentDictionary<Guid, string> running, Guid environment) : IDisposable
    {
        public void Dispose() => running.TryRemove(environment, out _);
    }
}
