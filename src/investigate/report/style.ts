/** One page for screen and paper, in the colours of the system; languages by two radio buttons, without a script. */
export const style = `
:root{color-scheme:light dark;--line:light-dark(#d5dbe1,#3a4450);--soft:light-dark(#f4f6f8,#1b2129);--dim:light-dark(#56626e,#9aa7b4)}
*{box-sizing:border-box}
body{font:15px/1.55 system-ui,"Hiragino Sans","Noto Sans JP","Yu Gothic",sans-serif;margin:0 auto;max-width:72rem;padding:1.5rem}
h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:2px solid var(--line)}h3{font-size:1rem;margin:0}
table{border-collapse:collapse;width:100%;font-size:.9em}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--dim);font-weight:500}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code,td.t{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.88em}td.t{white-space:nowrap}
.card{border:1px solid var(--line);border-left:.4rem solid var(--c,var(--line));border-radius:.3rem;padding:.7rem 1rem;margin:.8rem 0;break-inside:avoid-page}
.critical{--c:#7d2ae8}.high{--c:#d13212}.medium{--c:#e07700}.low{--c:#2b7de9}
.level{color:#fff;background:var(--c);border-radius:.2rem;padding:.05rem .45rem;font-size:.8em;margin-right:.5rem;white-space:nowrap}
.dim{color:var(--dim)}.advice{background:var(--soft);padding:.5rem .8rem;border-radius:.3rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
.time{position:relative;height:1.1rem;background:var(--soft);min-width:8rem}.time i{position:absolute;top:.2rem;bottom:.2rem;min-width:3px;background:var(--c)}
details{margin:.5rem 0}summary{cursor:pointer}a{color:inherit}
nav label{cursor:pointer;color:var(--dim);margin-right:1rem}input[name=lang]{position:absolute;opacity:0}
#en:checked~* [lang=ja],#ja:checked~* [lang=en]{display:none}
#en:checked~nav label[for=en],#ja:checked~nav label[for=ja]{color:inherit;font-weight:600;text-decoration:underline}
#en:focus-visible~nav label[for=en],#ja:focus-visible~nav label[for=ja]{outline:2px solid}
@media print{body{font-size:11px;max-width:none;padding:0}nav{display:none}details::details-content{content-visibility:visible;display:block;height:auto}.card{border-color:#999}}
`;
