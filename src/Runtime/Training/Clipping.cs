namespace FineTune.Training;

/// <summary>Clipping by the gradient's norm.</summary>
internal static class Clipping
{
    /// <summary>What every gradient is multiplied by: <c>min(1, largest / (norm + 1e-6))</c>, as PyTorch does it.</summary>
    /// <param name="norm">The L2 norm of all gradients together.</param>
    /// <param name="largest">The norm allowed; 0 does not clip.</param>
    public static double Factor(double norm, double largest) => largest <= 0 ? 1 : Math.Min(1, largest / (norm + 1e-6));
}
