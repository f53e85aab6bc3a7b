using Eve.Demo;
using Eve.Footprint;

if (args is not [var zedbox, var controller, var image])
{
    Console.Error.WriteLine("Eve.Footprint ZEDBOX LocalController.dll IMAGE: what a zedbox costs, in a lab like the demo's (`make footprint`)");
    return 1;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
var lab = new Lab("evefoot", Path.GetFullPath("dist/footprint"));
return await new Measurement(lab, new Programs(Path.GetFullPath(zedbox), Path.GetFullPath(controller), Path.GetFullPath(image), Rate: null)).RunAsync(stop.Token);
