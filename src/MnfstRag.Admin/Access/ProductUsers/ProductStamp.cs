using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>
/// Changes with a user's role, tenant and password, as a local account's security stamp does, and gives none of them away: what a session
/// keeps of them.
/// </summary>
internal static class ProductStamp
{
    public static string Of(ProductAccount account) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.Id}|{account.Tenant}|{account.Role}|{account.Hash}")));
}
