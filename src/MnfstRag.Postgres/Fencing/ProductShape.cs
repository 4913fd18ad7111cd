namespace MnfstRag.Postgres.Fencing;

/// <summary>Which of the product's two schemas a database has.</summary>
public enum ProductShape
{
    /// <summary>What the backend's own migrations make: enum types, chats, timestamps without time zone that hold UTC.</summary>
    Migrations,

    /// <summary>What the product's schema guide documents: lower-case words with CHECKs, no chats, row level security.</summary>
    Guide,
}
