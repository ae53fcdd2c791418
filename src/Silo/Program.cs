using Correlation.Gateway;
using Correlation.Silo.Demo;
using Correlation.Silo.Hosting;

// The configuration would take the argument after a switch without a value for its value.
var builder = WebApplication.CreateBuilder([.. args.Where(argument => argument != SettingsRegistration.DemoSwitch)]);
var settings = builder.AddSettings(args);
builder.AddStreamsAndStorage(settings);
builder.AddSilo(settings);
builder.AddTelemetry();
builder.Services.AddGateway();
if (settings.Demo) builder.AddDemo(settings);

var app = builder.Build();
app.MapGateway();
app.MapTelemetry();
app.MapStartLine(settings);
if (settings.Demo) app.MapDemo();
await app.RunAsync();
