namespace MnfstRag.Admin.Access;

/// <summary>The host name that passkeys are bound to.</summary>
internal static class PasskeyDomain
{
    /// <summary>A name that no browser is ever at: without a configured domain every ceremony fails.</summary>
    public const string None = "passkeys.invalid";

    /// <summary>Null when passkeys are off.</summary>
    public static string? Of(AccessOptions options, IHostEnvironment host) =>
        options.PasskeyDomain is { Length: > 0 } domain ? domain : host.IsDevelopment() ? "localhost" : null;
}
