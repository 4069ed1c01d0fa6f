namespace FineTune.Templates;

/// <summary>A variable of a function of a template.</summary>
/// <param name="name">Its name in the template.</param>
/// <param name="owner">The function that has it.</param>
/// <param name="index">Its place among the function's variables.</param>
internal sealed class Slot(string name, TemplateCode owner, int index)
{
    public string Name { get; } = name;

    public TemplateCode Owner { get; } = owner;

    public int Index { get; } = index;
}
