using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Correlation.Resources;

namespace Correlation.Tests.Resources;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Errors(new ResourceOptions()));

    [Theory]
    [InlineData(nameof(ResourceOptions.Lateness), "00:00:59")]
    [InlineData(nameof(ResourceOptions.FlapGap), "-00:00:01")]
    [InlineData(nameof(ResourceOptions.Grace), "1.00:00:01")]
    [InlineData(nameof(ResourceOptions.ClaimReach), "8.00:00:00")]
    [InlineData(nameof(ResourceOptions.AlertTimeOut), "31.00:00:00")]
    [InlineData(nameof(ResourceOptions.LogErrorHold), "00:00:00")]
    [InlineData(nameof(ResourceOptions.MaxConditions), "0")]
    [InlineData(nameof(ResourceOptions.MaxFacts), "7")]
    [InlineData(nameof(ResourceOptions.MaxDedupKeys), "63")]
    [InlineData(nameof(ResourceOptions.MaxMetrics), "-1")]
    [InlineData(nameof(ResourceOptions.MaxKnownInstances), "4097")]
    public void A_bad_value_is_refused_with_its_name(string name, string value)
    {
        var options = new ResourceOptions();
        var property = typeof(ResourceOptions).GetProperty(name)!;
        property.SetValue(options,
            System.ComponentModel.TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(value));
        var error = Assert.Single(Errors(options));
        Assert.Equal([name], error.MemberNames);
        Assert.Contains(name, error.ErrorMessage!, StringComparison.Ordinal);
    }

    /// <summary>A range of whole numbers rounds what it judges, so that -0.4 passed for 0.</summary>
    [Fact]
    public void What_need_not_be_whole_is_not_judged_by_whole_numbers() => Assert.Empty(
        from type in typeof(ResourceOptions).Assembly.GetTypes()
        from property in type.GetProperties()
        where property.PropertyType == typeof(double)
            && property.GetCustomAttribute<RangeAttribute>() is { } range && range.OperandType != typeof(double)
        select $"{type.Name}.{property.Name}");

    private static List<ValidationResult> Errors(ResourceOptions options)
    {
        var errors = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true);
        return errors;
    }
}
