/** One command as a shell completes it. */
export interface CompletionRow {
  readonly name: string;
  readonly summary: string;
  /** What may come first after its name. */
  readonly words: readonly string[];
  /** Without dashes. */
  readonly options: readonly string[];
}

const dashed = (options: readonly string[]): string => options.map((name) => `--${name}`).join(' ');

/** Where nothing of ours fits, files are offered: most values are their names. */
export const bashCompletion = (rows: readonly CompletionRow[]): string => `# bash completion of courant
_courant() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    words='${rows.map(({ name }) => name).join(' ')}'
  else
    case "\${COMP_WORDS[1]}" in
${rows.map(bashCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _courant courant
`;

const bashCase = ({ name, words, options }: CompletionRow): string =>
  `      ${name}) if [[ $current == -* ]]; then words='${dashed(options)}'; elif [[ $COMP_CWORD -eq 2 ]]; then words='${words.join(' ')}'; fi ;;`;

export const zshCompletion = (rows: readonly CompletionRow[]): string => `#compdef courant
_courant() {
  local -a names
  names=(
${rows.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  case $words[2] in
${rows.map(zshCase).join('\n')}
  esac
  _files
}
_courant "$@"
`;

const zshCase = ({ name, words, options }: CompletionRow): string =>
  `    ${name})
      if [[ $PREFIX == -* ]]; then compadd -- ${dashed(options)}; return; fi${
        words.length > 0 ? `\n      (( CURRENT == 3 )) && compadd -- ${words.join(' ')}` : ''
      }
      ;;`;

export const fishCompletion = (rows: readonly CompletionRow[]): string =>
  `# fish completion of courant\n${rows.flatMap(fishLines).join('\n')}\n`;

function fishLines({ name, summary, words, options }: CompletionRow): string[] {
  const within = `-n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c courant -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...(words.length > 0 ? [`complete -c courant ${within} -a '${words.join(' ')}'`] : []),
    ...options.map((option) => `complete -c courant ${within} -l ${option}`),
  ];
}

/** In single quotes, for every shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
