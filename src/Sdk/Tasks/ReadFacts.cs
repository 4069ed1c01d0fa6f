using FineTune.Facts;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace FineTune.Build.Tasks;

/// <summary>Reads what a model folder or the first rows of a data file say, for the generator, which looks at no files.</summary>
public sealed class ReadFacts : Task
{
    /// <summary>Whether the source is a model folder.</summary>
    public bool IsModel { get; set; }

    /// <summary>The source as the recipe names it.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The model folder or data file.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>Where the facts go.</summary>
    [Required]
    public string FactFile { get; set; } = "";

    /// <summary>Where a chat template goes that is no file of its own.</summary>
    [Required]
    public string TemplateFile { get; set; } = "";

    /// <summary>Written when all is read.</summary>
    [Required]
    public string Stamp { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            if (IsModel)
                ReadModel();
            else
                WrittenFile.Update(FactFile, DataFactsText.Write(DataSampler.Read(Source, Name)));
            File.WriteAllText(Stamp, "");
        }
        catch (FineTuneException e)
        {
            // Facts of an older state would only confuse.
            File.Delete(FactFile);
            var (file, line) = MessagePlace.Parse(e.Place ?? Source);
            Log.ReportError(e.Code, file, e.Message, line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.ReportError("FT3030", null, $"What '{Name}' looks like cannot be noted in '{FactFile}': {e.Message}");
        }

        return !Log.HasLoggedErrors;
    }

    private void ReadModel()
    {
        WrittenFile.Update(FactFile, ModelFactsText.Write(ModelFolderReader.Read(Source, Name)));
        if (ModelFolderReader.ReadChatTemplate(Source) is { } template)
            WrittenFile.Update(TemplateFile, template);
        else
            File.Delete(TemplateFile);
    }
}
