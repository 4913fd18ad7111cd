namespace MnfstRag.Admin.Components;

/// <summary>How long pages whose browser is lost are kept, in case it comes back. Each costs some hundred KB. Section <c>Pages</c>.</summary>
public sealed class PagesOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Pages";

    /// <summary>How long a page is kept as it was. After that it is drawn anew, from its address. 1 second to 1 hour.</summary>
    public TimeSpan KeptWhenLost { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>So many are kept at most, those of all persons together; the oldest go first. 0 to 10,000.</summary>
    public int MostLost { get; set; } = 100;
}
