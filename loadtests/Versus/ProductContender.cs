using System.Text.Json;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Versus;

/// <summary>This product, as one process with its embedded store. It answers once an alert is durable.</summary>
internal sealed class ProductContender : IContender
{
    private const int PageSize = 500;

    private readonly SiloProcess _silo;
    private readonly Door _door;
    private readonly ProductApi _api;

    private ProductContender(SiloProcess silo) =>
        (_silo, _door, _api) = (silo, new Door(silo.Address), new ProductApi(silo.Http));

    public int Id => _silo.Id;

    public static async Task<IContender> StartAsync(string folder) =>
        new ProductContender(await SiloProcess.StartAsync(folder, SiloProcess.ManyReads));

    public Task SendAsync(byte[] body) => _door.SendAsync(body);

    /// <summary>Every customer's symptoms, page by page: a symptom is an alert as the product shows it, with its state and the
    /// incident that it belongs to. They are read once the customers' books count enough: those cost little to ask.</summary>
    public async Task<int> ReadAsync(IReadOnlySet<string> wanted)
    {
        var customers = (await _api.GetAsync("ledger")).GetProperty("customers").EnumerateArray().ToList();
        var counted = customers.Sum(customer => customer.GetProperty("counts").GetProperty("symptoms").GetInt64());
        if (counted < wanted.Count) return (int)counted;
        var found = new HashSet<string>();
        foreach (var customer in customers.Select(customer => customer.GetProperty("customer").GetString()))
        {
            foreach (var tracked in await _api.ListAsync($"customers/{customer}/symptoms?limit={PageSize}"))
            {
                var key = KeyOf(tracked.GetProperty("symptom"));
                if (wanted.Contains(key)) found.Add(key);
            }
        }

        return found.Count;
    }

    /// <summary>Everything is behind its checkpoints.</summary>
    public async Task<bool> IsSettledAsync(long alerts)
    {
        var ledger = await _silo.LedgerAsync();
        return Figures.Behind(ledger) == 0 && Figures.Waiting(ledger) == 0 && Figures.Sum(ledger, "records") >= alerts;
    }

    public Task KillAsync() => _silo.KillAsync();

    public async ValueTask DisposeAsync()
    {
        _door.Dispose();
        await _silo.DisposeAsync();
    }

    /// <summary>The condition ends with the id of the rule.</summary>
    private static string KeyOf(JsonElement symptom)
    {
        var condition = symptom.GetProperty("condition").GetString()!;
        return TestAlert.KeyOf(symptom.GetProperty("resource").GetString()!, condition[(condition.LastIndexOf('/') + 1)..]);
    }
}
