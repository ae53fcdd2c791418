using System.Collections.Immutable;
using System.Security.Claims;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Gateway.Access;
using Correlation.Gateway.Reads;

namespace Correlation.Gateway.Api;

/// <summary>Customers: health and maintenance windows.</summary>
internal static class CustomersApi
{
    /// <summary>The most maintenance windows a customer may have.</summary>
    public const int MostWindows = 500;

    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/customers", List).WithName("listCustomers").WithSummary("The customers and how they are now, by key.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/customers/{customer}/health", Health).WithName("getHealth")
            .WithSummary("One customer's health: since when, why, its resources by health, its open incidents.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/customers/{customer}/symptoms", Symptoms).WithName("listSymptoms")
            .WithSummary(
                "One customer's symptoms, newest first: open, loose (in no incident so far), waiting (those of them that are an "
                + "incident once they have lasted longer, see `waitsUntil`), suppressed or all (the default): all that "
                + "are kept: those that are not sealed, those of incidents that are kept, and for a day those that were "
                + "sealed alone.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/customers/{customer}/topology", Topology).WithName("listTopology")
            .WithSummary(
                "What depends on what at one customer, by the ids of both ends: each edge with its kind, who says it and since "
                + "which log time it counts. With `resource`, its own edges only.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/customers/{customer}/shadow", Shadow).WithName("getShadow")
            .WithSummary(
                "What a grouping in shadow would have decided for one customer, beside what was decided: the counts, what would "
                + "be otherwise now, and what would have been. It acts on nothing.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/maintenance", Windows).WithName("listMaintenance").WithSummary("A customer's maintenance windows.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/maintenance", SetWindows).WithName("setMaintenance")
            .WithSummary("Replaces a customer's maintenance windows.")
            .RequireAuthorization(Policies.Operator)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<Page<CustomerHealth>>> List(
        string? cursor, int? limit, ClaimsPrincipal user, CustomerReads reads, IOptions<GatewayOptions> options,
        CancellationToken cancel) =>
        TypedResults.Ok(await reads.ListAsync(Caller.Of(user), Asked.Cursor(cursor), Asked.Limit(limit, options), cancel));

    private static async Task<Results<Ok<CustomerHealth>, ProblemHttpResult>> Health(
        string customer, ClaimsPrincipal user, CustomerReads reads) =>
        await reads.HealthAsync(Caller.Of(user), customer) is { } health ? TypedResults.Ok(health)
            : Failures.NotFound("customer");

    private static async Task<Results<Ok<Page<TrackedSymptom>>, ProblemHttpResult>> Symptoms(
        string customer, string? place, string? cursor, int? limit, ClaimsPrincipal user, CustomerReads reads,
        IOptions<GatewayOptions> options) =>
        await reads.SymptomsAsync(
            Caller.Of(user), customer,
            new SymptomQuery(place ?? "all", Asked.Cursor(cursor), Asked.Limit(limit, options))) is { } page
            ? TypedResults.Ok(page)
            : Failures.NotFound("customer");

    private static async Task<Results<Ok<Page<TopologyEdge>>, ProblemHttpResult>> Topology(
        string customer, string? resource, string? cursor, int? limit, ClaimsPrincipal user, CustomerReads reads,
        IOptions<GatewayOptions> options)
    {
        var id = string.IsNullOrEmpty(resource) ? null : Asked.Resource(resource).Canonical;
        var query = new TopologyQuery(id, Asked.Cursor(cursor), Asked.Limit(limit, options));
        return await reads.TopologyAsync(Caller.Of(user), customer, query) is { } page
            ? TypedResults.Ok(page)
            : Failures.NotFound("customer");
    }

    private static async Task<Results<Ok<ShadowView>, ProblemHttpResult>> Shadow(
        string customer, ClaimsPrincipal user, CustomerReads reads) =>
        await reads.ShadowAsync(Caller.Of(user), customer) is { } view ? TypedResults.Ok(view) : Failures.NotFound("customer");

    private static async Task<Results<Ok<Page<MaintenanceWindow>>, ProblemHttpResult>> Windows(
        string customer, ClaimsPrincipal user, CustomerDirectory directory, IGrainFactory grains)
    {
        if (await directory.FindAsync(customer, Caller.Of(user)) is not { } key) return Failures.NotFound("customer");
        var windows = await grains.GetGrain<ICustomerGrain>(key.Value).Maintenance();
        return TypedResults.Ok(new Page<MaintenanceWindow>(windows, null));
    }

    private static async Task<Results<Ok<Page<MaintenanceWindow>>, ProblemHttpResult>> SetWindows(
        string customer, WindowsBody body, ClaimsPrincipal user, CustomerDirectory directory, IGrainFactory grains)
    {
        var caller = Caller.Of(user);
        if (await directory.FindAsync(customer, caller) is not { } key) return Failures.NotFound("customer");
        var windows = body.Checked();
        await grains.GetGrain<ICustomerGrain>(key.Value).SetMaintenance(windows, Asked.Actor(caller, body.Actor));
        return TypedResults.Ok(new Page<MaintenanceWindow>(windows, null));
    }

    /// <summary>The maintenance windows that replace those there are.</summary>
    /// <param name="Items">The windows.</param>
    /// <param name="Actor">Who sets them, where no key says so.</param>
    internal sealed record WindowsBody(ImmutableArray<WindowBody> Items, string? Actor = null)
    {
        public ImmutableArray<MaintenanceWindow> Checked()
        {
            if (Items.Length > MostWindows) throw new BadRequestException($"'items' must hold at most {MostWindows} windows.");
            return [.. Items.Select(i => i.Checked())];
        }
    }

    /// <summary>One maintenance window.</summary>
    /// <param name="From">From when.</param>
    /// <param name="Until">Until when.</param>
    /// <param name="Prefixes">The resource-id prefixes it covers; none for the whole customer.</param>
    /// <param name="Note">Why.</param>
    /// <param name="Id">Its id; made where there is none.</param>
    internal sealed record WindowBody(
        DateTimeOffset From, DateTimeOffset Until, ImmutableArray<string>? Prefixes = null, string? Note = null,
        string? Id = null)
    {
        public MaintenanceWindow Checked()
        {
            if (Until <= From) throw new BadRequestException("'until' of a window must be after its 'from'.");
            var prefixes = Prefixes ?? [];
            if (prefixes.Length > 100) throw new BadRequestException("'prefixes' of a window must hold at most 100.");
            return new MaintenanceWindow(
                string.IsNullOrEmpty(Id) ? Guid.NewGuid().ToString("n") : Asked.Bounded(Id, "id", 64),
                From,
                Until,
                [.. prefixes.Select(p => Asked.Resource(p).Canonical)],
                string.IsNullOrEmpty(Note) ? "" : Asked.Bounded(Note, "note", 1024));
        }
    }
}
