namespace Pixelis.Rewards;

/// <summary>How a last turn must give its answer.</summary>
public enum AnswerForm
{
    /// <summary>In any way that the agent's dialect finds.</summary>
    Any,

    /// <summary>In one <c>\boxed{...}</c> (Pixel-Reasoner).</summary>
    Boxed,

    /// <summary>In one <c>&lt;answer&gt;...&lt;/answer&gt;</c>.</summary>
    Tagged,

    /// <summary>The whole turn is <c>&lt;think&gt;...&lt;/think&gt; &lt;answer&gt;...&lt;/answer&gt;</c>, with one of each (Reason-RFT).</summary>
    ThinkThenAnswer,
}
