using Correlation.Fleet;
using Correlation.Problems;
using Correlation.Remediation;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static Correlation.Grains.Tests.Remediation.StageCluster;

namespace Correlation.Grains.Tests.Remediation;

public sealed class StoredStateTests
{
    private readonly StoredForm _form =
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    [Fact]
    public void Snapshots_of_every_stage_read_back_as_they_were()
    {
        var problems = new ProblemsState();
        foreach (var notice in new[] { Notice(1, Start), Notice(2, Start.AddDays(1)) })
        {
            foreach (var made in ProblemDecisions.Record(problems, notice, new ProblemOptions()))
            {
                problems.Apply(Stored<ProblemEvent>(made));
            }
        }

        var remediation = new RemediationState();
        var context = new RemediationContext(new FixedRules().Newest, new RemediationOptions(), Surroundings.None);
        foreach (var made in RunProposals.Consider(remediation, Notice(1, Start), context))
        {
            remediation.Apply(Stored<RemediationEvent>(made));
        }

        var fleet = new FleetState();
        foreach (var made in fleet.Record(Notice(1, Start, "contoso", "westeurope"))) fleet.Apply(Stored(made));

        var (p, r, f) = (Stored(problems), Stored(remediation), Stored(fleet));

        Assert.Equal(problems.Problems["contoso.p1"].Fingerprint.ToString(), p.Problems["contoso.p1"].Fingerprint.ToString());
        Assert.Equal((problems.Events, problems.Opened, problems.Now), (p.Events, p.Opened, p.Now));
        Assert.Equal(problems.Occurrences.Keys, p.Occurrences.Keys);
        Assert.Equal(remediation.Runs["contoso.r1"].IdempotencyKey, r.Runs["contoso.r1"].IdempotencyKey);
        Assert.Equal(remediation.Runs["contoso.r1"].Guards, r.Runs["contoso.r1"].Guards);
        Assert.Equal((remediation.Events, remediation.Made, remediation.Now), (r.Events, r.Made, r.Now));
        Assert.Equal(fleet.Scopes["region:westeurope"].Customers, f.Scopes["region:westeurope"].Customers);
        Assert.Equal(fleet.Scopes["region:westeurope"].Id, f.Scopes["region:westeurope"].Id);
    }

    private T Stored<T>(T value) => _form.Read<T>(_form.Write(value));
}
