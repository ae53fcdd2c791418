using Correlation.Gateway;
using Correlation.Silo.Demo;
using Correlation.Silo.Hosting;

var builder = SettingsRegistration.CreateBuilder(args);
var settings = builder.AddSettings();
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
