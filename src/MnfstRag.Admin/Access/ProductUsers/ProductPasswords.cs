using MnfstRag.Admin.Access.Passwords;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>Compares passwords with hashes that the product made, behind the same gate as local ones.</summary>
internal sealed class ProductPasswords(BCryptPasswordHasher hasher, HashingGate gate)
{
    /// <summary>Those whose password it is. An address that nobody has takes the time of one wrong password.</summary>
    /// <exception cref="HashingBusyException">Too many wait to be hashed.</exception>
    public async Task<IReadOnlyList<ProductCandidate>> CheckAsync(IReadOnlyList<ProductCandidate> candidates, string password)
    {
        if (candidates.Count == 0)
        {
            await PretendAsync(password);
        }

        var right = new List<ProductCandidate>();
        foreach (var one in candidates)
        {
            if (await gate.RunAsync(() => hasher.Verify(one.Account.Hash, password, one.Account.Id)))
            {
                right.Add(one);
            }
        }

        return right;
    }

    /// <summary>Fails after the time that a wrong password takes.</summary>
    public Task PretendAsync(string password) => gate.RunAsync(() => hasher.VerifyNobody(password));
}
