import {readFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {decodeText} from '../decode-text.ts';
import {systemErrorCode} from '../system-error.ts';
import {decodeKubeconfig} from './decode.ts';
import {kubeconfigError} from './field-reader.ts';
import type {Kubeconfig} from './kubeconfig.ts';
import {mergeKubeconfigs} from './merge.ts';
import {listedFiles} from './places.ts';

export type KubeconfigPlaces = {
	/** `--kubeconfig`: this file alone, and it must exist. */
	readonly explicit: string | undefined;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeDirectory: string;
	/** What separates the paths in KUBECONFIG; the platform's by default. */
	readonly delimiter?: string | undefined;
};

/**
 * The merged kubeconfig by kubectl's rules: `--kubeconfig`, else the files of KUBECONFIG that exist, else
 * `~/.kube/config`. Without any file the result is empty.
 *
 * @throws KtopError `usage` where a file cannot be read or decoded.
 */
export async function loadKubeconfig(places: KubeconfigPlaces): Promise<Kubeconfig> {
	if (places.explicit !== undefined && places.explicit !== '') {
		const config = await loadFile(places.explicit);
		if (config !== undefined) {
			return config;
		}
		throw kubeconfigError(
			`--kubeconfig ${places.explicit}: no such file`,
			'give the path of an existing kubeconfig',
		);
	}

	const configs: Kubeconfig[] = [];
	for (const file of candidateFiles(places)) {
		const config = await loadFile(file);
		if (config !== undefined) {
			configs.push(config);
		}
	}
	return mergeKubeconfigs(configs);
}

function candidateFiles(places: KubeconfigPlaces): readonly string[] {
	const listed = listedFiles(places.environment, places.delimiter);
	return listed.length === 0 ? [join(places.homeDirectory, '.kube', 'config')] : listed;
}

/**
 * One kubeconfig; `undefined` where there is no such file.
 *
 * @throws KtopError `usage` where it cannot be read or decoded.
 */
export async function loadFile(file: string): Promise<Kubeconfig | undefined> {
	let text: string;
	try {
		text = decodeText(await readFile(file));
	} catch (error) {
		const code = systemErrorCode(error);
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}
		throw kubeconfigError(`cannot read ${file}: ${readProblem(code)}`, readFix(file, code));
	}
	// The parser is large: only who has a kubeconfig loads it.
	const {parseYaml} = await import('./parse-yaml.ts');
	return decodeKubeconfig(parseYaml(text, file), file, dirname(resolve(file)));
}

const readProblem = (code: string): string => {
	if (code === 'EACCES' || code === 'EPERM') {
		return 'permission denied';
	}
	return code === 'EISDIR' ? 'it is a directory' : code;
};

const readFix = (file: string, code: string): string =>
	code === 'EACCES' || code === 'EPERM'
		? `let this user read it: ls -l ${file}`
		: 'name a readable kubeconfig with --kubeconfig or KUBECONFIG';
