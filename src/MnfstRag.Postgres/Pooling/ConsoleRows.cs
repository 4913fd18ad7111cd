using System.Text;

namespace MnfstRag.Postgres.Pooling;

/// <summary>RowDescription and DataRow. Values come as text in the simple query protocol.</summary>
internal static class ConsoleRows
{
    /// <summary>Bytes of a column's description behind its name: table, column, type, size, modifier, format.</summary>
    private const int Description = 18;

    /// <summary>Names of the columns.</summary>
    public static List<string> Columns(ConsoleMessage message)
    {
        var columns = new List<string>();
        for (int left = message.Int16(); left > 0; left--)
        {
            columns.Add(message.Text());
            message.Take(Description);
        }

        return columns;
    }

    /// <summary>One row.</summary>
    public static IReadOnlyList<string?> Row(ConsoleMessage message, int columns)
    {
        var row = new string?[message.Int16()];
        if (row.Length != columns)
        {
            throw new OutgoingFaultException("What answers sends rows that do not fit their own description. Check host and port of the PgBouncer address.");
        }

        for (var i = 0; i < row.Length; i++)
        {
            var length = message.Int32();
            row[i] = length < 0 ? null : Encoding.UTF8.GetString(message.Take(length));
        }

        return row;
    }
}
