// Makes the data of the samples from the reference packs that every .NET SDK installs:
//
//   dotnet run -- rows  <folder to write to> <a pack's ref/net10.0 folder>...    signature and summary of each member
//   dotnet run -- kinds <folder to write to> <a pack's ref/net10.0 folder>...    the same, and what each type is, as separated values
//   dotnet run -- prose <folder to write to> <a pack's ref/net10.0 folder>...    the documentation as text

using DocsDataset;
using DocsDataset.Documentation;
using DocsDataset.Output;

if (args is not ["rows" or "kinds" or "prose", var output, _, ..])
{
    Console.Error.WriteLine("Usage: DocsDataset rows|kinds|prose OUTPUT-FOLDER PACK-FOLDER...");
    return 1;
}

try
{
    var members = ReferencePacks.Read(args[2..]);
    Directory.CreateDirectory(output);
    if (args[0] == "prose")
        ProseFiles.Write(members, output, Console.Out);
    else
        RowFiles.Write(members, output, Console.Out);
    if (args[0] == "kinds")
        KindFile.Write(members, output, Console.Out);
    return 0;
}
catch (DatasetException exception)
{
    Console.Error.WriteLine(exception.Report);
    return 1;
}
