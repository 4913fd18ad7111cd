using System.Diagnostics.CodeAnalysis;

namespace MnfstRag.Postgres.Connecting;

/// <summary>What <see cref="DatabaseUrl.Parse"/> made of a text: an address, or the reason why it is none.</summary>
public sealed class DatabaseUrlResult
{
    internal DatabaseUrlResult(DatabaseUrl url) => Url = url;

    internal DatabaseUrlResult(DatabaseUrlFault fault) => Fault = fault;

    /// <summary>The address; null when there is a <see cref="Fault"/>.</summary>
    public DatabaseUrl? Url { get; }

    /// <summary>The reason; null when there is an <see cref="Url"/>.</summary>
    public DatabaseUrlFault? Fault { get; }

    /// <summary>Either <paramref name="url"/> or <paramref name="fault"/>.</summary>
    public bool Succeeded([NotNullWhen(true)] out DatabaseUrl? url, [NotNullWhen(false)] out DatabaseUrlFault? fault)
    {
        url = Url;
        fault = Fault;
        return url is not null;
    }
}
