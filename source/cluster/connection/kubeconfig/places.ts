import {delimiter} from 'node:path';

/** The files in KUBECONFIG. */
export function listedFiles(
	environment: Readonly<Record<string, string | undefined>>,
	separator: string = delimiter,
): readonly string[] {
	return [...new Set((environment.KUBECONFIG ?? '').split(separator).filter(path => path !== ''))];
}
