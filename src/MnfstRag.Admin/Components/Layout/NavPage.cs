namespace MnfstRag.Admin.Components.Layout;

/// <summary>A page of the navigation and of the command palette.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Path">Its route.</param>
/// <param name="Group">Heading it stands under.</param>
/// <param name="Icon">Css name of its icon.</param>
/// <param name="Permission">Without it the page would refuse: it is not shown.</param>
/// <param name="OfEnvironment">Shows one environment, so that links to it carry its name.</param>
/// <param name="Keywords">What else a person may type to find it.</param>
/// <param name="HasRange">Shows a stretch of time that a person chooses (<see cref="Time.PageRange"/>): the top bar has the picker.</param>
public sealed record NavPage(string Title, string Path, string Group, string Icon, string Permission, bool OfEnvironment, string Keywords, bool HasRange = false);
