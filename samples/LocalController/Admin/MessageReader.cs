using System.Globalization;
using System.Text;
using Eve.Api.Info;
using Eve.Samples.Controller.Store;

namespace Eve.Samples.Controller.Admin;

/// <summary>Shows kept messages: as a JSON array, or as lines that go on while the caller listens.</summary>
static class MessageReader
{
    public static IResult Read(HttpContext http, MessageLog log, MessageKind kind)
    {
        var query = http.Request.Query;
        long? last = long.TryParse(query["last"], NumberStyles.None, CultureInfo.InvariantCulture, out var few) ? few : null;
        var type = query["type"].FirstOrDefault();
        if (query.ContainsKey("follow"))
            return Results.Stream(stream => FollowAsync(stream, log, kind, type, Math.Max(0, log.Count - (last ?? log.Count)), http.RequestAborted), "application/x-ndjson");
        if (query.ContainsKey("latest") && kind == MessageKind.Info)
            return Array(InfoKey.Latest(log.ReadAll(last)).Where(message => IsWanted(message, kind, type)), kind);
        return Array(log.ReadAll(last).Where(message => IsWanted(message, kind, type)), kind);
    }

    static IResult Array(IEnumerable<byte[]> messages, MessageKind kind) =>
        Results.Text("[\n" + string.Join(",\n", messages.SelectMany(kind.ToJsonLines)) + "\n]\n", "application/json");

    static async Task FollowAsync(Stream stream, MessageLog log, MessageKind kind, string? type, long after, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken);
        await foreach (var message in log.FollowAsync(after, cancellationToken))
        {
            if (!IsWanted(message, kind, type))
                continue;
            foreach (var line in kind.ToJsonLines(message))
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }

    static bool IsWanted(byte[] message, MessageKind kind, string? type) =>
        type is null || kind != MessageKind.Info || ZInfoMsg.Parser.ParseFrom(message).Ztype.ToString().Equals(type, StringComparison.OrdinalIgnoreCase);
}
