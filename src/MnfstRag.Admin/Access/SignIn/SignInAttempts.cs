using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Access.SignIn;

/// <summary>Counts sign-in attempts per address and per account, before anything expensive is done. Singleton.</summary>
internal sealed class SignInAttempts(IOptions<AccessOptions> options) : IDisposable
{
    private const int NetworkBytes = 8;
    private readonly PartitionedRateLimiter<string> _addresses = Limiter(options.Value.AttemptsPerAddress);
    private readonly PartitionedRateLimiter<string> _accounts = Limiter(options.Value.AttemptsPerAccount);

    /// <summary>Whether one more may be made from there on that account (by normalised name, existing or not).</summary>
    public bool Take(IPAddress? address, string account)
    {
        using var place = _addresses.AttemptAcquire(Network(address));
        if (!place.IsAcquired)
        {
            return false;
        }

        using var person = _accounts.AttemptAcquire(account);
        return person.IsAcquired;
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _accounts.Dispose();
    }

    // Whoever has an IPv6 address has 2^64 of them.
    private static string Network(IPAddress? address) => address switch
    {
        null => "none",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };

    private static PartitionedRateLimiter<string> Limiter(int perMinute) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));
}
