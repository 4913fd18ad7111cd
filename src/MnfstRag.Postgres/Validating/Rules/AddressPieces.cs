using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>A faulty address taken apart, each piece judged in an address that is right otherwise.</summary>
/// <param name="Faults">Every piece's fault.</param>
/// <param name="Readable">The good pieces put together; null when they make no address.</param>
internal sealed record AddressPieces(IReadOnlyList<DatabaseUrlFault> Faults, DatabaseUrl? Readable)
{
    /// <summary>The pieces; null where the text is no address at all, or a sqlite one.</summary>
    public static AddressPieces? Of(string text)
    {
        var schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0 || text.StartsWith("sqlite", StringComparison.Ordinal))
        {
            return null;
        }

        var faults = new List<DatabaseUrlFault>();
        var rest = text[(schemeEnd + 3)..];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var parameters = query < 0 ? [] : rest[(query + 1)..].Split('&');
        rest = query < 0 ? rest : rest[..query];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.LastIndexOf('@');
        var scheme = Good([text[..schemeEnd]], piece => $"{piece}://h/d", faults);
        var login = Good(at < 0 ? [] : [$"{authority[..at]}@"], piece => $"postgresql://{piece}h/d", faults);
        var hosts = Good(authority[(at + 1)..].Split(','), piece => $"postgresql://{piece}/d", faults);
        var database = Good(slash < 0 ? [] : [rest[slash..]], piece => $"postgresql://h{piece}", faults);
        var options = Good(parameters, piece => $"postgresql://h/d?{piece}", faults);
        return new(faults, DatabaseUrl.Parse(
            $"{scheme.FirstOrDefault("postgresql")}://{string.Concat(login)}{string.Join(',', hosts)}{string.Concat(database)}?{string.Join('&', options)}").Url);
    }

    private static List<string> Good(IEnumerable<string> pieces, Func<string, string> address, List<DatabaseUrlFault> faults)
    {
        var good = new List<string>();
        foreach (var piece in pieces)
        {
            if (DatabaseUrl.Parse(address(piece)).Fault is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                good.Add(piece);
            }
        }

        return good;
    }
}
