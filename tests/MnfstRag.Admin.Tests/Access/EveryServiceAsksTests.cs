using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;

namespace MnfstRag.Admin.Tests.Access;

/// <summary>Every public method of every service, called by nobody, is refused: a page that hides a button guards nothing.</summary>
public sealed class EveryServiceAsksTests
{
    [Fact]
    public async Task Every_public_method_of_every_service_refuses_a_caller_without_permissions()
    {
        await using var host = await AccessHost.StartAsync();
        await using var circuit = host.Services.CreateAsyncScope();
        ((IHostEnvironmentAuthenticationStateProvider)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(new())));
        var methods = Services().SelectMany(MethodsOf).ToList();
        List<string> unchecked_ = [];
        foreach (var method in methods)
        {
            var service = ActivatorUtilities.GetServiceOrCreateInstance(circuit.ServiceProvider, method.DeclaringType!);
            if (await InvokeAsync(service, method) is not PermissionDeniedException and var other)
            {
                unchecked_.Add($"{method.DeclaringType!.Name}.{method.Name}: {other?.GetType().Name ?? "went through"}");
            }
        }

        Assert.True(unchecked_.Count == 0, string.Join(Environment.NewLine, unchecked_));
        Assert.True(methods.Count > 15, $"only {methods.Count} methods were found");
        Assert.Equal(methods.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), await host.ScalarAsync("SELECT count(*)::text FROM audit.entries WHERE action = 'access.refused'"));
    }

    private static IEnumerable<Type> Services() => typeof(Permissions).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Service", StringComparison.Ordinal) && !type.IsSubclassOf(typeof(ComponentBase)))
        .Where(type => type == typeof(WatchService) || type == typeof(FindingsService) || type.Namespace!.StartsWith("MnfstRag.Admin.Features.", StringComparison.Ordinal));

    private static IEnumerable<MethodInfo> MethodsOf(Type service) => service
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName && method.Name is not (nameof(IDisposable.Dispose) or nameof(IAsyncDisposable.DisposeAsync)));

    private static async Task<Exception?> InvokeAsync(object service, MethodInfo method)
    {
        try
        {
            var arguments = method.GetParameters().Select(parameter => Any(parameter.ParameterType)).ToArray();
            switch (method.Invoke(service, arguments))
            {
                case Task task:
                    await task;
                    break;
                case { } stream when Enumerated(stream) is { } element:
                    await (Task)typeof(EveryServiceAsksTests).GetMethod(nameof(FirstAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                        .MakeGenericMethod(element).Invoke(null, [stream])!;
                    break;
                default:
                    break;
            }

            return null;
        }
        catch (TargetInvocationException fault)
        {
            return fault.InnerException;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return fault;
        }
    }

    private static Type? Enumerated(object stream) => stream.GetType().GetInterfaces()
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0];

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> stream)
    {
        await foreach (var _ in stream)
        {
            return;
        }
    }

    // Nothing looks at them before the permission was asked.
    private static object? Any(Type type) => type == typeof(string) ? "x" : type.IsValueType ? Activator.CreateInstance(type) : null;
}
