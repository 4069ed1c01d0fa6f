using FineTune.Build.Kernels;

namespace FineTune.Build.Tests.Kernels;

/// <summary>Lines as the compilers print them.</summary>
public sealed class CudaDiagnosticParserTests
{
    [Theory]
    // nvcc
    [InlineData("k.cu(12): error: expected a \";\"", "k.cu", 12, 0, true, "expected a \";\"")]
    [InlineData("k.cu(13): error #20: identifier \"x\" is undefined", "k.cu", 13, 0, true, "#20: identifier \"x\" is undefined")]
    [InlineData("/a b/k.cu(14): warning #177-D: variable \"y\" was declared but never referenced", "/a b/k.cu", 14, 0, false, "#177-D: variable \"y\" was declared but never referenced")]
    [InlineData("k.cu(3): catastrophic error: cannot open source file \"no.h\"", "k.cu", 3, 0, true, "cannot open source file \"no.h\"")]
    // clang with -fdiagnostics-format=msvc
    [InlineData("/src/k.cu(5,3): error: use of undeclared identifier 'blockId'", "/src/k.cu", 5, 3, true, "use of undeclared identifier 'blockId'")]
    [InlineData("/src/k.cu(5,3): warning: unused variable 'x' [-Wunused-variable]", "/src/k.cu", 5, 3, false, "unused variable 'x' [-Wunused-variable]")]
    [InlineData("/src/k.cu(1,10): fatal error: 'no.h' file not found", "/src/k.cu", 1, 10, true, "'no.h' file not found")]
    [InlineData(@"C:\a (b)\k.cu(5,3): error: expected ';'", @"C:\a (b)\k.cu", 5, 3, true, "expected ';'")]
    // the host compilers behind nvcc
    [InlineData("k.cu:5:3: error: 'x' was not declared in this scope", "k.cu", 5, 3, true, "'x' was not declared in this scope")]
    [InlineData(@"C:\k.cu:5:3: fatal error: no.h: No such file or directory", @"C:\k.cu", 5, 3, true, "no.h: No such file or directory")]
    // ptxas names no source
    [InlineData("ptxas error   : Entry function 'k' uses too much shared data (0x20000 bytes, 0xc000 max)", "", 0, 0, true, "Entry function 'k' uses too much shared data (0x20000 bytes, 0xc000 max)")]
    [InlineData("ptxas /tmp/k.ptx, line 12; fatal   : Parsing error near 'x': syntax error", "", 0, 0, true, "Parsing error near 'x': syntax error")]
    public void MessageAboutAKernel(string line, string file, int lineNumber, int column, bool isError, string message) =>
        Assert.Equal(new CudaDiagnostic(file, lineNumber, column, isError, IsAboutCompiler: false, message), CudaDiagnosticParser.Parse(line));

    [Theory]
    [InlineData("nvcc fatal   : Unsupported gpu architecture 'compute_10'", true, "Unsupported gpu architecture 'compute_10'")]
    [InlineData("nvcc warning : The 'compute_35' architecture is deprecated", false, "The 'compute_35' architecture is deprecated")]
    [InlineData("clang: error: unsupported CUDA gpu architecture: sm_10", true, "unsupported CUDA gpu architecture: sm_10")]
    [InlineData("/usr/bin/clang-14: error: unknown argument: '--no'", true, "unknown argument: '--no'")]
    public void MessageAboutTheCompiler(string line, bool isError, string message) =>
        Assert.Equal(new CudaDiagnostic("", 0, 0, isError, IsAboutCompiler: true, message), CudaDiagnosticParser.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("1 error generated when compiling for sm_70.")]
    [InlineData("/src/k.cu(4,7): note: previous definition is here")]
    [InlineData("In file included from /src/k.cu:1:")]
    [InlineData("          ^")]
    [InlineData("1 error detected in the compilation of \"k.cu\".")]
    public void OtherText_IsNoMessage(string line) => Assert.Null(CudaDiagnosticParser.Parse(line));
}
