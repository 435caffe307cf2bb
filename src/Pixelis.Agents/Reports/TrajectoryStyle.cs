namespace Pixelis.Agents;

/// <summary>The look of a trajectory page.</summary>
internal static class TrajectoryStyle
{
    public const string Css = """
        :root { color-scheme: light; --ink: #1c2430; --soft: #5c6878; --line: #dfe4ea; --accent: #0b6bcb; --bad: #c2352b; }
        * { box-sizing: border-box; }
        body { margin: 0; background: #f4f6f8; color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 980px; margin: 0 auto; padding: 24px; }
        h1 { font-size: 22px; margin: 0 0 4px; }
        h2 { font-size: 12px; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); margin: 0 0 6px; }
        small, .facts { color: var(--soft); font-weight: normal; letter-spacing: 0; text-transform: none; }
        .turn, footer { background: #fff; border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 8px; padding: 12px 16px; margin: 14px 0; }
        .turn.assistant { border-left-color: var(--accent); }
        .turn.tool { border-left-color: #7a5ccc; }
        .said { white-space: pre-wrap; overflow-wrap: anywhere; }
        .said span { background: rgba(240, 140, 0, calc((1 - var(--p)) * .55)); }
        .call { margin-top: 10px; padding: 8px 10px; background: #f0f4fa; border-radius: 6px; }
        .call.failed { background: #fdf0ef; }
        .call code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
        .call pre { margin: 6px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.4 ui-monospace, monospace; }
        .pictures { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 10px; }
        figure { margin: 0; max-width: 100%; }
        figure svg { display: block; max-width: 100%; height: auto; border-radius: 4px; border: 1px solid var(--line); }
        figcaption { color: var(--soft); font-size: 13px; }
        .mark { fill: none; stroke: #ff3b30; stroke-width: 2; vector-effect: non-scaling-stroke; }
        .region { fill: rgba(255, 59, 48, .28); stroke: #ff3b30; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        .way { fill: none; stroke: #ffd60a; stroke-width: 2; vector-effect: non-scaling-stroke; }
        .label { fill: #fff; stroke: #000; stroke-width: 3; paint-order: stroke; font-family: system-ui, sans-serif; }
        .answer { font-size: 18px; margin: 0; overflow-wrap: anywhere; }
        .error { color: var(--bad); }
        """;
}
