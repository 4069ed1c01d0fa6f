using FineTune.Tensors;

namespace FineTune.Tests.Tensors;

public sealed class ThreadTeamTests
{
    public ThreadTeamTests() => TorchLibrary.Load();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_part_runs_once(int parts)
    {
        var runs = new int[parts];
        for (var round = 0; round < 50; round++)
            ThreadTeam.Run(parts, part => Interlocked.Increment(ref runs[part]));
        Assert.All(runs, count => Assert.Equal(50, count));
    }

    [Fact]
    public void On_linux_the_threads_are_those_of_libtorch() => Assert.Equal(OperatingSystem.IsLinux(), ThreadTeam.IsShared);

    [Fact]
    public void What_a_part_throws_arrives_after_all_have_run()
    {
        var runs = 0;
        var exception = Record.Exception(() => ThreadTeam.Run(3, part =>
        {
            Interlocked.Increment(ref runs);
            if (part == 2)
                throw new InvalidDataException("part 2");
        }));
        Assert.Equal("part 2", (exception as AggregateException)?.InnerException?.Message ?? exception?.Message);
        Assert.Equal(3, runs);
    }

    [Fact]
    public void Threads_may_call_it_at_the_same_time()
    {
        var sum = 0;
        Parallel.For(0, 8, _ =>
        {
            for (var round = 0; round < 20; round++)
                ThreadTeam.Run(2, _ => Interlocked.Increment(ref sum));
        });
        Assert.Equal(8 * 20 * 2, sum);
    }
}
