namespace FineTune.Training;

/// <summary>A file of training rows in a plan.</summary>
/// <param name="Path">The file.</param>
/// <param name="Weight">How often each of its rows is used in an epoch.</param>
/// <param name="Rows">Its rows, those that are held out aside.</param>
/// <param name="UsedRows">How many rows an epoch uses.</param>
public sealed record PlannedFile(string Path, double Weight, int Rows, int UsedRows);
