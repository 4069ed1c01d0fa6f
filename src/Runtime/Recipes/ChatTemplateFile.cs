using FineTune.Prompts;
using FineTune.Prompts.Templates;
using FineTune.Templates;

namespace FineTune.Recipes;

/// <summary>A chat template in a file of the project's own.</summary>
internal static class ChatTemplateFile
{
    /// <summary>Reads a template, with the special tokens of a model.</summary>
    /// <exception cref="FineTuneException">FT5011: the file does not exist. FT5500: it is no template.</exception>
    public static ChatTemplate Read(string path, string modelFolder)
    {
        if (!File.Exists(path))
            throw new FineTuneException("FT5011", $"The file '{Path.GetFullPath(path)}' does not exist. 'data.chat_template' of the recipe names it, relative to the project's folder.", path);
        return ChatTemplate.Parse(Lexer.NormalizeNewlines(File.ReadAllText(path)), path).With(TemplateFolder.ReadTokens(modelFolder));
    }
}
