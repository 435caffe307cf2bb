namespace Pixelis.Agents;

/// <summary>The look of a trajectory page, by day and by night.</summary>
internal static class TrajectoryStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --page: #f3f5f7; --card: #fff; --ink: #1a222d; --soft: #586575; --line: #dde3ea; --accent: #0b6bcb;
          --tool: #6f4fc4; --good: #1b7f4d; --bad: #b3261e; --call: #f4f2fb; --failed: #fdf0ef; --doubt: 240, 140, 0; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #12161c; --card: #1b212a; --ink: #e4e9f0; --soft: #9aa7b8; --line: #2d3642; --accent: #62aaf5;
            --tool: #b19bf2; --good: #57c98d; --bad: #ff8a80; --call: #221f30; --failed: #33201f; --doubt: 255, 150, 20; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        main { max-width: 1020px; margin: 0 auto; padding: 28px 20px 60px; }
        h1 { font-size: 23px; line-height: 1.3; margin: 0 0 6px; overflow-wrap: anywhere; }
        h2 { font-size: 12px; letter-spacing: .07em; text-transform: uppercase; color: var(--soft); margin: 0 0 6px; }
        small, .facts, .legend { color: var(--soft); font-weight: normal; letter-spacing: 0; text-transform: none; font-size: 13px; }
        .facts, .legend { margin: 0 0 6px; overflow-wrap: anywhere; }
        .turn, footer { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 8px; padding: 12px 16px 14px; margin: 14px 0; }
        .turn.assistant { border-left-color: var(--accent); }
        .turn.assistant > h2 { color: var(--accent); }
        .turn.tool { border-left-color: var(--tool); padding: 8px 16px; }
        .turn.tool > h2 { display: inline; }
        .turn.tool > details { display: inline-block; margin-left: 10px; vertical-align: top; max-width: 100%; }
        footer.answered { border-left-color: var(--good); }
        footer.ended { border-left-color: var(--bad); }
        .said { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
        .said span { background: rgba(var(--doubt), calc((1 - var(--p)) * .6)); }
        .legend .said > span { padding: 1px 4px; }
        .key { display: inline-block; width: 20px; height: 12px; margin: 0 3px 0 14px; vertical-align: -1px; }
        .key.box { border: 2px solid #ff3b30; }
        .key.mask { border: 2px solid #d81bff; background: rgba(216, 27, 255, .35); }
        .key.track { height: 0; border-top: 4px solid #ffd60a; vertical-align: 4px; outline: 1px solid #0008; }
        details { color: var(--soft); font-size: 13px; }
        summary { cursor: pointer; }
        .call { margin-top: 12px; padding: 10px 12px; background: var(--call); border-radius: 6px; border-left: 3px solid var(--tool); }
        .call.failed { background: var(--failed); border-left-color: var(--bad); }
        .call .head { display: flex; gap: 12px; justify-content: space-between; align-items: baseline; }
        .call .head small { white-space: nowrap; }
        .call.failed .head small { color: var(--bad); }
        .call code, .call pre { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; unicode-bidi: isolate; }
        .call code b { color: var(--tool); }
        .call.failed code b { color: var(--bad); }
        .call pre { margin: 6px 0 0; white-space: pre-wrap; max-height: 22em; overflow: auto; }
        .pictures { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 12px; margin-top: 10px; }
        figure { margin: 0; max-width: 100%; }
        figure svg { display: block; width: 100%; height: auto; border-radius: 4px; background: var(--line); overflow: hidden; }
        figcaption { color: var(--soft); font-size: 12.5px; line-height: 1.4; padding-top: 3px; overflow-wrap: anywhere; }
        .pixels { position: absolute; }
        .absent { fill: var(--line); }
        .mark, .now { fill: none; stroke: #ff3b30; stroke-width: 2.5; vector-effect: non-scaling-stroke; pointer-events: all; }
        .fine { stroke-width: 1; }
        .now { stroke: #ffd60a; }
        .region { fill: rgba(216, 27, 255, .35); stroke: #d81bff; stroke-width: 2.5; vector-effect: non-scaling-stroke; }
        .casing, .way { fill: none; stroke: #000a; stroke-width: 5; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
        .way { stroke: #ffd60a; stroke-width: 2.5; }
        .here { fill: #ffd60a; stroke: #000; stroke-width: 1; vector-effect: non-scaling-stroke; }
        .label { fill: #fff; stroke: #000c; stroke-linejoin: round; paint-order: stroke; font-family: system-ui, "DejaVu Sans", sans-serif; font-weight: 600; }
        .seen { flex-basis: 100%; }
        .seen svg { display: block; width: 100%; height: 8px; border-radius: 4px; }
        .visible { fill: var(--good); }
        .lost { fill: var(--bad); }
        .timings table { border-collapse: collapse; width: 100%; font-size: 13px; }
        .timings td { padding: 2px 10px 2px 0; vertical-align: middle; overflow-wrap: anywhere; color: var(--soft); }
        .timings td.time { text-align: right; white-space: nowrap; color: var(--ink); }
        .timings td.bars { width: 40%; }
        .timings td:first-child { white-space: nowrap; }
        .bars i { display: inline-block; height: 10px; vertical-align: middle; }
        .bars .model { background: var(--accent); }
        .bars .tools { background: var(--tool); }
        a { color: inherit; }
        .answer { font-size: 18px; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
        .error { color: var(--bad); overflow-wrap: anywhere; }
        @media print { body { background: #fff; } .turn, footer { break-inside: avoid; } }
        """;
}
