// Trains models/tiny-docs from nothing: first its tokenizer, then its weights. Both have their results in the repository.
//
//   dotnet run --project samples/PretrainDocs -- tokenizer     writes tokenizer.json from the text
//   dotnet run --project samples/PretrainDocs                  trains the weights by pretrain-docs.recipe.yaml
//
// A project without a Main gets one that does the second line alone; this one puts a step of its own before it.

using FineTune.App;
using PretrainDocs;

return args is ["tokenizer"]
    ? TokenizerTraining.Run("data/train.jsonl", "../../models/tiny-docs")
    : FineTuneApplication.Run(args, [new PretrainDocs.PretrainDocs()]);
