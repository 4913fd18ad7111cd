using System.Diagnostics.CodeAnalysis;

namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>A Vault server and the AppRole that signs in there. Never log or render it: the SecretID is a password.</summary>
public sealed record VaultAddress
{
    private VaultAddress(Uri server, string roleId, string secretId) => (Server, RoleId, SecretId) = (server, roleId, secretId);

    /// <summary>Scheme, host and port; no path.</summary>
    public Uri Server { get; }

    /// <summary>Host and port, as a person knows it.</summary>
    public string Place => Server.Authority.Contains(':', StringComparison.Ordinal) ? Server.Authority : FormattableString.Invariant($"{Server.Authority}:{Server.Port}");

    internal string RoleId { get; }

    internal string SecretId { get; }

    /// <summary>Reads what VAULT_URL, VAULT_ROLE_ID and VAULT_SECRET_ID say.</summary>
    /// <param name="url">The server.</param>
    /// <param name="roleId">RoleID of the AppRole.</param>
    /// <param name="secretId">SecretID of the AppRole.</param>
    /// <param name="address">The address, when it can be used.</param>
    /// <param name="fault">Why it cannot, in words without any of the values.</param>
    public static bool TryParse(string? url, string? roleId, string? secretId, [NotNullWhen(true)] out VaultAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        fault = string.IsNullOrWhiteSpace(url) || string.IsNullOrWhiteSpace(roleId) || string.IsNullOrWhiteSpace(secretId)
            ? "Vault needs VAULT_URL, VAULT_ROLE_ID and VAULT_SECRET_ID, each with a value that holds no open reference."
            : !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server is not { AbsolutePath: "/", Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0, Host.Length: > 0 }
                ? "VAULT_URL is no address of a Vault server. Write https://host:8200, without path, user or query."
                : server.Scheme == "http" && !server.IsLoopback
                    ? "VAULT_URL is not encrypted: the AppRole's secret is not sent over http to another machine. Write https://."
                    : null;
        if (fault is null)
        {
            address = new VaultAddress(new Uri(url!.Trim()), roleId!.Trim(), secretId!.Trim());
        }

        return fault is null;
    }

    /// <summary>Host and port alone.</summary>
    public override string ToString() => Place;
}
