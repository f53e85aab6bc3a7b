using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Eve.Benchmarks;

if (args is ["persistent", .. var rest])
    await PersistentFigures.RunAsync(rest);
else    // The sum of all classes in one table each; `--filter *Keys*` runs some of them.
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.WithOptions(ConfigOptions.DisableLogFile));
