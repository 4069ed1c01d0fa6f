using FineTune.Build.Facts;

namespace FineTune.Build.Tests.Facts;

public sealed class CSharpFactSourcesTests
{
    [Theory]
    [InlineData("[BaseModel(\"m\")] class A;", "M m")]
    [InlineData("[Serializable, FineTune.Attributes.BaseModelAttribute ( \"m\" , DType = ModelDType.Auto)]", "M m")]
    [InlineData("[global::FineTune.Attributes.Dataset(\"t\", Test = \"e\", MaxLength = 5)]", "D t|D e")]
    [InlineData("[Dataset(@\"a\\b\"\"c\")] [BaseModel(\"\"\"x\"y\"\"\")]", "D a\\b\"c|M x\"y")]
    [InlineData("[Dataset(\"\\u0061\\x62\\t\\\"\\U0001F600\")]", "D ab\t\"😀")]
    [InlineData("// [BaseModel(\"no\")]\n/* [BaseModel(\"no\")] */ string s = \"[BaseModel(\\\"no\\\")]\";", "")]
    [InlineData("char c = '\"'; [BaseModel(\"m\")] class A; var t = $\"{\"[BaseModel(\"}\"; [Dataset(\"t\")]", "M m|D t")]
    [InlineData("var t = $@\"{a} \"\" [BaseModel(\"\"no\"\")]\"; var r = $$\"\"\"[Dataset(\"no\")]\"\"\";", "")]
    [InlineData("#region [BaseModel(\"no\")]\n#endregion\n", "")]
    [InlineData("[BaseModel(\"a\" + \"b\")] [Dataset(Names.Train, Test = nameof(x))]", "")]
    [InlineData("[Dataset(\"t\", Test = \"e\" + x, Other = \"no\")]", "D t")]
    [InlineData("var x = BaseModel(\"no\"); [Recipe<BaseModel, Dataset>] class R;", "")]
    [InlineData("[BaseModel(", "")]
    [InlineData("[BaseModel(\"open", "")]
    [InlineData("[BaseModel(\"\\", "")]
    [InlineData("[BaseModel(\"\\UFFFFFFFF\")]", "M \uFFFD")]
    public void NamesInAttributes(string code, string expected) => Assert.Equal(expected, YamlFactSourcesTests.Describe(CSharpFactSources.Find(code)));
}
