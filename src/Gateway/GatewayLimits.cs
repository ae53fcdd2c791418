using System.Threading.RateLimiting;
using Correlation.Gateway.Access;
using Microsoft.AspNetCore.RateLimiting;

namespace Correlation.Gateway;

/// <summary>How much of the gateway one caller, and all of them together, may use.</summary>
internal sealed class GatewayLimits(IOptions<GatewayOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    private const int SecondsOfBurst = 10;

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
        // What takes signals in has a bound of its own.
        var isIntake =
            context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == Policies.IntakeLimit;
        if (isIntake || !context.Request.Path.StartsWithSegments("/api")) return RateLimitPartition.GetNoLimiter("");
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
