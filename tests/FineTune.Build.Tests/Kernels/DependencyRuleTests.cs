using FineTune.Build.Kernels;

namespace FineTune.Build.Tests.Kernels;

public sealed class DependencyRuleTests
{
    [Theory]
    [InlineData("/o/k.ptx: k.cu include/a.h \\\n  include/b.h\n", "k.cu", "include/a.h", "include/b.h")]
    [InlineData("/o/k.ptx: k.cu \\\r\n a.h\r\n", "k.cu", "a.h")]
    [InlineData("/o/my\\ k.ptx: /a\\ b/k.cu /c\\#/d.h /e$$f.h", "/a b/k.cu", "/c#/d.h", "/e$f.h")]
    [InlineData(@"C:\o\k.ptx: C:\src\k.cu C:\src\a.h", @"C:\src\k.cu", @"C:\src\a.h")]
    [InlineData("")]
    [InlineData("k.ptx:")]
    public void Read_GivesTheFiles(string rule, params string[] files) => Assert.Equal(files, DependencyRule.Read(rule));
}
