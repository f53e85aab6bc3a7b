# Eve for .NET. Everything below works in a fresh clone as root on Debian 12 with the .NET SDK 10, git and make.
.DEFAULT_GOAL := help
.PHONY: help build pack test test-long bench bench-bus footprint demo demo-stop deps clean

# zedbox is published again when anything below src, or what all projects share, is newer; folders count too, so that a deleted file is noticed.
SOURCES := $(shell find src \( -name bin -o -name obj \) -prune -o -print) Directory.Build.props Directory.Packages.props global.json

help:            ## this list
	@sed -n 's/^\([a-z-]*\): .*## /  make \1\t/p' Makefile | expand -t 20

build: dist/zedbox  ## dist/zedbox (NativeAOT) and one symbolic link per agent and tool beside it

dist/zedbox: $(SOURCES) eng/build.sh eng/dotnet.sh
	@eng/deps.sh build
	@eng/build.sh

pack:            ## Eve.Core, Eve.Api and Eve.Agents as NuGet packages in dist/packages
	@eng/pack.sh

test: build      ## everything that CI runs
	@eng/deps.sh test
	@eng/test.sh

test-long: build  ## what takes longer than CI has: fuzzing, kill series, 20 rounds
	@eng/deps.sh test
	@eng/test.sh long

bench:           ## the benchmarks (FILTER='*PubSub*' for some of them)
	@eng/bench.sh "$(FILTER)"

bench-bus:       ## the bus between processes, against raw sockets, NATS and Redis (installs their servers); ARGS=--json for machines
	@eng/bench-bus.sh $(ARGS)

footprint: build ## memory, start, idle time of zedbox, and how fast a second app follows
	@eng/deps.sh
	@eng/footprint.sh

demo:            ## a controller, a device, an app: from nothing to what the app answers
	@eng/demo.sh

demo-stop:       ## ends the demo that runs, or what KEEP=1 make demo left running
	@eng/demo.sh stop

deps:            ## installs the Debian packages that are missing
	@eng/deps.sh

clean:           ## removes everything that was built
	@find src tests samples benchmarks \( -name bin -o -name obj -o -name TestResults \) -type d -prune -exec rm -rf {} +
	@rm -rf dist/zedbox dist/image dist/packages/*.nupkg TestResults BenchmarkDotNet.Artifacts
	@find dist -maxdepth 1 -type l -delete
