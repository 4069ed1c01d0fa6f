namespace FineTune.Training;

/// <summary>How often something is done, in steps.</summary>
internal static class StepInterval
{
    /// <summary>The steps that a recipe means: below 1 a share of all steps, rounded up.</summary>
    public static int Of(double asked, int totalSteps) => Math.Max(1, (int)(asked < 1 ? Math.Ceiling(totalSteps * asked) : asked));
}
