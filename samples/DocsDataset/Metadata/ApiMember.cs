namespace DocsDataset.Metadata;

/// <summary>A public or protected type or member of a reference assembly.</summary>
/// <param name="DocumentationId">Its id in the documentation file, such as <c>P:System.String.Length</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Namespace">The namespace of its type.</param>
/// <param name="Family">
/// The outermost type around it, with namespace and without the number of type parameters: <c>Func`1</c> and <c>Func`2</c>
/// are one family, as is a type with those nested in it. A family is in the training or in the test rows, never in both.
/// </param>
/// <param name="Name">Its name with its type's, such as <c>String.Length</c>.</param>
/// <param name="Signature">Its declaration, as IntelliSense shows it.</param>
internal sealed record ApiMember(string DocumentationId, ApiKind Kind, string Namespace, string Family, string Name, string Signature);
