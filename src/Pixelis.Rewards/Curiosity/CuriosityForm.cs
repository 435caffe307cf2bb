namespace Pixelis.Rewards;

/// <summary>Which of Pixel-Reasoner's two formulas rewards curiosity.</summary>
public enum CuriosityForm
{
    /// <summary>As the paper says: <c>alpha * max(H - RaPR, 0)</c>.</summary>
    Paper,

    /// <summary>As the released training code does: <c>scale * max(H - RaPR, 0) / d / RaPR</c>, d by the kind of medium, bounded here.</summary>
    Released,
}
