using System.Net;

namespace Eve.Agents.Shared;

/// <summary>How one request ended after its round over the ports. Failures are data: <see cref="Status"/>, <see cref="HttpCode"/> and <see cref="Error"/> tell which.</summary>
public sealed record ControllerAnswer
{
    /// <summary>None when the answer is good.</summary>
    public SenderStatus Status { get; init; }

    /// <summary>What the server said; 0 when none answered. A failure with 200 means a bad envelope or media type.</summary>
    public int HttpCode { get; init; }

    /// <summary>The message out of the envelope, or the body of an answer without one.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>The body as received: what lastconfig keeps.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>URL, port and cause of every attempt that failed; empty when the answer is good.</summary>
    public string Error { get; init; } = "";

    /// <summary>Every attempt, for the counters (<c>ConnectionMetrics</c>) and for nim's ports.</summary>
    public ValueList<ControllerAttempt> Attempts { get; init; }

    /// <summary>200, 201, 204 or 304, with a good envelope where there must be one.</summary>
    public bool Succeeded => Status == SenderStatus.None;

    /// <summary>A server answered, whatever it said.</summary>
    public bool Answered => HttpCode != 0;

    /// <summary>304: nothing new, no payload.</summary>
    public bool NotModified => HttpCode == (int)HttpStatusCode.NotModified;

    /// <summary>The answer came, and its envelope is bad: LED 15.</summary>
    public bool BadEnvelope => Status is SenderStatus.CertMiss or SenderStatus.SignVerifyFail or SenderStatus.AlgoFail or SenderStatus.HashSizeError;

    /// <summary>Nothing could be sent at all.</summary>
    internal static ControllerAnswer Unsent(string error) => new() { Status = SenderStatus.Failed, Error = error };
}

/// <summary>One attempt through one port and address.</summary>
/// <param name="IfName">The port.</param>
/// <param name="Source">Its address that was used.</param>
/// <param name="Url">Where to.</param>
/// <param name="Status">How it ended.</param>
/// <param name="HttpCode">What the server said; 0 if nothing.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="SentBytes">Size of the request's body.</param>
/// <param name="ReceivedBytes">Size of the answer's body.</param>
/// <param name="Duration">From the name look-up to the last byte.</param>
public sealed record ControllerAttempt(
    string IfName,
    string Source,
    string Url,
    SenderStatus Status = SenderStatus.None,
    int HttpCode = 0,
    string Error = "",
    long SentBytes = 0,
    long ReceivedBytes = 0,
    TimeSpan Duration = default);
