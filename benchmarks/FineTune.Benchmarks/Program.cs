// Training speed and memory against what the machine can do:
//
//   dotnet run -c Release --project benchmarks/FineTune.Benchmarks              all shapes and methods, table and artifacts/benchmarks.json
//   dotnet run -c Release --project benchmarks/FineTune.Benchmarks -- 60m lora  one of them
//   dotnet run -c Release --project benchmarks/FineTune.Benchmarks -- 60m operations  each operation of one block
//   dotnet run -c Release --project benchmarks/FineTune.Benchmarks -- templates       chat templates: compiled, interpreted, by hand
//   dotnet run -c Release --project benchmarks/FineTune.Benchmarks -- generator       the generator's time for 1, 10 and 200 recipes
//   dotnet run -c Release --project benchmarks/FineTune.Benchmarks -- build           whole builds of as many, beside a project without the SDK
//
// Options: --dtype auto|float32|bfloat16 (default auto), --steps N, --assets FOLDER (where datasets/gsm8k is; default ../shared/assets).

using FineTune.Benchmarks;

var options = BenchmarkOptions.Parse(args);
return options switch
{
    { IsChild: true } => TrainingBenchmark.Run(options),
    { Method: "build" } => BuildBenchmark.Run(),
    { Method: "generator" } => GeneratorBenchmark.Run(),
    { Method: "templates" } => TemplateBenchmark.Run(options),
    { Method: "operations" } => OperationBenchmark.Run(options),
    _ => BenchmarkSuite.Run(options),
};
