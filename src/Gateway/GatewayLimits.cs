using System.Threading.RateLimiting;
using Correlation.Gateway.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Correlation.Gateway;

/// <summary>How much of the gateway one caller, and all of them together, may use.</summary>
internal sealed class GatewayLimits(IOptions<GatewayOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    private const int SecondsOfBurst = 10;
    private const string SignalsPath = "/api/v1/signals";

    public void Configure(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            return ValueTask.CompletedTask;
        };
        limits.AddConcurrencyLimiter(Policies.IntakeLimit, o =>
        {
            o.PermitLimit = options.Value.IntakeAtOnce;
            o.QueueLimit = options.Value.IntakeAtOnce;
        });
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
    }

    private RateLimitPartition<string> Partition(HttpContext context)
    {
        var path = context.Request.Path;
        var free = !path.StartsWithSegments("/api") || (path == SignalsPath && HttpMethods.IsPost(context.Request.Method));
        if (free) return RateLimitPartition.GetNoLimiter("");
        return RateLimitPartition.GetTokenBucketLimiter(context.User.Identity?.Name ?? "nobody",
            _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.RequestsPerSecond * SecondsOfBurst,
            TokensPerPeriod = options.Value.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
    }
}
