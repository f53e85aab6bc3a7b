using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Ledmanager;

/// <summary>Shows by the machine's light how far the device has come, and by a second one how its apps are (device-agents.md 4.1).</summary>
public sealed partial class LedmanagerAgent(ILeds leds) : IAgent
{
    const string ProgressKey = "ledconfig";

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var progress = agent.Subscribe(GlobalTopics.LedBlinkCounter);
        var apps = agent.Subscribe(ZedmanagerTopics.AppInstanceSummary);
        var (device, green, red) = Take(agent.Log);
        var (count, countSince, app, appSince) = (LedBlinkCount.Undefined, TimeSpan.Zero, AppLight.Off, TimeSpan.Zero);
        bool? deviceOn = null;
        Lights? appOn = null;

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);

            if (Blinking.Count(network.Value, progress[ProgressKey]?.BlinkCounter ?? LedBlinkCount.Undefined) is var now && now != count)
                (count, countSince) = (now, agent.Elapsed);
            if (device.Length > 0)
            {
                var (on, time) = Blinking.Device((int)count, agent.Elapsed - countSince);
                if (on != deviceOn)
                    leds.Set(device, on);
                deviceOn = on;
                agent.WakeAt(agent.Elapsed + time);
            }

            if (Blinking.Of(apps.Value) is var shown && shown != app)
                (app, appSince) = (shown, agent.Elapsed);
            if (green.Length > 0)
            {
                var (lights, time) = Blinking.Apps(app, agent.Elapsed - appSince);
                if (lights.Green != appOn?.Green)
                    leds.Set(green, lights.Green);
                if (lights.Red != appOn?.Red)
                    leds.Set(red, lights.Red);
                appOn = lights;
                if (time is { } left)
                    agent.WakeAt(agent.Elapsed + left);
            }
        }
    }

    (string Device, string Green, string Red) Take(ILogger log)
    {
        var name = leds.HardwareModel();
        var model = LedModels.Of(name);
        var device = model.Leds.FirstOrDefault(led => leds.Take(led, model.Gpio)) ?? "";
        var hasAppLight = model.AppGreen.Length > 0 && leds.Take(model.AppGreen) && leds.Take(model.AppRed);
        Log.Shows(log, name, device.Length > 0 ? device : "none");
        return (device, hasAppLight ? model.AppGreen : "", hasAppLight ? model.AppRed : "");
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The light of a '{Model}': {Led}")]
        public static partial void Shows(ILogger log, string model, string led);
    }
}
