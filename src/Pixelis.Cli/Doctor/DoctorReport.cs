namespace Pixelis.Cli.Doctor;

/// <summary>What the doctor found.</summary>
/// <param name="Healthy">Whether nothing that the main job needs is missing.</param>
/// <param name="Findings">In the order they were looked at.</param>
internal sealed record DoctorReport(bool Healthy, IReadOnlyList<Finding> Findings)
{
    /// <summary>Looks at everything. A probe that fails reports that as its finding; the others still run.</summary>
    public static DoctorReport Examine()
    {
        // The tensor runtime comes first: loading it brings the BLAS in, which the later probes look for.
        Finding[] findings =
        [
            .. MachineProbe.Findings(),
            .. TensorProbe.Findings(),
            .. CudaProbe.Findings(),
            .. ImagingProbe.Findings(),
            .. TextReadingProbe.Findings(),
        ];
        return new DoctorReport(findings.All(finding => finding.State != FindingState.Missing), findings);
    }
}
