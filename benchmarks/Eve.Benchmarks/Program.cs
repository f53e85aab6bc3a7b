using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Eve.Benchmarks;
using Eve.Benchmarks.CrossProcess;

if (args is ["persistent", .. var rest])
    await PersistentFigures.RunAsync(rest);
else if (args is ["cross-process", .. var options])
    await CrossProcessFigures.RunAsync(options);
else if (args is ["cross-process-part", .. var part])
    await Part.RunAsync(part);
else    // The sum of all classes in one table each; `--filter *Keys*` runs some of them.
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.WithOptions(ConfigOptions.DisableLogFile));
