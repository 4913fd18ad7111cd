using System.Net;
using System.Text.RegularExpressions;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>Signs a person in through the page's own form, as a browser would send it.</summary>
internal static partial class SignIn
{
    private const string Path = "account/sign-in";

    /// <exception cref="InvalidOperationException">The page refused; the message has its beginning.</exception>
    public static async Task AsAsync(Uri address, CookieContainer cookies, string person, string password, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        var html = await http.GetStringAsync(new Uri(Path, UriKind.Relative), cancellationToken);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Input().Matches(FormOf(html)))
        {
            var name = Name().Match(input.Value).Groups["value"].Value;
            var type = Type().Match(input.Value).Groups["value"].Value;
            fields[name] = (type, name) switch
            {
                ("password", _) => password,
                (_, "Input.Name") => person,
                _ => WebUtility.HtmlDecode(Value().Match(input.Value).Groups["value"].Value),
            };
        }

        using var form = new FormUrlEncodedContent(fields);
        using var response = await http.PostAsync(new Uri(Path, UriKind.Relative), form, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
        {
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new InvalidOperationException($"Nobody was signed in ({response.StatusCode}): {answer[..Math.Min(2000, answer.Length)]}");
        }
    }

    // The one with the password: a page may have others.
    private static string FormOf(string html)
        => Form().Matches(html).Select(form => form.Value).FirstOrDefault(form => form.Contains("type=\"password\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException("The sign-in page has no form for a password.");

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*name=[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("name=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("type=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();

    [GeneratedRegex("value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
