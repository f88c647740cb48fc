import type {ClusterAccess} from '../cluster/connection/access.ts';
import type {OpenSources} from '../connect/open-source.ts';
import {printable} from '../metrics/model/printable.ts';
import type {Row} from '../metrics/model/row.ts';
import type {Options} from '../options/options.ts';
import {runKubectl} from './run-kubectl.ts';
import {withTemporaryKubeconfig} from './temporary-kubeconfig.ts';

/** Logs of before that are shown at once. */
const TAIL = 200;

/** The best shell that a container has; many have none but sh. */
const SHELL = 'command -v bash >/dev/null 2>&1 && exec bash || exec sh';

/** Said before kubectl has the terminal. */
const WAY_BACK = {logs: 'Ctrl-C returns to ktop', shell: 'exit or Ctrl-D returns to ktop'} as const;

/** Of a terminal that does not tell its width. */
const USUAL_COLUMNS = 80;

/** What the screen puts beside a message. */
const MARGIN = 4;

/**
 * Gives the terminal to `kubectl logs -f` or `kubectl exec -it` and comes back when that ends; resolves with what went
 * wrong. kubectl talks to the cluster that the row was read from, as the same user, or is not called at all.
 */
export async function handOver(
	to: 'logs' | 'shell',
	row: Row,
	{accessTo}: Pick<OpenSources, 'accessTo'>,
	options: Pick<Options, 'origin' | 'cluster' | 'access'>,
): Promise<string | undefined> {
	const place = placeOf(row);
	if (place === undefined) {
		return undefined;
	}

	const access = accessTo(place.uid);
	if (access === undefined) {
		return options.origin.sources.length > 1
			? 'of these sources it is not certain which cluster this pod is in: l and s need that one as the only source'
			: 'there is no kubectl to hand the terminal to: nothing here is read from a cluster';
	}

	const call = (where: readonly string[]): Promise<string | undefined> => {
		const args = kubectlArguments(to, place, where);
		process.stdout.write(`\n${printable(`kubectl ${args.join(' ')}`)}\n${WAY_BACK[to]}\n\n`);
		return runKubectl(args, (process.stdout.columns || USUAL_COLUMNS) - MARGIN);
	};
	const flags = clusterFlags(access, options);
	try {
		return flags === undefined
			? await withTemporaryKubeconfig(access, path => call([`--kubeconfig=${path}`]))
			: await call(flags);
	} catch (error) {
		return printable(`kubectl cannot be run: ${error instanceof Error ? error.message : String(error)}`);
	}
}

type Place = {
	readonly uid: string | undefined;
	readonly namespace: string;
	readonly pod: string;
	readonly container: string | undefined;
};

function placeOf(row: Row): Place | undefined {
	switch (row.kind) {
		case 'tree':
			return placeOf(row.of);
		case 'pod':
			return {
				uid: row.info?.uid ?? row.uid,
				namespace: row.namespace,
				pod: row.name,
				container: undefined,
			};
		case 'container':
			return (
				row.pod && {
					uid: row.podInfo?.uid ?? row.pod.uid,
					namespace: row.pod.namespace,
					pod: row.pod.name,
					container: row.name,
				}
			);
		case 'node':
		case 'namespace':
		case 'workload':
			return undefined;
	}
}

/**
 * The flags with which kubectl finds the cluster and the user of a kubeconfig as ktop did. The context is named even
 * where it was the current one: another may be by now. Undefined where kubectl has no such flags: for a URL without a
 * kubeconfig, a service account, and a token, which must not be among arguments.
 */
export function clusterFlags(
	{origin, context}: Pick<ClusterAccess, 'origin' | 'context'>,
	{cluster, access}: Pick<Options, 'cluster' | 'access'>,
): readonly string[] | undefined {
	if (origin !== 'kubeconfig' || access.token !== undefined || access.tokenFile !== undefined) {
		return undefined;
	}

	const flag = (name: string, value: string | undefined): readonly string[] =>
		value === undefined ? [] : [`--${name}=${value}`];
	return [
		...flag('kubeconfig', cluster.kubeconfig),
		...flag('context', context),
		...flag('cluster', cluster.cluster),
		...flag('user', cluster.user),
		...flag('server', cluster.server),
		...flag('tls-server-name', cluster.tlsServerName),
		...flag('certificate-authority', access.authorityFile),
		...(access.isInsecure ? ['--insecure-skip-tls-verify'] : []),
		...flag('client-certificate', access.clientCertificateFile),
		...flag('client-key', access.clientKeyFile),
		...flag('as', cluster.as),
		...flag('as-uid', cluster.asUid),
		...cluster.asGroups.flatMap(group => flag('as-group', group)),
	];
}

/** What kubectl is called with, an argument each; no shell reads them. */
export function kubectlArguments(
	to: 'logs' | 'shell',
	{namespace, pod, container}: Pick<Place, 'namespace' | 'pod' | 'container'>,
	where: readonly string[],
): readonly string[] {
	const common = [...where, `--namespace=${namespace}`];
	const of = container === undefined ? [] : [`--container=${container}`];
	// A node may report any name: behind `pod/` none is a flag.
	return to === 'logs'
		? [
				'logs',
				...common,
				'--follow',
				`--tail=${TAIL}`,
				...(container === undefined ? ['--all-containers'] : of),
				`pod/${pod}`,
			]
		: ['exec', ...common, '--stdin', '--tty', ...of, `pod/${pod}`, '--', 'sh', '-c', SHELL];
}
