import type {Shell} from '../options/command-words.ts';

/**
 * Each script runs `ktop complete -- WORDS` to complete the last word. The output is one line for each candidate,
 * `word<Tab>description`, or only `:files`.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
	// Works with bash 3.2, as macOS has it: no mapfile, no negative indices.
	bash: String.raw`# ktop completion bash; in ~/.bashrc: source <(ktop completion bash)
_ktop() {
	local words current line
	read -r -a words <<<"${'$'}{COMP_LINE:0:COMP_POINT}"
	[[ "${'$'}{COMP_LINE:0:COMP_POINT}" == *[[:space:]] ]] && words+=('')
	current="${'$'}{words[${'$'}{#words[@]}-1]}"
	COMPREPLY=()
	while IFS= read -r line; do
		if [[ "$line" == ':files' ]]; then
			compopt -o filenames 2>/dev/null
			while IFS= read -r line; do
				COMPREPLY+=("$line")
			done < <(compgen -f -- "$current")
			return
		fi
		line="${'$'}{line%%$'\t'*}"
		[[ "$line" == "$current"* ]] && COMPREPLY+=("$line")
	done < <("$1" complete -- "${'$'}{words[@]:1}" 2>/dev/null)
	if [[ ${'$'}{#COMPREPLY[@]} -eq 1 && "${'$'}{COMPREPLY[0]}" == *[:/] ]]; then
		compopt -o nospace 2>/dev/null
	fi
	# Bash completes what follows the last of these, and not the whole word.
	local prefix="${'$'}{current%"${'$'}{current##*[:=]}"}"
	[[ -n "$prefix" ]] && COMPREPLY=("${'$'}{COMPREPLY[@]#"$prefix"}")
}
complete -F _ktop ktop
`,
	zsh: String.raw`#compdef ktop
# ktop completion zsh; in ~/.zshrc after compinit: source <(ktop completion zsh)
_ktop() {
	local -a lines closed open
	local line entry
	lines=("${'$'}{(@f)$("$words[1]" complete -- "${'$'}{(@)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ "$lines[1]" == ':files' ]]; then
		_files
		return
	fi
	for line in $lines; do
		entry="${'$'}{${'$'}{line%%$'\t'*}//:/\\:}:${'$'}{line#*$'\t'}"
		if [[ "${'$'}{line%%$'\t'*}" == *[:/] ]]; then
			open+=("$entry")
		else
			closed+=("$entry")
		fi
	done
	_describe ktop closed -- open -S ''
}
if [[ "$funcstack[1]" == '_ktop' ]]; then
	_ktop "$@"
else
	compdef _ktop ktop
fi
`,
	fish: String.raw`# ktop completion fish; ktop completion fish > ~/.config/fish/completions/ktop.fish
function __ktop_complete
	set -l words (commandline -opc) (commandline -ct)
	set -l lines (command $words[1] complete -- $words[2..] 2>/dev/null)
	if test "$lines[1]" = ':files'
		__fish_complete_path (commandline -ct)
	else
		printf '%s\n' $lines
	end
end
complete -c ktop -f -a '(__ktop_complete)'
`,
};
