using System.Text;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Decoding;

public sealed class ResourceIdsTests
{
    [Fact]
    public void Equal_ids_are_one_object_and_what_is_no_id_is_none()
    {
        var ids = new ResourceIds();
        var first = ids.Get("/subscriptions/S/resourceGroups/rg"u8);
        Assert.Same(first, ids.Get("/subscriptions/S/resourceGroups/rg"u8));
        Assert.NotSame(first, ids.Get("/subscriptions/s/resourcegroups/rg"u8));
        Assert.Null(ids.Get(""u8));
        Assert.Null(ids.Get(Encoding.UTF8.GetBytes("/" + new string('a', ResourceId.MaxLength * 7))));
    }

    /// <summary>More ids than there are places, so that threads push each other's out all the time.</summary>
    [Fact]
    public void Whatever_others_ask_at_the_same_time_the_answer_is_the_id_that_was_asked_for()
    {
        var ids = ResourceIds.Own();
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 40_000; i++)
            {
                var text = $"/subscriptions/s/resourceGroups/g{(i * (thread + 1)) % 9_001}";
                Assert.Equal(text, ids.Get(Encoding.UTF8.GetBytes(text))!.Display);
            }
        });
    }
}
