using System.Globalization;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>One environment's file as the rules look at it. It holds secrets: never log or render it.</summary>
public sealed class EnvironmentSettings
{
    private readonly Dictionary<string, EnvValue> _values;
    private readonly Lazy<AddressText> _address;

    /// <summary>Settings of <paramref name="file"/>.</summary>
    /// <param name="name">The environment's name.</param>
    /// <param name="file">The file.</param>
    public EnvironmentSettings(string name, EnvFile file)
    {
        (Name, File) = (name, file);
        _values = EnvReferences.Resolve(file);
        Kind = EnvironmentKinds.Of(name, Text("ENVIRONMENT"));
        _address = new(() => AddressText.Read(_values.GetValueOrDefault("DATABASE_URL")));
    }

    /// <summary>The environment's name.</summary>
    public string Name { get; }

    /// <summary>How it is judged.</summary>
    public EnvironmentKind Kind { get; }

    /// <summary>The file.</summary>
    public EnvFile File { get; }

    /// <summary>The address of DATABASE_URL; null when it is missing, holds an unresolved reference, or cannot be read.</summary>
    public DatabaseUrl? Url => Address.Url;

    /// <summary>DB_POOL_SIZE and DB_MAX_OVERFLOW as the running product takes them; null where one is no number, or cannot be checked.</summary>
    public (int? Size, int? Overflow) PoolNumbers => (EffectiveNumber("DB_POOL_SIZE"), EffectiveNumber("DB_MAX_OVERFLOW"));

    /// <summary>WEB_CONCURRENCY, by which gunicorn and uvicorn start their worker processes; null where it is not set, or no positive number.</summary>
    public int? Workers => Number("WEB_CONCURRENCY") is > 0 and var workers ? workers : null;

    /// <summary>It is production, or judged as such.</summary>
    internal bool IsProduction => Kind is EnvironmentKind.Production;

    /// <summary>It is development, or judged as such.</summary>
    internal bool IsDevelopment => Kind is EnvironmentKind.Development;

    /// <summary>Production takes the address and the tokens' key from Vault when all of this is set.</summary>
    internal bool ReadsVault => IsProduction && VaultKeys.All(IsSet);

    /// <summary>The keys that Vault needs.</summary>
    internal static IReadOnlyList<string> VaultKeys { get; } = ["VAULT_URL", "VAULT_ROLE_ID", "VAULT_SECRET_ID"];

    /// <summary>DATABASE_URL with all its faults.</summary>
    internal AddressText Address => _address.Value;

    /// <summary>Keys with a value, in no order.</summary>
    internal IReadOnlyDictionary<string, EnvValue> Values => _values;

    /// <summary>The key has a value that is not empty; it may hold references that nothing resolves.</summary>
    internal bool IsSet(string key) => _values.TryGetValue(key, out var value) && (value.Text.Length > 0 || !value.IsKnown);

    /// <summary>The value, references resolved; null when the key is not set, is empty, or cannot be checked. It may be a secret: never log or render it.</summary>
    public string? Text(string key) => _values.TryGetValue(key, out var value) && value is { IsKnown: true, Text.Length: > 0 } ? value.Text : null;

    /// <summary>The value as a whole number, or null.</summary>
    internal int? Number(string key) => Text(key) is { } text ? ValueTypes.Integer(text) : null;

    /// <summary>The number that the running product uses: the key's, or the default of its code. Null when the key's value is no number.</summary>
    internal int? EffectiveNumber(string key) => IsSet(key)
        ? Number(key)
        : KnownSettings.Find(key)?.EffectiveDefault is { } standard ? int.Parse(standard, CultureInfo.InvariantCulture) : null;

    /// <summary>The value as true or false, or null.</summary>
    internal bool? Flag(string key) => Text(key) is { } text ? ValueTypes.Boolean(text) : null;
}
