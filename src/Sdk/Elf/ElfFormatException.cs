namespace FineTune.Build.Elf;

/// <summary>A file that is not a well-formed 64-bit little-endian ELF image.</summary>
internal sealed class ElfFormatException(string message) : Exception(message);
