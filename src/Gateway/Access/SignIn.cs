using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Correlation.Gateway.Access;

/// <summary>Lets a person show a key to the web page once; a cookie that holds its name, never the key, says so after
/// that.</summary>
internal static class SignIn
{
    private const string Form = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"><style>
        body{font:16px system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;color-scheme:light dark}
        form{display:grid;gap:.8rem;width:20rem} input,button{font:inherit;padding:.5rem}</style></head><body>
        <form method="post" action="/sign-in"><h1>Sign in</h1><label for="key">API key</label>
        <input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
        <button>Sign in</button>MESSAGE</form></body></html>
        """;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", () => Page("")).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/sign-in", Enter).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/sign-out", (Delegate)Leave).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> Enter([FromForm] string key, KeyRing keys, HttpContext context)
    {
        if (keys.Find(key) is not { } caller) return Page("<p role=\"alert\">This key is not known.</p>");
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], KeyAuthentication.CookieScheme);
        await context.SignInAsync(KeyAuthentication.CookieScheme, new ClaimsPrincipal(identity));
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> Leave(HttpContext context)
    {
        await context.SignOutAsync(KeyAuthentication.CookieScheme);
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static IResult Page(string message) => TypedResults.Text(Form.Replace("MESSAGE", message), "text/html");
}
