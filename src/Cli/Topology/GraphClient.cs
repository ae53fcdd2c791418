using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Correlation.Cli.Topology;

/// <summary>Azure Resource Graph's REST API, with errors as exit codes. Nothing of it is logged, and no token is ever
/// said.</summary>
internal sealed class GraphClient
{
    private const string Path = "providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";
    private const int RowsPerPage = 1_000;
    private const int Retries = 5;

    private readonly AzureCloud _cloud;
    private readonly HttpPipeline _pipeline;

    public GraphClient(AzureCloud cloud, TokenCredential credential, HttpPipelineTransport transport)
    {
        _cloud = cloud;
        var options = new Options
        {
            Transport = transport,
            RetryPolicy = new RetryPolicy(Retries, new QuotaDelay()),
            Diagnostics = { IsLoggingEnabled = false, IsDistributedTracingEnabled = false, IsTelemetryEnabled = false },
        };
        _pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, cloud.Scope));
    }

    /// <summary>Asks for a page.</summary>
    /// <param name="scope">What is asked for.</param>
    /// <param name="query">The query.</param>
    /// <param name="skipToken">Where the page before ended; null for the first.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The page, and how long to wait before the next.</returns>
    /// <exception cref="CliException">It was refused, could not be reached, or is no page.</exception>
    public async Task<(GraphPage Page, TimeSpan Wait)> PageAsync(
        GraphScope scope, string query, string? skipToken, CancellationToken cancel)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(_cloud.Endpoint, Path));
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Content = RequestContent.Create(Body(scope, query, skipToken));
        await SendAsync(message, cancel);
        var answer = message.Response;
        if (answer.IsError) throw GraphErrors.Of(answer.Status, answer.Content);
        return (GraphPage.Read(answer.Content), QuotaDelay.After(answer));
    }

    private async Task SendAsync(HttpMessage message, CancellationToken cancel)
    {
        try
        {
            await _pipeline.SendAsync(message, cancel);
        }
        catch (AuthenticationFailedException error)
        {
            throw new CliException(ExitCode.Refused, "Azure knows nobody here: sign in (az login, for instance), or set "
                + $"AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate. {GraphErrors.Harmless(error.Message)}");
        }
        catch (Exception error)
            when (error is RequestFailedException or AggregateException or IOException or HttpRequestException)
        {
            throw new CliException(
                ExitCode.Unreachable, $"{_cloud.Endpoint} cannot be reached: {GraphErrors.Harmless(error.Message)}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Unreachable, $"{_cloud.Endpoint} did not answer in time.");
        }
    }

    private static byte[] Body(GraphScope scope, string query, string? skipToken)
    {
        var options = new Dictionary<string, object> { ["resultFormat"] = "objectArray", ["$top"] = RowsPerPage };
        if (skipToken is not null) options["$skipToken"] = skipToken;
        var body = new Dictionary<string, object> { ["query"] = query, ["options"] = options };
        if (scope.ManagementGroup is { } group) body["managementGroups"] = new[] { group };
        else body["subscriptions"] = scope.Subscriptions;
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private sealed class Options : ClientOptions;
}
