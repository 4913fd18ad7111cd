using Microsoft.AspNetCore.Components;

namespace MnfstRag.Admin.Features.Users;

/// <summary>What an administrator may do with one account.</summary>
public sealed partial class UserPanel
{
    private IReadOnlyList<string> _roles = [];

    /// <summary>The person.</summary>
    [Parameter, EditorRequired]
    public UserRow User { get; set; } = null!;

    /// <summary>Other roles were chosen.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnRoles { get; set; }

    /// <summary>A tenant was chosen, or is to be taken away.</summary>
    [Parameter]
    public EventCallback<(string? Environment, Guid? Tenant)> OnTenant { get; set; }

    /// <summary>Lock or unlock.</summary>
    [Parameter]
    public EventCallback OnLock { get; set; }

    /// <summary>Make a link.</summary>
    [Parameter]
    public EventCallback OnReset { get; set; }

    /// <summary>Take the second factor away.</summary>
    [Parameter]
    public EventCallback OnSecondFactor { get; set; }

    /// <summary>Remove the account.</summary>
    [Parameter]
    public EventCallback OnRemove { get; set; }

    private bool Changed => !_roles.SequenceEqual(User.Roles, StringComparer.Ordinal);

    /// <inheritdoc />
    protected override void OnInitialized() => _roles = User.Roles;
}
