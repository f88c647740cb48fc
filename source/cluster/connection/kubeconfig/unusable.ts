import {loadFile} from './load.ts';
import {listedFiles} from './places.ts';

/**
 * Why KUBECONFIG cannot be used: no file exists, or none has a context. Undefined if it is not set or usable.
 *
 * @throws KtopError `usage` if a file cannot be read or decoded.
 */
export async function unusableKubeconfig(
	environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
	const files = listedFiles(environment);
	if (files.length === 0) {
		return undefined;
	}

	const configs = await Promise.all(files.map(loadFile));
	const found = configs.filter(config => config !== undefined);
	if (found.length === 0) {
		return `KUBECONFIG=${files.join(', ')}: no such file`;
	}

	return found.every(({contexts}) => contexts.names().length === 0)
		? `KUBECONFIG=${files.join(', ')}: no context in it`
		: undefined;
}
