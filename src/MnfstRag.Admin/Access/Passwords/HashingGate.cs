using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Access.Passwords;

/// <summary>
/// Lets few passwords be hashed at once, off the threads that serve requests: bcrypt is slow by intent, and a flood of sign-ins
/// would otherwise take every processor from the people who are at work.
/// </summary>
internal sealed class HashingGate(IOptions<AccessOptions> options, ILogger<HashingGate> logger) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Value.ConcurrentHashes is > 0 and var set ? set : Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <exception cref="HashingBusyException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<T> hash, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _waiting) > options.Value.WaitingHashes)
        {
            PasswordMessages.Busy(logger, Interlocked.Decrement(ref _waiting));
            throw new HashingBusyException();
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await Task.Run(hash, CancellationToken.None);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
