using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Gateway.Api;
using Correlation.Gateway.Live;
using Correlation.Incidents;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Correlation.Gateway.Pages;

/// <summary>A page that reads what it shows, and reads again when something happened or a while has passed.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource left = new();

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private IOptions<GatewayOptions> Options { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>Whether it has read once.</summary>
    public bool Loaded { get; private set; }

    /// <summary>What it could not do; null for nothing.</summary>
    public string? Failure { get; protected set; }

    /// <summary>How many items a page shows at most.</summary>
    protected int PageSize => Options.Value.PageSize;

    /// <summary>Who looks.</summary>
    private protected Caller Caller { get; private set; } = null!;

    /// <summary>Whether who looks may give commands.</summary>
    protected bool MayCommand => Caller is { IsOperator: true };

    /// <summary>Watches no more.</summary>
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync(CancellationToken cancel);

    /// <summary>Whether an event changes what the page shows.</summary>
    protected virtual bool Concerns(FeedEvent happened) => true;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Caller = Access.Caller.Of((await Authentication).User);
        _ = FollowAsync(left.Token);
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <summary>Reads again and says so if that fails; what was read before stays.</summary>
    protected async Task RefreshAsync()
    {
        if (left.IsCancellationRequested) return;
        try
        {
            await ReadAsync(left.Token);
            (Loaded, Failure) = (true, null);
        }
        catch (BadRequestException e)
        {
            Failure = e.Message;
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            Failure = "The cluster does not answer now; what is shown may be old.";
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    /// <summary>Gives a command and reads again.</summary>
    protected async Task<CommandAnswer> CarryAsync(Func<Task<CommandAnswer>> command)
    {
        if (!MayCommand) return Refused("This key may only look.");
        try
        {
            var answer = await command();
            await RefreshAsync();
            return answer;
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            return Refused("The cluster does not answer now; whether it was done is not known. Look again.");
        }
    }

    /// <summary>Says how a command ended where it was not done.</summary>
    protected void Say(CommandAnswer answer) => Failure = Words(answer) ?? Failure;

    /// <summary>How a command ended, in words; null where it was done.</summary>
    internal static string? Words(CommandAnswer answer) => answer.Outcome switch
    {
        CommandOutcome.Done => null,
        CommandOutcome.Stale => "It had changed meanwhile; look again.",
        CommandOutcome.NotFound => "It is not there any more.",
        _ => answer.Text,
    };

    private static CommandAnswer Refused(string why) => new(CommandOutcome.Refused, "", 0, why);

    private async Task FollowAsync(CancellationToken cancel)
    {
        var hub = (FeedHub)Services.GetService(typeof(FeedHub))!;
        using var watch = hub.Watch(Caller);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                await HeardAsync(watch, cancel);
                await Task.Delay(Options.Value.PageDelay, Clock, cancel);
                while (watch?.Events.TryRead(out _) is true)
                {
                    // One read shows them all.
                }

                await InvokeAsync(async () =>
                {
                    await RefreshAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (ObjectDisposedException)
        {
            // The page was left while it read.
        }
    }

    /// <summary>Waits until something happened that concerns the page, or it is time to read anyway.</summary>
    private async Task HeardAsync(FeedWatch? watch, CancellationToken cancel)
    {
        using var due = new CancellationTokenSource(Options.Value.PageRefresh, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancel);
        try
        {
            if (watch is null) await Task.Delay(Timeout.InfiniteTimeSpan, Clock, either.Token);
            else
                while (!Concerns(await watch.Events.ReadAsync(either.Token))) { }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nothing was heard; read anyway.
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            await Task.Delay(Options.Value.PageRefresh, Clock, cancel);
        }
    }
}
