namespace MnfstRag.Postgres.Validating;

/// <summary>The backend of another environment, as far as it takes connections.</summary>
/// <param name="Settings">Its settings. They hold secrets: never log or render them.</param>
/// <param name="Workers">Worker processes; null takes WEB_CONCURRENCY of its settings, and 1 without it.</param>
/// <param name="Engines">Engines in each process.</param>
/// <param name="Instances">Machines or containers that run it.</param>
public sealed record OtherBackend(EnvironmentSettings Settings, int? Workers = null, int Engines = 1, int Instances = 1)
{
    /// <summary>Connections that it may open on a server, over all of its addresses there; null without limit, 0 where it has no address there.</summary>
    internal long? MostOn(LiveTarget target)
    {
        var addresses = LiveValidator.AddressesOn(Settings, target);
        return addresses == 0 ? 0
            : Settings.PoolNumbers is not ({ } size, { } overflow) || size <= 0 || overflow < 0 ? null
            : ((long)size + overflow) * Math.Max(1, Workers ?? Settings.Workers ?? 1) * Math.Max(1, Engines) * Math.Max(1, Instances) * addresses;
    }

    /// <summary>Its name alone.</summary>
    public override string ToString() => Settings.Name;
}
