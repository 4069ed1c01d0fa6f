namespace FineTune.Build.Kernels;

/// <summary>What a compiler says about a kernel, or about itself.</summary>
/// <param name="File">The file, or empty where the compiler names none.</param>
/// <param name="Line">From 1; 0 where unknown.</param>
/// <param name="Column">From 1; 0 where unknown.</param>
/// <param name="IsError">An error, otherwise a warning.</param>
/// <param name="IsAboutCompiler">The compiler refused to run at all (a wrong option, an unknown architecture).</param>
/// <param name="Message">The compiler's own text.</param>
internal sealed record CudaDiagnostic(string File, int Line, int Column, bool IsError, bool IsAboutCompiler, string Message);
