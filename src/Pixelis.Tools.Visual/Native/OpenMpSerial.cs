using System.Runtime.InteropServices;

namespace Pixelis.Tools.Visual.Native;

/// <summary>
/// Makes OpenMP regions that this thread enters run on this thread alone, until disposed of. Tesseract asks for four threads a
/// layer whatever the machine, which is slower than one and takes the model's cores; the variable OMP_THREAD_LIMIT, the usual
/// remedy, is read when libgomp loads, which is long past.
/// </summary>
internal readonly partial struct OpenMpSerial : IDisposable
{
    private readonly int _before;

    private OpenMpSerial(int before) => _before = before;

    internal static OpenMpSerial Enter()
    {
        try
        {
            int before = omp_get_max_active_levels();
            omp_set_max_active_levels(0);
            return new OpenMpSerial(before);
        }
        catch (DllNotFoundException)
        {
            return new OpenMpSerial(-1); // a tesseract built without OpenMP
        }
    }

    public void Dispose()
    {
        if (_before >= 0)
            omp_set_max_active_levels(_before);
    }

    [LibraryImport("libgomp.so.1")]
    private static partial int omp_get_max_active_levels();

    [LibraryImport("libgomp.so.1")]
    private static partial void omp_set_max_active_levels(int levels);
}
