using Correlation.Gateway;
using Correlation.Silo.Demo;
using Correlation.Silo.Hosting;

if (StartArguments.AskForHelp(args))
{
    await Console.Out.WriteLineAsync(StartArguments.Usage);
    return 0;
}

try
{
    StartArguments.Check(args);
    var builder = SettingsRegistration.CreateBuilder(args);
    var settings = builder.AddSettings();
    using var folder = DataFolder.Claim(settings);
    builder.AddProduct(settings);

    var app = builder.Build();
    app.CheckStart(settings);
    await app.Services.CheckStorageAsync();
    await app.Services.CheckStreamsAsync();
    app.MapGateway();
    app.MapTelemetry();
    app.MapStartLine(settings);
    if (settings.Demo) app.MapDemo();
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (StartRefusal.Of(error) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return StartRefusal.ExitCode;
}
