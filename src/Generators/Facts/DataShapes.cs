namespace FineTune.Facts;

/// <summary>Tells which of the field's shapes rows have, by their columns.</summary>
internal static class DataShapes
{
    public static DataShape Of(DataFacts facts)
    {
        if (Has("chosen") && Has("rejected"))
            return DataShape.Preference;
        // Half of such conversations are there to be avoided.
        if (Conversation(facts) is { } conversation)
            return facts.Columns.Any(column => column is { Name: "label", Kind: ColumnKind.Boolean }) ? DataShape.Labelled : conversation;
        if (Has("prompt") && Has("completion"))
            return Has("label") ? DataShape.Labelled : DataShape.PromptCompletion;
        if (Has("instruction") && Has("output"))
            return DataShape.Alpaca;
        return Has("text") ? DataShape.Text : DataShape.Other;

        bool Has(string name) => facts.Columns.Any(column => column.Name == name);
    }

    private static DataShape? Conversation(DataFacts facts)
    {
        foreach (var column in facts.Columns.Where(column => column is { Name: "messages" or "conversations" or "conversation", Kind: ColumnKind.List, Children.Count: 1 }))
        {
            var keys = column.Children[0].Children.Select(key => key.Name).ToList();
            if (keys.Contains("role") && keys.Contains("content"))
                return DataShape.Messages;
            if (keys.Contains("from") && keys.Contains("value"))
                return DataShape.ShareGpt;
        }

        return null;
    }
}
