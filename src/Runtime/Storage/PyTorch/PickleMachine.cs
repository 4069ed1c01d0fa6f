using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace FineTune.Storage.PyTorch;

/// <summary>
/// Reads one pickle: the operations that build data, of protocols 2 to 5. Those that import or call are limited to
/// <see cref="PickleGlobals"/>; every other one is an error.
/// </summary>
internal sealed class PickleMachine
{
    private static readonly object Mark = new();
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PickleInput _input;
    private readonly PickleGlobals _globals;
    private readonly List<object> _stack = [];
    private readonly Dictionary<long, PickleValue> _memo = [];

    private PickleMachine(PickleInput input)
    {
        (_input, _globals) = (input, new PickleGlobals(input.Path));
    }

    /// <summary>Reads up to the end of the pickle.</summary>
    /// <exception cref="FineTuneException">FT5220: it is broken, or does more than describe data.</exception>
    public static PickleValue Read(PickleInput input) => new PickleMachine(input).Run();

    private PickleValue Run()
    {
        while (true)
        {
            var operation = _input.Byte();
            if (operation == '.')
                return Pop();
            Execute(operation);
        }
    }

    private void Execute(byte operation)
    {
        switch (operation)
        {
            case 0x80:
                if (_input.Byte() > 5)
                    throw Broken("its pickle is of a later protocol.");
                break;
            case 0x95:
                _input.Number(8); // A frame only says how much could be read at once.
                break;
            case (byte)'N':
                Push(new PickleValue.None());
                break;
            case 0x88 or 0x89:
                Push(new PickleValue.Boolean(operation == 0x88));
                break;
            case (byte)'J':
                Push(new PickleValue.Integer((int)(uint)_input.Number(4)));
                break;
            case (byte)'K' or (byte)'M':
                Push(new PickleValue.Integer(_input.Number(operation == 'K' ? 1 : 2)));
                break;
            case 0x8a or 0x8b:
                Push(new PickleValue.Integer(new BigInteger(_input.Bytes(_input.Number(operation == 0x8a ? 1 : 4)))));
                break;
            case (byte)'G':
                Push(new PickleValue.Float(BinaryPrimitives.ReadDoubleBigEndian(_input.Bytes(8))));
                break;
            case (byte)'X' or 0x8c or 0x8d:
                Push(new PickleValue.Text(Text(_input.Number(operation == 'X' ? 4 : operation == 0x8c ? 1 : 8))));
                break;
            case (byte)'U' or (byte)'T':
                Push(new PickleValue.Text(Text(_input.Number(operation == 'U' ? 1 : 4))));
                break;
            case (byte)'B' or (byte)'C' or 0x8e:
                Push(new PickleValue.Bytes(_input.Bytes(_input.Number(operation == 'B' ? 4 : operation == 'C' ? 1 : 8))));
                break;
            default:
                ExecuteStructure(operation);
                break;
        }
    }

    private void ExecuteStructure(byte operation)
    {
        switch (operation)
        {
            case (byte)'(':
                _stack.Add(Mark);
                break;
            case (byte)')':
                Push(new PickleValue.Tuple([]));
                break;
            case (byte)'t':
                Push(new PickleValue.Tuple(PopToMark()));
                break;
            case 0x85 or 0x86 or 0x87:
                var items = Enumerable.Range(0, operation - 0x84).Select(_ => Pop()).Reverse().ToList();
                Push(new PickleValue.Tuple(items));
                break;
            case (byte)']':
                Push(new PickleValue.List([]));
                break;
            case (byte)'}':
                Push(new PickleValue.Dictionary([], IsOrdered: false));
                break;
            case 0x8f:
                Push(new PickleValue.Set([]));
                break;
            case (byte)'a':
                var item = Pop();
                Peek<PickleValue.List>().Items.Add(item);
                break;
            case (byte)'e':
                var appended = PopToMark();
                Peek<PickleValue.List>().Items.AddRange(appended);
                break;
            case 0x90:
                var added = PopToMark();
                Peek<PickleValue.Set>().Items.AddRange(added);
                break;
            case (byte)'s':
                var (value, key) = (Pop(), Pop());
                Set(Peek<PickleValue.Dictionary>(), key, value);
                break;
            case (byte)'u':
                var entries = PopToMark();
                if (entries.Count % 2 != 0)
                    throw Broken("a dictionary has a key without a value.");
                for (var i = 0; i < entries.Count; i += 2)
                    Set(Peek<PickleValue.Dictionary>(), entries[i], entries[i + 1]);
                break;
            default:
                ExecuteReference(operation);
                break;
        }
    }

    private void ExecuteReference(byte operation)
    {
        switch (operation)
        {
            case (byte)'q' or (byte)'r':
                _memo[_input.Number(operation == 'q' ? 1 : 4)] = Peek<PickleValue>();
                break;
            case 0x94:
                _memo[_memo.Count] = Peek<PickleValue>();
                break;
            case (byte)'h' or (byte)'j':
                Push(_memo.TryGetValue(_input.Number(operation == 'h' ? 1 : 4), out var remembered) ? remembered : throw Broken("it refers to a value that is not there."));
                break;
            case (byte)'c':
                Push(_globals.Find(_input.Line(), _input.Line()));
                break;
            case 0x93:
                var (name, module) = (Pop(), Pop());
                Push(module is PickleValue.Text m && name is PickleValue.Text n ? _globals.Find(m.Value, n.Value) : throw Broken("it names something by no text."));
                break;
            case (byte)'R':
                var arguments = Pop() as PickleValue.Tuple ?? throw Broken("a call has no arguments.");
                Push(_globals.Call(Pop(), arguments.Items));
                break;
            case (byte)'b':
                var state = Pop();
                Peek<PickleValue.Dictionary>().Attributes = state is PickleValue.Dictionary ? state : throw Broken("the state of a dictionary is none.");
                break;
            case (byte)'Q':
                Push(_globals.Storage(Pop()));
                break;
            default:
                throw Broken($"its pickle has the operation {operation}, which no checkpoint of weights needs.");
        }
    }

    private static void Set(PickleValue.Dictionary dictionary, PickleValue key, PickleValue value) => dictionary.Items.Add(KeyValuePair.Create(key, value));

    private string Text(long length)
    {
        try
        {
            return Utf8.GetString(_input.Bytes(length));
        }
        catch (DecoderFallbackException)
        {
            throw Broken("a text in it is not UTF-8.");
        }
    }

    private void Push(PickleValue value)
    {
        if (_stack.Count > (1 << 22))
            throw Broken("its pickle has too many values.");
        _stack.Add(value);
    }

    private PickleValue Pop()
    {
        var value = _stack.Count > 0 ? _stack[^1] as PickleValue : null;
        if (value is null)
            throw Broken("its pickle takes more than it has.");
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private T Peek<T>()
        where T : PickleValue => _stack.Count > 0 && _stack[^1] is T value ? value : throw Broken("its pickle puts a value where it does not belong.");

    private List<PickleValue> PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
            throw Broken("its pickle takes more than it has.");
        var items = _stack.Skip(mark + 1).Cast<PickleValue>().ToList();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private FineTuneException Broken(string what) => PyTorchErrors.Broken(_input.Path, what);
}
