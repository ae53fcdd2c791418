using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>What is joined because one says the other's name, in the forms in which Azure says it.</summary>
public sealed class NamedTests
{
    private const string Group = "/subscriptions/s1/resourcegroups/";
    private const string Vault = Group + "sec/providers/microsoft.keyvault/vaults/kv-shop-01";
    private const string Site = Group + "web/providers/microsoft.web/sites/shop";
    private const string Workspace = Group + "ops/providers/microsoft.operationalinsights/workspaces/logs";
    private const string Tunnel = Group + "hub/providers/microsoft.network/connections/cn-ber";
    private const string Gateway = Group + "net/providers/microsoft.network/virtualnetworkgateways/vgw";

    [Fact]
    public void A_host_name_names_the_resource_that_is_called_by_its_first_label() => Together(
        Alert(Vault, 0, 30, rule: "failed requests"),
        Log(Site, 1, 30) with { Text = "Status: 403 (Forbidden) https://kv-shop-01.vault.azure.net/secrets/db" });

    [Fact]
    public void A_host_in_a_domain_of_Azure_names_its_resource_however_plain_the_name() => Together(
        Alert(Group + "sec/providers/microsoft.storage/storageaccounts/shopdata", 0, 30, rule: "throttled"),
        Log(Site, 1, 30) with { Text = "503 ServerBusy https://shopdata.blob.core.windows.net" });

    [Fact]
    public void The_host_of_a_server_names_its_databases() => Together(
        Alert(Database("orders", "sql-shop-01"), 0, 30, rule: "dtu"),
        Log(Site, 1, 30) with { Text = "Server: sql-shop-01.database.windows.net, timeout" });

    [Fact]
    public void A_dimension_names_a_resource() => Together(
        Symptom(Tunnel, ConditionKind.ResourceHealth, "resourcehealth", 0, 30),
        Alert(Gateway, 1, 30, rule: "bandwidth {connectionname=cn-ber}"));

    [Fact]
    public void An_alert_on_a_workspace_names_the_machine_that_it_is_about() => Together(
        Alert(Vm("vm-sql-00"), 0, 30, rule: "availability"),
        Alert(Workspace, 1, 30, rule: "heartbeat {computer=vm-sql-00.corp.example.net}"));

    [Fact]
    public void Two_machines_of_which_one_workspace_tells_do_not_contradict_each_other() => Together(
        Alert(Workspace, 0, 30, rule: "service {computer=vm-sql-00.corp.example.net}"),
        Alert(Workspace, 1, 30, rule: "errors {computer=vm-app-01}") with { Text = "cannot open the database on vm-sql-00" });

    [Fact]
    public void Two_machines_of_which_one_workspace_tells_are_not_one_resource() => Assert.Equal(2, new World().Report(
        Alert(Workspace, 0, 90, rule: "disk {computer=vm-sql-00}"),
        Alert(Workspace, 12, 90, rule: "service {computer=vm-app-01}")).Real.Count);

    [Fact]
    public void The_type_of_an_exception_is_no_name()
    {
        const string Text = "Microsoft.Data.SqlClient.SqlException: ";
        Assert.Equal(2, new World().Report(
            Alert(Site, 0, 90) with { Text = Text + "one thing went wrong" },
            Alert(Vm("vm-app-01"), 12, 90, rule: "errors") with { Text = Text + "that is another" }).Real.Count);
    }

    [Fact]
    public void What_lies_in_the_group_that_Azure_manages_for_a_cluster_is_part_of_it() => Together(
        Alert(Group + "shop/providers/microsoft.containerservice/managedclusters/aks-shop", 0, 30, rule: "pods"),
        Alert(Group + "mc_shop_aks-shop_westeurope/providers/microsoft.compute/virtualmachinescalesets/aks-user", 1, 30));

    private static Symptom Log(string resource, double start, double end) =>
        Symptom(resource, ConditionKind.LogError, "log:errors", start, end) with { Severity = Severity.Error, Title = "errors" };

    private static void Together(Symptom one, Symptom other) =>
        Assert.Contains(other.Id, new World().Report(one, other).MembersOf(one));
}
