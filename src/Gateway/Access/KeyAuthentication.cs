using System.Security.Claims;
using System.Text.Encodings.Web;
using Correlation.Gateway.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;

namespace Correlation.Gateway.Access;

/// <summary>Finds out who calls: by the header <c>X-Api-Key</c>, else by the page's sign-in cookie, else nobody; without any
/// configured key it is whoever sits at this machine.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string CookieScheme = "SignIn";
    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (keys.IsEmpty) return Success(Caller.Local);
        if (Request.Headers[Header] is [{ Length: > 0 } shown])
            return keys.Find(shown) is { } caller ? Success(caller) : AuthenticateResult.Fail("The API key is not known.");
        var cookie = await Context.AuthenticateAsync(CookieScheme);
        if (cookie.Principal?.Identity?.Name is not { } name) return AuthenticateResult.NoResult();
        return keys.Named(name) is { } signedIn ? Success(signedIn) : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Failures.IsForPrograms(Context))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = SchemeName;
        }
        else
        {
            Response.Redirect("/sign-in");
        }

        return Task.CompletedTask;
    }

    private AuthenticateResult Success(Caller caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller, Scheme.Name)),
            Scheme.Name));
}
