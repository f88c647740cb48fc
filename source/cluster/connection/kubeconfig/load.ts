import {dirname, join, resolve} from 'node:path';
import {readBounded} from '../../../http/read-bounded.ts';
import {systemErrorCode, systemErrorWords} from '../../../metrics/model/system-error.ts';
import {decodeText} from '../decode-text.ts';
import {decodeKubeconfig} from './decode.ts';
import {kubeconfigError} from './field-reader.ts';
import type {Kubeconfig} from './kubeconfig.ts';
import {mergeKubeconfigs} from './merge.ts';
import {listedFiles} from './places.ts';

export type KubeconfigPlaces = {
	/** `--kubeconfig`: only this file, which must exist. */
	readonly explicit: string | undefined;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeDirectory: string;
	/** The separator of paths in KUBECONFIG; by default that of the platform. */
	readonly delimiter?: string | undefined;
};

/**
 * Loads and merges kubeconfigs by kubectl's rules: `--kubeconfig`, else the existing files of KUBECONFIG, else
 * `~/.kube/config`. Empty if there is no file.
 *
 * @throws KtopError `usage` if a file cannot be read or decoded.
 */
export async function loadKubeconfig(places: KubeconfigPlaces): Promise<Kubeconfig> {
	if (places.explicit !== undefined && places.explicit !== '') {
		const config = await loadFile(places.explicit);
		if (config !== undefined) {
			return config;
		}
		throw kubeconfigError(
			`--kubeconfig ${places.explicit}: no such file`,
			'pass the path of an existing kubeconfig',
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

/** Thousands of contexts with their certificates. */
const MOST_BYTES = 32 << 20;

/**
 * Loads one kubeconfig; undefined if the file does not exist.
 *
 * @throws KtopError `usage` if it cannot be read or decoded.
 */
export async function loadFile(file: string): Promise<Kubeconfig | undefined> {
	let bytes: Buffer;
	try {
		bytes = await readBounded(file, MOST_BYTES);
	} catch (error) {
		const code = systemErrorCode(error);
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}
		if (code === 'EFBIG') {
			throw kubeconfigError(
				`${file} is larger than ${MOST_BYTES >> 20} MiB, which is more than ktop reads`,
				'check that it is a kubeconfig',
			);
		}
		throw kubeconfigError(`cannot read ${file}: ${systemErrorWords(error)}`, readFix(file, code));
	}
	// Loaded on demand, because the parser is large.
	const {parseYaml} = await import('./parse-yaml.ts');
	return decodeKubeconfig(parseYaml(decodeText(bytes), file), file, dirname(resolve(file)));
}

const readFix = (file: string, code: string): string =>
	code === 'EACCES' || code === 'EPERM'
		? `allow this user to read it: ls -l ${file}`
		: 'pass a readable kubeconfig with --kubeconfig or KUBECONFIG';
