using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// The memory of one forward and backward pass on the current thread. What the backward pass needs lies on one stack until the
/// pass ends, what a computation needs for itself on another until its region ends; so a pass needs what its tensors need,
/// however the lengths of its sequences vary. Outside of a pass tensors come from the heap.
/// </summary>
internal sealed class StepMemory
{
    [ThreadStatic]
    private static StepMemory? _thread;

    private readonly Dictionary<ScalarType, MemoryStack> _kept = [];
    private readonly Dictionary<ScalarType, MemoryStack> _temporary = [];
    private bool _active;
    private bool _keeping;

    /// <summary>Begins a pass; its end releases everything.</summary>
    public static IDisposable Pass()
    {
        var memory = _thread ??= new StepMemory();
        if (memory._active)
            throw new InvalidOperationException("A pass is running on this thread already.");
        (memory._active, memory._keeping) = (true, true);
        return new Region(memory, wasKeeping: false, endsPass: true);
    }

    /// <summary>From here to the region's end tensors are temporary: the end releases them.</summary>
    public static IDisposable Temporaries() => Enter(keeping: false);

    /// <summary>From here to the region's end tensors live until the pass ends.</summary>
    public static IDisposable Kept() => Enter(keeping: true);

    /// <summary>A contiguous tensor of undefined content from the current region, or from the heap outside of a pass.</summary>
    public static Tensor Empty(ScalarType type, params long[] shape)
    {
        if (_thread is not { _active: true } memory)
            return empty(shape, dtype: type);
        return Stack(memory._keeping ? memory._kept : memory._temporary, type).Take(shape);
    }

    /// <summary>Like <see cref="Empty"/>, with the shape and type of another tensor.</summary>
    public static Tensor EmptyLike(Tensor tensor) => Empty(tensor.dtype, tensor.shape);

    /// <summary>Like <see cref="Empty"/>, filled with zeros.</summary>
    public static Tensor Zeros(ScalarType type, params long[] shape)
    {
        var tensor = Empty(type, shape);
        tensor.zero_();
        return tensor;
    }

    /// <summary>The matrix product, [rows, k] by [k, columns].</summary>
    public static Tensor Product(Tensor left, Tensor right)
    {
        var product = Empty(left.dtype, left.shape[0], right.shape[1]);
        // With beta 0 what was in the memory does not count, not even a NaN.
        product.addmm_(left, right, 0, 1);
        return product;
    }

    private static IDisposable Enter(bool keeping)
    {
        if (_thread is not { _active: true } memory)
            return Region.None;
        var region = new Region(memory, memory._keeping, endsPass: false);
        memory._keeping = keeping;
        return region;
    }

    private static MemoryStack Stack(Dictionary<ScalarType, MemoryStack> stacks, ScalarType type)
    {
        if (!stacks.TryGetValue(type, out var stack))
            stacks[type] = stack = new MemoryStack(type);
        return stack;
    }

    private sealed class Region : IDisposable
    {
        public static readonly Region None = new();

        private readonly StepMemory? _memory;
        private readonly bool _wasKeeping;
        private readonly bool _endsPass;
        private readonly (MemoryStack Stack, MemoryStack.Mark Mark)[] _marks = [];

        public Region(StepMemory memory, bool wasKeeping, bool endsPass)
        {
            (_memory, _wasKeeping, _endsPass) = (memory, wasKeeping, endsPass);
            // Temporaries of an enclosing temporary region stay; those of a region of kept tensors are the enclosing one's.
            if (!endsPass)
                _marks = [.. memory._temporary.Values.Select(stack => (stack, stack.Top))];
        }

        private Region()
        {
        }

        public void Dispose()
        {
            if (_memory is null)
                return;
            var leavesTemporaries = !_memory._keeping;
            _memory._keeping = _wasKeeping;
            if (_endsPass)
            {
                _memory._active = false;
                foreach (var stack in _memory._kept.Values.Concat(_memory._temporary.Values))
                    stack.Release(default);
            }
            else if (leavesTemporaries)
            {
                foreach (var (stack, mark) in _marks)
                    stack.Release(mark);
                foreach (var stack in _memory._temporary.Values.Except(_marks.Select(entry => entry.Stack)))
                    stack.Release(default);
            }
        }
    }
}
