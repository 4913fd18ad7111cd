namespace MnfstRag.Postgres.Checking;

/// <summary>Names that checks refer to each other by.</summary>
internal static class CheckNames
{
    public const string Reach = "reach";

    public const string SignIn = "sign-in";
}
