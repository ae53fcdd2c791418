using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>Makes the calls of runs.</summary>
public interface IActionSender
{
    /// <summary>Makes a call once. Never throws for what the receiver or the network does: that is an answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="address">Where to; may be a secret: not for logs or answers.</param>
    /// <param name="cancel">Gives up waiting; the outcome is then unknown.</param>
    Task<ActionAnswer> SendAsync(ActionCall call, Uri address, CancellationToken cancel);
}
