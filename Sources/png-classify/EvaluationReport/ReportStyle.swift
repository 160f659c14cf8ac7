/// How a report looks: on light and on dark, on a telephone, on a wide screen and on paper.
let reportStyle = """
  :root {
    color-scheme: light dark;
    --ground: #ffffff; --card: #f4f6f9; --ink: #1b2733; --quiet: #55626f; --line: #d9e0e7;
    --accent: #1a67b8; --accent-parts: 26 103 184; --wrong: #b93a0a; --wrong-parts: 222 92 25;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ground: #10151b; --card: #19212a; --ink: #e6ebf1; --quiet: #a3b0bd; --line: #2d3843;
      --accent: #72b3f7; --accent-parts: 76 146 224; --wrong: #ff9d63; --wrong-parts: 214 96 36;
    }
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body {
    margin: 0; background: var(--ground); color: var(--ink);
    font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    font-variant-numeric: tabular-nums;
  }
  main { max-width: 68rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
  h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); line-height: 1.15; margin: 0 0 .6rem;
    letter-spacing: -.015em; overflow-wrap: anywhere; }
  h2 { font-size: 1.3rem; line-height: 1.25; margin: 0 0 .4rem; letter-spacing: -.01em; }
  h3 { font-size: 1rem; margin: 0 0 .5rem; }
  section { margin-top: 3.25rem; }
  p { margin: 0; max-width: 44rem; overflow-wrap: anywhere; }
  .lead { font-size: 1.1rem; }
  .note { color: var(--quiet); margin-bottom: 1.1rem; }
  .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
    gap: .9rem; margin: 2rem 0 0; padding: 0; }
  .tile { background: var(--card); border-radius: .6rem; padding: 1rem 1.15rem 1.05rem; }
  .tile dt { color: var(--quiet); font-size: .9rem; }
  .tile dd { margin: 0; }
  .tile .figure { font-size: 1.85rem; font-weight: 650; line-height: 1.3; letter-spacing: -.02em; }
  .tile .detail { color: var(--quiet); font-size: .85rem; line-height: 1.4; }
  .scroll { overflow-x: auto; }
  .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; }
  .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr));
    gap: 2rem 2.5rem; align-items: start; }
  .columns > * { min-width: 0; }
  .pair { display: flex; flex-wrap: wrap; gap: 2rem 3rem; align-items: flex-start; }
  .pair > * { min-width: 0; max-width: 100%; flex: 1 1 20rem; }
  .pair > .scroll { flex: 0 1 auto; }
  table { border-collapse: collapse; }
  caption { text-align: left; color: var(--quiet); font-size: .9rem; padding-bottom: .5rem; }
  th, td { padding: .35rem .6rem; text-align: right; white-space: nowrap; }
  th { font-weight: 600; }
  thead th { color: var(--quiet); font-size: .85rem; vertical-align: bottom; }
  th[scope=row], th.text, td.text { text-align: left; }
  .plain { width: 100%; }
  .plain tbody tr { border-top: 1px solid var(--line); }
  .matrix td, .matrix thead th { text-align: center; min-width: 2.9rem; }
  .matrix td { border: 2px solid var(--ground); border-radius: .3rem; padding: .4rem .3rem; }
  .matrix .right { background: rgb(var(--accent-parts) / calc(.1 + .42 * var(--heat))); }
  .matrix .taken { background: rgb(var(--wrong-parts) / calc(.08 + .42 * var(--heat))); }
  .matrix .none { color: var(--quiet); }
  .matrix .upright { writing-mode: vertical-rl; transform: rotate(180deg); padding: .2rem 0; }
  .bar { display: inline-block; width: 6.5rem; height: .55rem; border-radius: .3rem;
    background: var(--line); vertical-align: middle; margin-left: .6rem; overflow: hidden; }
  .bar span { display: block; height: 100%; background: var(--accent); border-radius: .3rem; }
  svg { display: block; width: 100%; height: auto; max-width: 34rem; overflow: visible; }
  svg text { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
  svg .axis { stroke: var(--quiet); stroke-width: 1; }
  svg .grid { stroke: var(--line); stroke-width: 1; }
  svg .ideal { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 2 4; }
  svg .column { fill: rgb(var(--accent-parts) / .75); }
  svg .whisker { stroke: var(--ink); stroke-width: 1.25; }
  svg .series { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round;
    stroke-linecap: round; }
  svg .dot { fill: var(--accent); stroke: none; }
  svg .series.validation { stroke: var(--wrong); stroke-dasharray: 6 5; }
  svg .dot.validation { fill: var(--wrong); }
  .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
    gap: 1.4rem 1.1rem; margin: 0; padding: 0; list-style: none; }
  .gallery.files { grid-template-columns: repeat(auto-fill, minmax(min(15.5rem, 100%), 1fr)); }
  figure { margin: 0; min-width: 0; }
  .pictures { display: flex; gap: .5rem; align-items: flex-end; }
  .pictures img { width: 7rem; height: 7rem; border-radius: .35rem; object-fit: contain;
    background: var(--card); border: 1px solid var(--line); min-width: 0; }
  .pictures .pixels { image-rendering: pixelated; }
  figcaption { font-size: .88rem; line-height: 1.4; margin-top: .45rem; overflow-wrap: anywhere; }
  figcaption .file { color: var(--quiet); font-size: .8rem; display: block; }
  .wrong { color: var(--wrong); font-weight: 600; }
  details { margin-top: 1rem; }
  summary { cursor: pointer; color: var(--accent); width: fit-content; }
  summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
  pre { overflow-x: auto; background: var(--card); border-radius: .6rem; padding: 1rem;
    font: .8rem/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
  footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line);
    color: var(--quiet); font-size: .88rem; }
  @media (max-width: 30rem) {
    main { padding: 1.75rem 1rem 3rem; }
    .bar { display: none; }
    .plain th, .plain td { padding: .35rem .3rem; }
    .matrix { font-size: .76rem; }
    .matrix td, .matrix thead th { min-width: 1.85rem; padding: .35rem .1rem; font-size: inherit; }
    .matrix th[scope=row] { padding-left: 0; }
    .gallery { grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); }
  }
  @media print { main { max-width: none; padding: 0; } section { break-inside: avoid; } }
  """
