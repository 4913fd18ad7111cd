using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Components.Parts;
using MudBlazor;

namespace MnfstRag.Admin.Features.Users;

/// <summary>People with accounts: invite, roles, lock, reset. The open person is in the URL.</summary>
public sealed partial class UsersPage(UserService users, TenantBindingService tenants, NavigationManager navigation, IDialogService dialogs) : IDisposable
{
    private readonly PageLife _gone = new();
    private IReadOnlyList<UserRow>? _users;
    private OneTimeLinkShown? _link;
    private string? _fault;
    private string? _done;
    private bool _inviting;

    /// <summary>Id of the person in the side panel.</summary>
    [SupplyParameterFromQuery(Name = "user")]
    public string? UserId { get; set; }

    private UserRow? Shown => Guid.TryParse(UserId, out var id) ? _users?.FirstOrDefault(user => user.Id == id) : null;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => ReadAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private async Task ReadAsync() => _users = await users.ListAsync(_gone.Token);

    private void StartInvitation() => (_inviting, _link, _fault, _done) = (true, null, null, null);

    private async Task InviteAsync(InvitationDraft draft)
    {
        var result = await ApplyAsync(() => users.InviteAsync(draft.Name, draft.Roles, _gone.Token));
        if (result.Fault is null)
        {
            _inviting = false;
            Show(result, $"Invitation for {draft.Name.Trim()}");
        }
    }

    private async Task ResetAsync(UserRow user) =>
        Show(await ApplyAsync(() => users.ResetLinkAsync(user.Id, _gone.Token)), $"Password link for {user.Name}");

    private Task RolesAsync(UserRow user, IReadOnlyList<string> roles) => ChangeAsync(
        () => users.SetRolesAsync(user.Id, roles, _gone.Token),
        $"{user.Name} now holds: {(roles.Count == 0 ? "no role" : string.Join(", ", roles))}.");

    private Task TenantAsync(UserRow user, string? environment, Guid? tenant) => ChangeAsync(
        () => tenants.BindAsync(user.Id, environment, tenant, _gone.Token),
        tenant is null ? $"{user.Name} has no tenant now." : $"{user.Name} is limited to that tenant now.");

    private async Task LockAsync(UserRow user)
    {
        var locks = user.State != UserState.Locked;
        var action = locks ? $"Lock {user.Name}" : $"Unlock {user.Name}";
        var consequence = locks
            ? "Every way of signing in is closed to them, and open pages end within a minute."
            : "They can sign in again with what they had.";
        if (await dialogs.ConfirmAsync(new Confirmation($"{action}?", consequence, action, Critical: locks)))
        {
            await ChangeAsync(() => users.SetLockedAsync(user.Id, locks, _gone.Token), locks ? $"{user.Name} is locked." : $"{user.Name} can sign in again.");
        }
    }

    private async Task SecondFactorAsync(UserRow user)
    {
        var action = $"Remove the second factor of {user.Name}";
        if (await dialogs.ConfirmAsync(new Confirmation(
            $"{action}?",
            "Their authenticator app, recovery codes and passkeys stop working, and open pages end within a minute. The password alone lets them in until they set up another one: be sure that it is them who asks.",
            action)))
        {
            await ChangeAsync(() => users.ResetSecondFactorAsync(user.Id, _gone.Token), $"{user.Name} signs in with the password alone now.");
        }
    }

    private async Task RemoveAsync(UserRow user)
    {
        var action = $"Remove {user.Name}";
        if (await dialogs.ConfirmAsync(new Confirmation(
            $"{action}?",
            "The account is gone for good; what it did stays in the audit log under its name. To keep them out for a while, lock the account instead.",
            action)))
        {
            await ChangeAsync(() => users.RemoveAsync(user.Id, _gone.Token), $"{user.Name} is removed.");
        }
    }

    private async Task ChangeAsync(Func<Task<AccountResult>> change, string done)
    {
        if ((await ApplyAsync(change)).Fault is null)
        {
            _done = done;
        }
    }

    private async Task<AccountResult> ApplyAsync(Func<Task<AccountResult>> change)
    {
        (_link, _done) = (null, null);
        var result = await change();
        _fault = result.Fault;
        await ReadAsync();
        return result;
    }

    private void Show(AccountResult result, string title)
    {
        if (result.Token is { } token)
        {
            var url = navigation.GetUriWithQueryParameters(navigation.ToAbsoluteUri(AccountPaths.Invitation).ToString(), new Dictionary<string, object?>(StringComparer.Ordinal) { ["token"] = token });
            _link = new OneTimeLinkShown(title, url);
        }
    }

    private void Open(Guid id) => navigation.ReplaceQuery("user", id.ToString());

    private void Close() => navigation.ReplaceQuery("user", value: null);
}
