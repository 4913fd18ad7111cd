using System.Text;

namespace MnfstRag.Postgres.Tests.Validating.Files;

/// <summary>Makes texts that look like .env files, and are damaged in every way.</summary>
internal static class EnvTexts
{
    private static readonly string[] Pieces =
    [
        "DATABASE_URL", "DB_POOL_SIZE", "JWT_SECRET_KEY", "A", "b.c", "=", " = ", "'", "\"", "\\", "\\\"", "\\'", "#", " # c", "export ", "\n", "\r\n", "\r", " ", "\t", "${A}", "${B:-c}", "${", "}",
        "postgresql://u:p@h:1/d", "?sslmode=require", "20", "-1", "é", "😀", "\ufeff", "\0", "\u001f", "[PASSWORD]", "none",
    ];

    private const string Letters = "abc019 #'\"\\=$é:/@%\t.,;&()[]";

    public static string Next(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(30); length > 0; length--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }

    public static string Value(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)]));
}
