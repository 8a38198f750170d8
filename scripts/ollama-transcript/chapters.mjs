/** What stands before the chapters on the page. */
export const introduction = `# The ollama command

The command of Ollama, as it is, works with Billumy. It sends no key; so a service that it may use is started for this machine only:

\`\`\`sh
OPEN_LOOPBACK=1 npm start
export OLLAMA_HOST=127.0.0.1:8000
\`\`\`

Programs that run on this machine then need no key under \`/api\` and \`/v1\`, and may manage models; nobody else gets in
([why](decisions/0015-dialects-over-one-core.md)). Without \`OPEN_LOOPBACK=1\` every command is refused.

What follows was typed into \`ollama\` 0.33.0 (\`node scripts/ollama-transcript.mjs\` types it again, and compares). \`<id>\`, \`<size>\`,
\`<time>\` and \`<number>\` stand for what differs each time. What differs from Ollama on purpose is in [dialects.md](dialects.md).
`;

const modelfile = `cat > Modelfile <<'END'
FROM nano
SYSTEM Você responde em uma frase.
PARAMETER temperature 0
PARAMETER num_predict 60
PARAMETER stop "<fim>"
MESSAGE user Oi
MESSAGE assistant Olá!
END`;

/** Each step is a line, or a line whose model answers as it likes (\`free\`). */
export const chapters = [
  {
    title: 'What is there',
    text: '`nano` comes with the clone. `billumy` is the configured model, `billumy:documents` answers from the documents.',
    steps: [
      'ollama list',
      'ollama show nano',
      'ollama show billumy:documents',
      'ollama show billumy:documents --modelfile',
    ],
  },
  {
    title: 'Asking',
    text: 'An answer from documents comes in one piece, when it is known that its sources support it.',
    steps: [
      'ollama run billumy:documents "Qual é o prazo de entrega para Manaus?"',
      'echo "E para as capitais do Sudeste?" | ollama run billumy:documents',
      'ollama run billumy:documents "Quem ganhou a copa de 1958?"',
      'ollama run --verbose billumy:documents "Quanto custa o frete para Manaus?"',
      { line: 'ollama run nano "Olá"', free: true },
      'ollama ps',
    ],
  },
  {
    title: 'A persona',
    text: 'Made from a Modelfile, over the model that is loaded already.',
    steps: [
      modelfile,
      'ollama create frase -f Modelfile',
      'ollama show frase',
      'ollama show frase --modelfile',
      'ollama show frase --parameters',
      'ollama show frase --system',
      { line: 'ollama run frase --keepalive 10m "Olá"', free: true },
      'ollama cp frase outra',
      'ollama list',
      'ollama ps',
      'ollama stop frase',
      'ollama ps',
      'ollama rm frase outra',
      'ollama list',
    ],
  },
  {
    title: 'A persona over the documents',
    text: 'A persona over `billumy:documents` answers from documents too: what it says stays what the documents say, whatever its `SYSTEM`.',
    steps: [
      `printf 'FROM billumy:documents\\nSYSTEM Você atende os clientes da loja.\\n' > Atendente`,
      'ollama create atendente -f Atendente',
      'ollama show atendente --modelfile',
      'ollama run atendente "Qual é o prazo de entrega para Manaus?"',
      'ollama rm atendente',
    ],
  },
  {
    title: 'A model of one’s own',
    text: 'From a GGUF file, which is uploaded; not again when it is there already.',
    steps: [
      `printf 'FROM ./nano.gguf\\nPARAMETER temperature 0\\n' > Arquivo`,
      'ollama create meu -f Arquivo',
      'ollama create meu -f Arquivo',
      { line: 'ollama run meu "Olá"', free: true },
      'ollama rm meu',
    ],
  },
  {
    title: 'What does not work',
    text: 'Errors say what is wrong, most of them in the words of Ollama.',
    steps: [
      'ollama show nada',
      'ollama run nada "Olá"',
      'ollama pull nada',
      'ollama cp nada outro',
      'ollama stop nada',
      'ollama rm nada',
      'ollama rm nano',
      'ollama rm billumy',
      'ollama run nano --think "Olá"',
      `printf 'FROM nano\\nPARAMETER humor 1\\n' > Errado`,
      'ollama create errado -f Errado',
      'ollama create errado -f Modelfile --quantize q4_K_M',
      'ollama push nano',
      'ollama signin',
    ],
  },
];
