using Pixelis.Agents;

namespace Pixelis.Online.Updates;

/// <summary>
/// An instance of the model that can serve a version, with an agent over it. A publisher has two or more: while one serves, the next version is put
/// into another. Hosts share nothing that loading changes, so that episodes of one and loading of another may overlap.
/// </summary>
internal interface IPolicyHost
{
    /// <summary>The agent whose episodes are served.</summary>
    PixelisAgent Agent { get; }

    /// <summary>Takes the weights of a version. Nobody runs an episode on this host meanwhile.</summary>
    /// <param name="version">The version's name, for trajectories.</param>
    /// <param name="weights">The folder of its weights.</param>
    /// <exception cref="PixelisException">The weights do not fit. The host serves nothing until it is loaded again.</exception>
    void Load(string version, string weights);
}
