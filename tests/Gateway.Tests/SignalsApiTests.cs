using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Correlation.Gateway.Tests.Fakes;
using Correlation.Streams;

namespace Correlation.Gateway.Tests;

public sealed class SignalsApiTests(Cluster cluster) : IAsyncLifetime
{
    private GatewayHost host = null!;
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(cluster,
            settings: [("Gateway:BodyBytes", "100000"), ("Gateway:MessageBytes", "2000")]);
        client = host.Client();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return host.DisposeAsync();
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData(" [ {\"a\":1}, {\"b\":2} ] ")]
    [InlineData("{\"records\":[{\"a\":1}]}")]
    [InlineData("{\"a\":1}\n{\"b\":2}\n")]
    [InlineData("this is not JSON")]
    [InlineData("{\"a\":")]
    public async Task Whatever_is_sent_goes_into_the_stream_byte_for_byte(string body)
    {
        var answer = await SendAsync(new StringContent(body));
        Assert.Equal([body], host.Streams.Texts);
        Assert.Equal(1, answer.GetProperty("messages").GetInt32());
    }

    [Theory]
    [InlineData(true, HttpStatusCode.TooManyRequests)]
    [InlineData(false, HttpStatusCode.ServiceUnavailable)]
    public async Task What_the_stream_does_not_take_is_not_accepted(bool isBusy, HttpStatusCode status)
    {
        host.Streams.Failure = isBusy
            ? new StreamBusyException("a secret of the stream") : new StreamUnavailableException("a secret of the stream");
        using var answer = await client.PostAsync("/api/v1/signals", new StringContent("{\"a\":1}"), Cancel);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_is_split_to_what_the_stream_takes_and_a_larger_record_refused()
    {
        host.Streams.MessageBytes = 300;
        var record = $"{{\"a\":\"{new string('x', 180)}\"}}";
        var answer = await SendAsync(new StringContent($"[{record},{record}]"));
        Assert.Equal(2, answer.GetProperty("messages").GetInt32());
        using var refused = await client.PostAsync(
            "/api/v1/signals", new StringContent($"{{\"a\":\"{new string('x', 400)}\"}}"), Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal(2, host.Streams.Messages.Count);
    }

    [Fact]
    public async Task What_stands_against_the_stream_is_told_to_whoever_asks_whether_it_is_ready()
    {
        host.Streams.Trouble = "There is no event hub 'signals'.";
        using var answer = await client.GetAsync("/readyz", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("no event hub", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_that_are_sent_at_once_do_not_get_into_each_other()
    {
        var sent = Enumerable.Range(0, 60).Select(number => $"{{\"{new string((char)('a' + (number % 26)), 70 * number)}\":1}}")
            .ToArray();
        await Task.WhenAll(sent.Select(body => SendAsync(new StringContent(body))));
        Assert.Equal(sent.Order(StringComparer.Ordinal), host.Streams.Texts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_body_whose_sender_gave_up_waiting_is_left_as_it_is_since_the_intake_may_still_read_it()
    {
        var body = $"{{\"{new string('a', 900)}\":1}}";
        host.Streams.Hold = new TaskCompletionSource().Task;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sending = client.PostAsync("/api/v1/signals", new StringContent(body), patience.Token);
        patience.CancelAfter(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        var left = await host.Streams.GivenUp.ReadAsync(Cancel);

        host.Streams.Hold = Task.CompletedTask;
        for (var other = 0; other < 40; other++) await SendAsync(new StringContent($"{{\"{new string('b', 900)}\":1}}"));

        Assert.Equal(body, Encoding.UTF8.GetString(left.Span));
    }

    [Fact]
    public async Task What_is_not_understood_is_accepted_by_the_stream_and_told_to_the_sender()
    {
        var answer = await SendAsync(new StringContent("this is not JSON"));
        Assert.Equal(0, answer.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal(0, rejected.GetProperty("index").GetInt32());
        Assert.Equal("notJson", rejected.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_is_stored_as_it_was_before(string encoding)
    {
        await SendAsync(Compressed("{\"a\":1}", encoding));
        Assert.Equal(["{\"a\":1}"], host.Streams.Texts);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_also_when_it_grows_beyond_it_only_by_decompression()
    {
        var large = new string('x', 100_001);
        foreach (var body in (HttpContent[])[new StringContent(large), Compressed(large, "gzip")])
        {
            var problem = await GatewayHost.ProblemAsync(PostAsync(body), HttpStatusCode.RequestEntityTooLarge);
            Assert.Contains(" 100000 bytes", problem.GetProperty("detail").GetString());
        }

        Assert.Empty(host.Streams.Messages);
    }

    [Fact]
    public async Task A_body_whose_compression_is_broken_or_unknown_is_refused()
    {
        var broken = new StringContent("{\"a\":1}");
        broken.Headers.ContentEncoding.Add("gzip");
        await GatewayHost.ProblemAsync(PostAsync(broken), HttpStatusCode.BadRequest);
        var unknown = new StringContent("{\"a\":1}");
        unknown.Headers.ContentEncoding.Add("zstd");
        await GatewayHost.ProblemAsync(PostAsync(unknown), HttpStatusCode.UnsupportedMediaType);
        await GatewayHost.ProblemAsync(PostAsync(new StringContent("")), HttpStatusCode.BadRequest);
        Assert.Empty(host.Streams.Messages);
    }

    [Theory]
    [InlineData("[", "]", ",")]
    [InlineData("{\"records\":[", "]}", ",")]
    [InlineData("", "", "\n")]
    public async Task A_large_body_is_split_between_its_records_and_none_is_lost(string open, string close, string between)
    {
        var records = Enumerable.Range(0, 100).Select(i => $"{{\"n\":{i},\"text\":\"{new string('ä', 50)}\"}}").ToList();
        var answer = await SendAsync(new StringContent(open + string.Join(between, records) + close));
        Assert.True(host.Streams.Messages.Count > 5);
        Assert.Equal(host.Streams.Messages.Count, answer.GetProperty("messages").GetInt32());
        Assert.All(host.Streams.Messages, m => Assert.True(m.Length <= 2000));
        Assert.All(host.Streams.Texts, t => Assert.True(t.StartsWith(open) && t.EndsWith(close)));
        var boundary = between == "\n" ? "\n" : "},";
        var stored = host.Streams.Texts.SelectMany(t => t.TrimEnd('\n')[open.Length..^close.Length].Split(boundary))
            .Select(r => r.EndsWith('}') ? r : r + "}");
        Assert.Equal(records, stored);
    }

    [Fact]
    public async Task A_record_larger_than_a_message_is_a_message_of_its_own()
    {
        var large = $"{{\"text\":\"{new string('x', 5000)}\"}}";
        await SendAsync(new StringContent($"[{{\"n\":1}},{large},{{\"n\":2}}]"));
        Assert.Equal(["[{\"n\":1}]", $"[{large}]", "[{\"n\":2}]"], host.Streams.Texts);
    }

    [Theory]
    [InlineData("{\"records\":[BIG],\"source\":\"x\"}")]
    [InlineData("{\"text\":\"BIG\"}")]
    [InlineData("{\n\"text\":\"BIG\"\n}")]
    [InlineData("[BIG")]
    [InlineData("BIG")]
    public async Task A_large_body_without_clear_boundaries_stays_whole(string form)
    {
        var body = form.Replace("BIG", string.Join(",", Enumerable.Repeat("123456789", 500)));
        await SendAsync(new StringContent(body));
        Assert.Equal([body], host.Streams.Texts);
    }

    [Fact]
    public async Task Signals_are_not_counted_against_a_callers_requests()
    {
        await using var strict = await GatewayHost.StartAsync(cluster, settings: [("Gateway:RequestsPerSecond", "1")]);
        using var sender = strict.Client();
        for (var i = 0; i < 40; i++)
            await GatewayHost.GoodAsync(sender.PostAsync("/api/v1/signals", new StringContent("{}"), Cancel));
        Assert.Equal(40, strict.Streams.Messages.Count);
    }

    [Fact]
    public async Task Beyond_the_bodies_taken_and_waiting_at_a_time_a_sender_is_told_to_come_again()
    {
        await using var narrow = await GatewayHost.StartAsync(cluster, settings: [("Gateway:IntakeAtOnce", "1")]);
        using var sender = narrow.Client();
        var gate = new TaskCompletionSource();
        narrow.Streams.Hold = gate.Task;
        var sent = Enumerable.Range(0, 3)
            .Select(_ => sender.PostAsync("/api/v1/signals", new StringContent("{}"), Cancel)).ToList();
        var refused = await await Task.WhenAny(sent);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        await GatewayHost.ProblemAsync(Task.FromResult(refused), HttpStatusCode.TooManyRequests);
        gate.SetResult();
        var answers = await Task.WhenAll(sent);
        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
    }

    [Fact]
    public async Task Records_are_counted_by_outcome_once_a_body()
    {
        var counted = new List<(long Count, object? Outcome)>();
        using var listener = new MeterListener();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "correlation.gateway.records" && instrument.Meter.Scope == meters)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => counted.Add((count, tags[0].Value)));
        listener.Start();
        await SendAsync(new StringContent("[{\"a\":1},{\"a\":1},{\"a\":1}]"));
        Assert.Equal([(0, "accepted"), (3, "rejected")], counted);
    }

    [Fact]
    public async Task A_signal_is_shown_with_its_fate_and_its_payload()
    {
        var signal = await GatewayHost.GoodAsync(client.GetAsync($"/api/v1/signals/{Some.At(2)}", Cancel));
        Assert.Equal("transition", signal.GetProperty("fate").GetString());
        Assert.Equal("{\"a\":\"ä\"}", signal.GetProperty("payloadText").GetString());
        Assert.Equal("{\"a\":\"ä\"}"u8.ToArray(), signal.GetProperty("payload").GetBytesFromBase64());
        Assert.Equal(Some.DatabaseId, signal.GetProperty("signal").GetProperty("resource").GetString());
        Assert.Equal("live:1:0:2:0.0", signal.GetProperty("signal").GetProperty("position").GetString());
    }

    [Fact]
    public async Task A_payload_is_cut_at_its_bound_between_letters_and_one_that_is_no_text_is_bytes_only()
    {
        var view = cluster.Estate.Signals[Some.At(2).ToString()];
        var large = Encoding.UTF8.GetBytes("x" + new string('ä', 200_000));
        cluster.Estate.Signals[Some.At(3).ToString()] = view with { Position = Some.At(3).ToString(), Payload = large };
        cluster.Estate.Signals[Some.At(4).ToString()] = view with
        {
            Position = Some.At(4).ToString(), Payload = [0xFF, 0xFE, 0, 1],
        };
        var cut = await GatewayHost.GoodAsync(client.GetAsync($"/api/v1/signals/{Some.At(3)}", Cancel));
        Assert.Equal(400_001, cut.GetProperty("payloadBytes").GetInt32());
        Assert.Equal(256 * 1024, cut.GetProperty("payload").GetBytesFromBase64().Length);
        Assert.Equal("x" + new string('ä', 131_071), cut.GetProperty("payloadText").GetString());
        var bytes = await GatewayHost.GoodAsync(client.GetAsync($"/api/v1/signals/{Some.At(4)}", Cancel));
        Assert.Equal(JsonValueKind.Null, bytes.GetProperty("payloadText").ValueKind);
    }

    [Fact]
    public async Task A_signal_that_is_not_there_or_a_position_that_is_none_is_a_problem()
    {
        await GatewayHost.ProblemAsync(client.GetAsync($"/api/v1/signals/{Some.At(99)}", Cancel), HttpStatusCode.NotFound);
        await GatewayHost.ProblemAsync(client.GetAsync("/api/v1/signals/live:1", Cancel), HttpStatusCode.BadRequest);
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content) => client.PostAsync("/api/v1/signals", content, Cancel);

    private Task<JsonElement> SendAsync(HttpContent content) => GatewayHost.GoodAsync(PostAsync(content));

    private static ByteArrayContent Compressed(string text, string encoding)
    {
        using var bytes = new MemoryStream();
        using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(bytes, CompressionLevel.Fastest),
            "br" => new BrotliStream(bytes, CompressionLevel.Fastest),
            _ => new ZLibStream(bytes, CompressionLevel.Fastest),
        })
            pack.Write(Encoding.UTF8.GetBytes(text));
        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }
}
