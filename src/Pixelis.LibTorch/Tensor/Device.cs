namespace TorchSharp;

public static partial class torch
{
    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Shapes without data.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>A device by description, such as <c>cuda:1</c>.</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device by kind and index.</summary>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device by kind and index.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>The CUDA device of that number.</summary>
    public static Device device(int index) => new(index);

    /// <summary>A place where tensors live: kind and number. Two devices are compared by these, not by reference.</summary>
    public class Device
    {
        /// <summary>A device by description: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>meta</c>.</summary>
        /// <exception cref="ArgumentException">The description names no device.</exception>
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = ParseType(parts[0]);
            index = -1;
            if (parts.Length > 2)
                throw new ArgumentException($"'{description}' is no device; expected a form such as cpu, cuda or cuda:1.", nameof(description));
            if (parts.Length == 2)
                index = int.TryParse(parts[1], out int number) && number >= 0
                    ? number
                    : throw new ArgumentException($"'{description}' has no device number after the colon.", nameof(description));
        }

        /// <summary>A device by kind and number.</summary>
        public Device(string deviceType, int index = -1)
            : this(ParseType(deviceType), index)
        {
        }

        /// <summary>A device by kind and number.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The CUDA device of that number.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>Kind.</summary>
        public DeviceType type { get; }

        /// <summary>Number, -1 where the kind has only one.</summary>
        public int index { get; }

        /// <summary>As the native side wants it: kind in the high half, number + 1 in the low half.</summary>
        internal long Packed => ((long)type << 32) | (uint)((type == DeviceType.CPU ? -1 : index) + 1);

        internal static Device FromPacked(long packed) => new((DeviceType)(packed >> 32), (int)(packed & 0xFFFFFFFF) - 1);

        /// <summary>A device by description.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <inheritdoc />
        public override string ToString() =>
            type == DeviceType.CPU ? "cpu" : index < 0 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        private static DeviceType ParseType(string name) => name.ToLowerInvariant() switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            "mps" => DeviceType.MPS,
            "meta" => DeviceType.META,
            _ => throw new ArgumentException($"'{name}' is no kind of device; expected cpu, cuda, mps or meta.", nameof(name)),
        };
    }
}
