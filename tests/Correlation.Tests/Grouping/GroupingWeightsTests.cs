using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Correlation.Grouping;

namespace Correlation.Tests.Grouping;

/// <summary>The file of weights and the options that take their defaults from it say the same things.</summary>
public sealed class GroupingWeightsTests
{
    [Fact]
    public void Every_weight_of_the_options_is_in_the_shipped_file_and_nothing_else() => Assert.Equal(
        typeof(GroupingOptions).GetProperties().Where(property => property.PropertyType == typeof(double))
            .Select(property => property.Name).Order(StringComparer.Ordinal),
        GroupingWeights.Shipped.Weights.Keys);

    [Fact]
    public void The_options_start_with_the_shipped_values_each_within_its_range()
    {
        var options = new GroupingOptions();

        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        Assert.All(GroupingWeights.Shipped.Weights, weight =>
        {
            Assert.Equal(weight.Value, (double)typeof(GroupingOptions).GetProperty(weight.Key)!.GetValue(options)!);
            Assert.True(GroupingWeights.Allows(weight.Key, weight.Value));
        });
    }

    [Fact]
    public void The_shipped_file_says_what_it_was_learned_on()
    {
        var origin = GroupingWeights.Shipped.LearnedOn;

        Assert.NotEmpty(origin.Kinds);
        Assert.NotEmpty(origin.Seeds);
        Assert.NotEmpty(origin.Command);
        Assert.Contains("after", origin.Figures.Keys);
    }

    [Fact]
    public void A_file_that_was_written_is_read_as_it_was()
    {
        var read = GroupingWeights.Read(GroupingWeights.Shipped.Write());

        Assert.Equal(GroupingWeights.Shipped.Write(), read.Write());
        Assert.Equal(GroupingWeights.Shipped.Weights, read.Weights);
    }

    [Theory]
    [InlineData("\"Near\": 0.5", "\"Nearness\": 0.5", "The weight Near is missing.")]
    [InlineData("\"Near\": 0.5", "\"Near\": 0.5, \"Far\": 0.5", "There is no weight Far.")]
    [InlineData("\"Near\": 0.5", "\"Near\": -0.1", "The field Near must be between 0 and 10.")]
    [InlineData("\"Near\": 0.5", "\"Near\": 0.5, \"Near\": 0.6", "It is no file of weights")]
    [InlineData("\"seeds\": [7]", "\"seeds\": []", "It names no kinds or no seeds")]
    [InlineData("\"seeds\": [7],", "", "It is no file of weights")]
    [InlineData("{", "", "It is no file of weights")]
    public void A_file_that_cannot_be_followed_is_refused_with_the_reason(string part, string instead, string reason)
    {
        var weights = string.Join(", ", GroupingWeights.Names.Select(name => string.Create(
            CultureInfo.InvariantCulture, $"\"{name}\": 0.5")));
        var origin = """{ "kinds": ["diskFilling"], "seeds": [7], "command": "by hand", "figures": {} }""";
        var json = $$"""{ "version": "1", "learnedOn": {{origin}}, "weights": { {{weights}} } }""";
        Assert.Equal([7], GroupingWeights.Read(json).LearnedOn.Seeds);

        var error = Assert.Throws<InvalidDataException>(() => GroupingWeights.Read(json.Replace(part, instead)));

        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
    }
}
