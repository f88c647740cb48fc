import {spawn} from 'node:child_process';
import type {Row} from '../metrics/row.ts';
import type {Options} from '../options/options.ts';

/** Logs of before that are shown at once. */
const TAIL = 200;

/** The best shell that a container has; many have none but sh. */
const SHELL = 'command -v bash >/dev/null 2>&1 && exec bash || exec sh';

/**
 * Gives the terminal to `kubectl logs -f` or `kubectl exec -it` and comes back when that ends; resolves with what went
 * wrong. kubectl finds the cluster by itself, with the flags that ktop was given.
 */
export async function handOver(
	to: 'logs' | 'shell',
	row: Row,
	options: Options,
): Promise<string | undefined> {
	const place = placeOf(row);
	if (place === undefined) {
		return undefined;
	}

	const args = kubectlArguments(to, place, options);
	// Ctrl-C ends what kubectl does, and not ktop behind it.
	const ignore = (): void => {};
	process.on('SIGINT', ignore);
	try {
		process.stdout.write(`\nkubectl ${args.join(' ')}\n\n`);
		return await run(args);
	} finally {
		process.removeListener('SIGINT', ignore);
	}
}

type Place = {readonly namespace: string; readonly pod: string; readonly container: string | undefined};

function placeOf(row: Row): Place | undefined {
	switch (row.kind) {
		case 'tree':
			return placeOf(row.of);
		case 'pod':
			return {namespace: row.namespace, pod: row.name, container: undefined};
		case 'container':
			return row.pod && {namespace: row.pod.namespace, pod: row.pod.name, container: row.name};
		case 'node':
		case 'namespace':
			return undefined;
	}
}

/** What kubectl is called with, an argument each; no shell reads them. */
export function kubectlArguments(
	to: 'logs' | 'shell',
	{namespace, pod, container}: Place,
	{cluster}: Pick<Options, 'cluster'>,
): readonly string[] {
	const flag = (name: string, value: string | undefined): readonly string[] =>
		value === undefined ? [] : [`--${name}=${value}`];
	const where = [
		...flag('kubeconfig', cluster.kubeconfig),
		...flag('context', cluster.context),
		...flag('cluster', cluster.cluster),
		...flag('user', cluster.user),
		...flag('server', cluster.server),
		...flag('as', cluster.as),
		...cluster.asGroups.flatMap(group => flag('as-group', group)),
		`--namespace=${namespace}`,
	];
	const of = container === undefined ? [] : [`--container=${container}`];
	return to === 'logs'
		? [
				'logs',
				...where,
				'--follow',
				`--tail=${TAIL}`,
				...(container === undefined ? ['--all-containers'] : of),
				pod,
			]
		: ['exec', ...where, '--stdin', '--tty', ...of, pod, '--', 'sh', '-c', SHELL];
}

function run(args: readonly string[]): Promise<string | undefined> {
	return new Promise(resolve => {
		const child = spawn('kubectl', [...args], {stdio: 'inherit'});
		let said: string | undefined;
		child.on('error', error => {
			said =
				'code' in error && error.code === 'ENOENT'
					? 'kubectl is not installed here, and l and s hand the terminal to it: install it, or put it on the PATH'
					: `kubectl cannot be run: ${error.message}`;
		});
		child.on('close', code => {
			const hasFailed = said === undefined && code !== null && code !== 0 && code !== INTERRUPTED;
			resolve(hasFailed ? `kubectl ended with ${code}: see what it said before` : said);
		});
	});
}

/** 128 + SIGINT. */
const INTERRUPTED = 130;
