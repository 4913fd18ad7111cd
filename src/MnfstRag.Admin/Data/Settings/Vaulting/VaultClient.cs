using System.Text.Json;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>
/// One AppRole at one Vault server: signs in, keeps the token in memory, renews it once two thirds of its lease are over, and signs in again when
/// it is gone. Reads and writes secrets of a KV v2 engine (Vault's HTTP API, /v1/auth/approle, /v1/auth/token, /v1/MOUNT/data).
/// </summary>
public sealed class VaultClient : IDisposable
{
    private readonly VaultAddress _address;
    private readonly VaultWire _wire;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _signing = new(1);
    private VaultLease? _lease;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="address">Server and AppRole.</param>
    /// <param name="policy">Which addresses may be asked.</param>
    /// <param name="clock">For leases and limits.</param>
    public VaultClient(VaultAddress address, ReachPolicy policy, TimeProvider clock)
    {
        (_address, _clock) = (address, clock);
        _wire = new VaultWire(address, policy, clock);
    }

    /// <summary>The newest version of a secret; version 0 where nothing was written yet.</summary>
    public async Task<VaultAnswer<VaultSecret>> ReadAsync(string mount, string path, CancellationToken cancellationToken = default)
    {
        var (reply, signIn) = await WithTokenAsync(HttpMethod.Get, $"{mount}/data/{path}", null, cancellationToken);
        return signIn ?? reply switch
        {
            { Status: 200 } or { Status: 404, Errors: "", Fault: null } when Secret(reply!.Body) is { } secret => new(VaultState.Answered, secret, null),
            { Status: 404, Errors: "", Fault: null } => new(VaultState.Answered, new VaultSecret(0, new Dictionary<string, JsonElement>(StringComparer.Ordinal)), null),
            _ => VaultFaults.Judge<VaultSecret>(reply!, _address, $"read {mount}/data/{path}"),
        };
    }

    /// <summary>Writes fields over the version that was seen, the others of it kept; refused when a newer version is there.</summary>
    /// <param name="mount">The engine.</param>
    /// <param name="path">The secret.</param>
    /// <param name="seen">What was read before.</param>
    /// <param name="fields">The fields that change.</param>
    /// <param name="cancellationToken">Calls it off; Vault may have written by then.</param>
    /// <returns>The new version. After a silence only reading tells whether it was written.</returns>
    public async Task<VaultAnswer<VaultSecret>> WriteAsync(string mount, string path, VaultSecret seen, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken = default)
    {
        var whole = seen.Fields.ToDictionary(StringComparer.Ordinal);
        foreach (var (field, value) in fields)
        {
            whole[field] = JsonSerializer.SerializeToElement(value);
        }

        var body = new { options = new { cas = seen.Version }, data = whole };
        var (reply, signIn) = await WithTokenAsync(HttpMethod.Post, $"{mount}/data/{path}", body, cancellationToken);
        return signIn ?? (reply!.Status == 200 && Version(reply.Body) is { } version
            ? new(VaultState.Answered, new VaultSecret(version, whole), null)
            : VaultFaults.Judge<VaultSecret>(reply, _address, $"write {mount}/data/{path}"));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _wire.Dispose();
        _signing.Dispose();
    }

    /// <summary>The reply; or why nobody could be signed in. A token that Vault took back is replaced once.</summary>
    private async Task<(VaultReply? Reply, VaultAnswer<VaultSecret>? SignIn)> WithTokenAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        VaultLease? refused = null;
        while (true)
        {
            var (lease, fault) = await LeaseAsync(refused, cancellationToken);
            if (lease is null)
            {
                return (null, fault);
            }

            var reply = await _wire.SendAsync(method, path, lease.Token, body, cancellationToken);
            if (reply.Status is not (401 or 403) || refused is not null)
            {
                return (reply, null);
            }

            refused = lease;
        }
    }

    /// <summary>A token that lasts: the one there is, renewed, or a new one.</summary>
    private async Task<(VaultLease? Lease, VaultAnswer<VaultSecret>? Fault)> LeaseAsync(VaultLease? refused, CancellationToken cancellationToken)
    {
        await _signing.WaitAsync(cancellationToken);
        try
        {
            _lease = _lease is null || ReferenceEquals(_lease, refused) || _lease.IsOver(_clock.GetUtcNow()) ? null : _lease;
            if (_lease is { } late && late.IsLate(_clock.GetUtcNow()))
            {
                // What cannot be renewed, or is at the end of its longest life, is replaced.
                _lease = late.IsRenewable ? VaultLease.Read((await _wire.SendAsync(HttpMethod.Post, "auth/token/renew-self", late.Token, new { }, cancellationToken)).Body, _clock.GetUtcNow()) : null;
                _lease = _lease?.IsLate(_clock.GetUtcNow()) == true || _lease?.Lasts < late.Lasts / 3 ? null : _lease;
            }

            if (_lease is null)
            {
                var reply = await _wire.SendAsync(HttpMethod.Post, "auth/approle/login", null, new { role_id = _address.RoleId, secret_id = _address.SecretId }, cancellationToken);
                _lease = reply.Status == 200 ? VaultLease.Read(reply.Body, _clock.GetUtcNow()) : null;
                return _lease is null ? (null, VaultFaults.Judge<VaultSecret>(reply, _address, null)) : (_lease, null);
            }

            return (_lease, null);
        }
        finally
        {
            _signing.Release();
        }
    }

    /// <summary>A version with its fields; a deleted one has none. Null where the answer has no version.</summary>
    private static VaultSecret? Secret(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("data", out var outer) || outer.ValueKind != JsonValueKind.Object
            || !outer.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number))
        {
            return null;
        }

        var fields = outer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data.EnumerateObject() : default;
        return new VaultSecret(number, fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal));
    }

    private static int? Version(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("version", out var version) && version.TryGetInt32(out var number)
            ? number
            : null;
}
