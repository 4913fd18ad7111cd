namespace MnfstRag.Admin.Features.Environments;

/// <summary>What settings are applied to.</summary>
public enum ApplyTargetKind
{
    /// <summary>A .env file on the dashboard's machine.</summary>
    File,

    /// <summary>The secret of the product's guide in Vault's KV v2 engine: <c>secret/database</c> with <c>url</c> and <c>jwt_secret</c>.</summary>
    Vault,
}
