using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// The sum of all classes in one table each; `--filter *Keys*` runs some of them.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.WithOptions(ConfigOptions.DisableLogFile));
