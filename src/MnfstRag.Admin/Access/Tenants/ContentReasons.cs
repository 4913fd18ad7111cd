namespace MnfstRag.Admin.Access.Tenants;

/// <summary>Reasons stated in this tab for looking into tenants that are not the caller's. Scoped; forgotten with the tab.</summary>
internal sealed class ContentReasons(TimeProvider clock)
{
    /// <summary>So long one reason serves.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>A tab cannot make this grow without end.</summary>
    private const int Most = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid User, Guid Environment, Guid Tenant), (string Reason, DateTimeOffset Until)> _stated = [];

    public void State(Guid user, Guid environment, Guid tenant, string reason)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            foreach (var old in _stated.Where(one => one.Value.Until <= now).Select(one => one.Key).ToList())
            {
                _stated.Remove(old);
            }

            if (_stated.Count >= Most)
            {
                _stated.Remove(_stated.MinBy(one => one.Value.Until).Key);
            }

            _stated[(user, environment, tenant)] = (reason, now + Lifetime);
        }
    }

    public string? Find(Guid user, Guid environment, Guid tenant)
    {
        lock (_lock)
        {
            return _stated.TryGetValue((user, environment, tenant), out var found) && found.Until > clock.GetUtcNow() ? found.Reason : null;
        }
    }
}
