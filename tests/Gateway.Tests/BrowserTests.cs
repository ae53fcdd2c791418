using Correlation.Contracts;
using Correlation.Gateway.Tests.Fakes;
using Correlation.Incidents;
using Microsoft.Playwright;

namespace Correlation.Gateway.Tests;

/// <summary>The pages in a real Chromium.</summary>
public sealed class BrowserTests(SharedHost shared) : IClassFixture<SharedHost>, IAsyncLifetime
{
    private const string Resource = "/resources?id=" + Some.DatabaseId;
    private readonly GatewayHost host = shared.Gateway;
    private readonly Cluster cluster = shared.Cluster;
    private Visit visit = null!;

    public async ValueTask InitializeAsync() => visit = await (await shared.BrowserAsync()).VisitAsync();

    public ValueTask DisposeAsync() => visit is null ? ValueTask.CompletedTask : visit.DisposeAsync();

    [Theory]
    [InlineData("/", "acme Ltd")]
    [InlineData("/incidents?status=all", "acme.i2")]
    [InlineData("/incidents?customer=acme", "Alerts that wait")]
    [InlineData("/incidents/acme.i1", "alert:orders down")]
    [InlineData(Resource, "live/0")]
    [InlineData("/customers/acme/shadow", "5.5 in shadow")]
    [InlineData("/customers/acme/shadow", "acme.i2")]
    [InlineData("/customers/acme/explain?one=vm1&other=printer", "printer is too far away.")]
    [InlineData("/customers/nobody/explain?one=vm1&other=printer", "Nothing is known of that here.")]
    [InlineData("/problems", "daily about 02:10 (Europe/Berlin)")]
    [InlineData("/remediations", "1 other passed")]
    [InlineData("/ledger", "every ledger balances")]
    [InlineData("/ledger", "TimeoutException, 3 times running")]
    [InlineData("/ledger", "the stream lost messages before they were read")]
    public async Task Every_page_shows_what_it_is_about_without_an_error_in_the_console(string address, string text)
    {
        var page = await OpenAsync(address);
        await page.GetByText(text).First.WaitForAsync();
        await visit.AssertQuietAsync();
        Assert.Empty(host.Log.Lines);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/incidents?status=all")]
    [InlineData("/incidents/acme.i1")]
    [InlineData(Resource)]
    [InlineData("/problems")]
    [InlineData("/remediations")]
    [InlineData("/customers/acme/shadow")]
    public async Task An_alert_named_like_a_script_is_shown_as_text_and_never_run(string address)
    {
        var page = await OpenAsync(address);
        await page.GetByText(Some.Script).First.WaitForAsync();
        Assert.Equal(0, await page.Locator("img[src=x]").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("() => window.hacked === undefined"));
    }

    [Fact]
    public async Task Acknowledging_on_the_page_changes_the_incident_and_the_page_shows_it()
    {
        cluster.Estate.Incidents["acme.page"] = Some.Incident("acme.page");
        var page = await OpenAsync("/incidents/acme.page");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await page.GetByText("acknowledged", new() { Exact = true }).WaitForAsync();
        var command = Assert.Single(cluster.Estate.Commands, c => c.Incident == "acme.page");
        Assert.Equal((IncidentVerb.Acknowledge, "local", 3L), (command.Verb, command.Actor, command.Version));
        cluster.Estate.Incidents.TryRemove("acme.page", out _);
    }

    [Fact]
    public async Task Asking_why_not_shows_every_term_and_hostile_text_as_text()
    {
        var page = await OpenAsync("/incidents/acme.i2");
        await page.GetByLabel("Resource, signal, alert").FillAsync("printer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Explain" }).ClickAsync();
        await page.GetByText("printer is too far away.").WaitForAsync();
        await page.GetByText("below threshold").WaitForAsync();
        await page.GetByText("the server contains the database").Last.WaitForAsync();
        await page.GetByText("alert:" + Some.Script).First.WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        await visit.AssertQuietAsync();
    }

    [Fact]
    public async Task Any_two_things_of_a_customer_are_explained_and_the_address_says_which()
    {
        var page = await OpenAsync("/customers/acme/explain");
        await page.GetByLabel("The one").FillAsync("live:1:0:4:1.0");
        await page.GetByLabel("The other").FillAsync("printer & more");
        await page.GetByRole(AriaRole.Button, new() { Name = "Explain" }).ClickAsync();
        await page.GetByText("printer & more is too far away.").WaitForAsync();
        await page.GetByText("the server contains the database").Last.WaitForAsync();
        Assert.EndsWith(
            "/customers/acme/explain?one=live%3A1%3A0%3A4%3A1.0&other=printer%20%26%20more", page.Url, StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        await visit.AssertQuietAsync();
    }

    [Fact]
    public async Task Approving_a_run_on_the_page_approves_it()
    {
        cluster.Estate.Runs["acme.page"] = Some.Run("acme.page") with { Action = "page-restart", Created = Some.Noon.AddDays(1) };
        var page = await OpenAsync("/remediations");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "page-restart" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await row.GetByText("approved", new() { Exact = true }).WaitForAsync();
        Assert.True(Assert.Single(cluster.Estate.Decisions, d => d.Run == "acme.page").Approve);
        cluster.Estate.Runs.TryRemove("acme.page", out _);
    }

    [Fact]
    public async Task The_customer_that_is_worst_comes_first_and_its_reason_leads_to_the_incident()
    {
        var before = cluster.Estate.Customers["acme"];
        cluster.Estate.Customers["acme"] = before with { Health = Customers.Health.Degraded };
        cluster.Estate.Customers["globex"] = before with
        {
            Customer = "globex", Name = "Globex", Why = ["incident globex.i1 of severity Error is open: " + Some.Script],
        };
        var page = await OpenAsync("/");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "globex.i1" });
        Assert.Equal("/incidents/globex.i1", await link.GetAttributeAsync("href"));
        Assert.Contains("Globex", await page.Locator("tbody tr").First.InnerTextAsync());
        cluster.Estate.Customers["acme"] = before;
        cluster.Estate.Customers["globex"] = Some.Health("globex");
    }

    [Fact]
    public async Task An_open_page_shows_what_happens_without_being_asked()
    {
        var page = await OpenAsync("/incidents");
        await page.GetByText("acme.i2").WaitForAsync();
        cluster.Estate.Incidents["acme.live"] = Some.Incident("acme.live", title: "It has just happened");
        await cluster.Client.GetGrain<IFeedGrain>(0).Publish(
            [new FeedEvent("incident", "acme", "acme.live", 1, "It has just happened", Some.Noon)]);
        await page.GetByText("It has just happened").WaitForAsync();
        cluster.Estate.Incidents.TryRemove("acme.live", out _);
    }

    [Fact]
    public async Task An_address_that_is_none_says_so()
    {
        var page = await OpenAsync("/no-such-page");
        await page.GetByText("There is no such page.").WaitForAsync();
    }

    private async Task<IPage> OpenAsync(string address)
    {
        await visit.Page.GotoAsync(new Uri(host.Address, address).ToString());
        return visit.Page;
    }
}
