import {clusterNames} from '../completion/cluster-names.ts';
import {type Completion, completionOf} from '../completion/completion.ts';
import {SCRIPTS} from '../completion/scripts.ts';
import type {Shell} from '../options/command-words.ts';
import type {Config} from '../options/config-file.ts';
import {parseOptions} from '../options/parse-options.ts';

/** Prints the completion script of a shell; the exit code. */
export function printCompletion(shell: Shell): number {
	process.stdout.write(SCRIPTS[shell]);
	return 0;
}

/** Names without characters that are special in a shell. Others are left out, because bash inserts a name unquoted. */
const PLAIN = /^[\w.:@/+-]+$/;

/** How long completion may take after a key press. */
const DEADLINE_MS = 2000;

/**
 * Prints the candidates for the last word, in the format that the scripts expect. Prints nothing if a kubeconfig cannot
 * be read or a cluster does not answer in time. Ends the process, because a request may still be running.
 */
export async function complete(words: readonly string[], config: Config): Promise<void> {
	let lines: readonly string[] = [];
	try {
		const timeout = new Promise<readonly string[]>(resolve => {
			setTimeout(() => resolve([]), DEADLINE_MS);
		});
		lines = await Promise.race([linesOf(completionOf(words), words, config), timeout]);
	} catch {
		// An unfinished command line is often invalid.
	}

	await new Promise<void>(resolve => {
		process.stdout.write(lines.map(line => `${line}\n`).join(''), () => resolve());
	});
	process.exit(0);
}

async function linesOf(
	completion: Completion,
	words: readonly string[],
	config: Config,
): Promise<readonly string[]> {
	switch (completion.kind) {
		case 'words':
			return completion.candidates.map(({word, description}) => `${word}\t${description}`);
		case 'files':
			return [':files'];
		case 'nothing':
			return [];
		case 'names': {
			// Without the flag whose value is missing.
			const before = words.slice(0, words.at(-1)?.startsWith('--') === true ? -1 : -2);
			const request = parseOptions(before, process.env, config);
			const options = 'options' in request && 'origin' in request.options ? request.options : undefined;
			const names = options === undefined ? [] : await clusterNames(completion.of, options, DEADLINE_MS);
			return names.filter(name => PLAIN.test(name)).map(name => `${completion.prefix}${name}\t`);
		}
	}
}
