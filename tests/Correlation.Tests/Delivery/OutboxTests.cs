using System.Reflection;
using Correlation.Delivery;

namespace Correlation.Tests.Delivery;

public sealed class OutboxTests
{
    private readonly Outbox<string> _outbox = new();

    [Fact]
    public void An_entry_is_due_once_a_stored_row_holds_it_and_leaves_when_it_is_acknowledged()
    {
        Put("a", "1");
        Put("b", "2");
        Assert.Empty(_outbox.Due);
        _outbox.Stored(1);
        Assert.Equal(["1"], _outbox.Due.Select(entry => entry.Item));
        _outbox.Acknowledge([1]);
        Assert.Equal((1, 2L), (_outbox.Pending.Count, _outbox.Oldest));
    }

    [Fact]
    public void What_replaced_an_entry_while_it_was_sent_stays_and_is_not_due_before_it_is_stored()
    {
        Put("a", "1");
        _outbox.Stored(1);
        Put("a", "2");
        Assert.Empty(_outbox.Due);
        _outbox.Acknowledge([1]);
        Assert.Equal(["1+2"], _outbox.Pending.Select(entry => entry.Item));
        _outbox.Stored(2);
        Assert.Equal(["1+2"], _outbox.Due.Select(entry => entry.Item));
    }

    [Fact]
    public void What_no_stored_row_holds_cannot_be_acknowledged()
    {
        Put("a", "1");
        Put("b", "2");
        _outbox.Stored(1);
        Assert.Throws<DeliveryInvariantException>(() => _outbox.Acknowledge([1, 2]));
        Assert.Equal(2, _outbox.Pending.Count);
        Assert.Throws<DeliveryInvariantException>(() => _outbox.Stored(3));
    }

    [Fact]
    public void A_row_whose_numbers_do_not_ascend_is_not_taken()
    {
        Put("a", "1");
        Put("b", "2");
        _outbox.Loaded();
        Assert.Equal(2, _outbox.Due.Count());
        typeof(Outbox<string>).GetField("_last", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(_outbox, 1L);
        Assert.Throws<DeliveryInvariantException>(_outbox.Loaded);
    }

    private void Put(string key, string item) => _outbox.Put(key, item, (waiting, newer) => $"{waiting}+{newer}");
}
