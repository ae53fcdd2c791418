using MudBlazor;

namespace Correlation.Gateway.Pages;

/// <summary>How the page looks: the system's own letters (nothing is fetched from elsewhere), few colours, dense.</summary>
internal static class Look
{
    private static readonly string[] Letters = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        Typography = new Typography 
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = ".8125rem", LineHeight = "1.4" },
        },
        PaletteLight = new PaletteLight
        {
            Primary = "#2b5d8a", AppbarBackground = "#f4f5f7", AppbarText = "#22272e", Background = "#ffffff",
            Surface = "#ffffff",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7fb2e5", AppbarBackground = "#1b1f24", AppbarText = "#d7dce2", Background = "#14171a",
            Surface = "#1b1f24",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "3px" },
    };
}
