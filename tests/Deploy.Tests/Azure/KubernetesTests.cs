using System.Text.RegularExpressions;
using Correlation.Deploy.Tests.Image;

namespace Correlation.Deploy.Tests.Azure;

/// <summary>deploy/kubernetes, as far as it can be judged without a cluster.</summary>
public sealed partial class KubernetesTests
{
    private static readonly KubernetesFile File = KubernetesFile.Read();

    [Fact]
    public void What_is_filled_in_is_an_output_of_the_Bicep_files()
    {
        var outputs = Output().Matches(Checkout.Read("deploy/azure/main.bicep"))
            .Select(match => Word().Replace(match.Groups[1].Value, "_$1").ToUpperInvariant()).ToList();

        Assert.All(
            KubernetesFile.Placeholders.Where(placeholder => placeholder != "VERSION"),
            placeholder => Assert.Contains(placeholder, outputs));
        Assert.All(
            KubernetesFile.Placeholders,
            placeholder => Assert.Contains(placeholder, Checkout.Read("docs/azure.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void No_container_is_root_or_may_become_it() => Assert.All(File.Containers, container =>
    {
        Assert.Equal("true", KubernetesFile.Scalar(container.Pod["securityContext"], "runAsNonRoot"));
        Assert.Equal("false", KubernetesFile.Scalar(container.Node["securityContext"], "allowPrivilegeEscalation"));
    });

    [Fact]
    public void Our_containers_listen_where_the_image_says()
    {
        var address = new Uri(Dockerfile.Read().Environment["ASPNETCORE_URLS"]);
        var own = File.Containers.Where(container => container.IsOwn).ToList();
        Assert.Equal(["silo", "gateway"], own.Select(container => container.Name));
        Assert.All(own, container =>
        {
            Assert.Equal(address, new Uri(container.Environment["ASPNETCORE_URLS"]));
            var ports = (YamlDotNet.RepresentationModel.YamlSequenceNode)container.Node["ports"];
            Assert.Contains($"{address.Port}", ports.Select(port => KubernetesFile.Scalar(port, "containerPort")));
        });
    }

    [Fact]
    public void A_process_has_longer_to_end_than_the_host_waits_for_it() => Assert.All(
        File.Containers.Where(container => container.IsOwn),
        container => Assert.InRange(
            int.Parse(
                KubernetesFile.Scalar(container.Pod, "terminationGracePeriodSeconds"),
                System.Globalization.CultureInfo.InvariantCulture),
            new Microsoft.Extensions.Hosting.HostOptions().ShutdownTimeout.TotalSeconds + 1, 600));

    [Fact]
    public void What_is_made_by_hand_is_described()
    {
        var wanted = Reference().Matches(KubernetesFile.Text).Select(match => match.Groups[1].Value).Distinct().ToList();
        var byHand = wanted.Except(File.Names("ConfigMap")).Order().ToList();

        Assert.Equal(["correlation", "files"], byHand);
        Assert.All(byHand, name => Assert.Matches(
            $@"kubectl create (secret generic|configmap) {name}\b", Checkout.Read("docs/azure.md")));
    }

    [Fact]
    public void The_account_that_Azure_trusts_is_the_one_of_the_pods()
    {
        Assert.Contains("system:serviceaccount:correlation:correlation", Checkout.Read("deploy/azure/cluster.bicep"),
            StringComparison.Ordinal);
        Assert.Equal(["correlation"], File.Names("Namespace"));
        Assert.Equal(["correlation"], File.Names("ServiceAccount"));
        Assert.All(File.Containers.Where(container => container.IsOwn), container =>
            Assert.Equal("correlation", KubernetesFile.Scalar(container.Pod, "serviceAccountName")));
    }

    [GeneratedRegex(@"(?m)^output (\w+) ")]
    private static partial Regex Output();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:configMapRef|secretKeyRef|configMap): \{ name: (\w+)")]
    private static partial Regex Reference();
}
