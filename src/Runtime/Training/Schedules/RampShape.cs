namespace FineTune.Training.Schedules;

/// <summary>How the learning rate rises to a plateau, or falls from it.</summary>
internal enum RampShape
{
    Linear,
    Cosine,
    OneMinusSqrt,
}
