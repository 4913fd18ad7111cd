namespace MnfstRag.Admin.Features.Connections;

/// <summary>What sessions are broken down by.</summary>
public enum SessionDimension
{
    Application,
    User,
    Client,
    Database,
}
