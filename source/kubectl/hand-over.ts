import type {ClusterAccess} from '../cluster/connection/access.ts';
import type {OpenSources} from '../connect/open-source.ts';
import {printable} from '../metrics/model/printable.ts';
import type {Row} from '../metrics/model/row.ts';
import type {Options} from '../options/options.ts';
import {type EndedContainer, endedContainer} from './ended-container.ts';
import {runKubectl} from './run-kubectl.ts';
import {withTemporaryKubeconfig} from './temporary-kubeconfig.ts';
import {waitForEnter} from './wait-for-enter.ts';

/** Number of past log lines shown at first. */
const TAIL = 200;

/** bash if the container has it, otherwise sh. */
const SHELL = 'command -v bash >/dev/null 2>&1 && exec bash || exec sh';

/** Printed before kubectl takes the terminal. */
const WAY_BACK = {
	logs: 'Ctrl-C returns to ktop',
	'ended-logs': 'Enter returns to ktop',
	shell: 'exit or Ctrl-D returns to ktop',
} as const;

/** The logs, the logs of the container that ended last, or a shell. */
export type HandOver = keyof typeof WAY_BACK;

/** The width assumed for a terminal that does not report one. */
const USUAL_COLUMNS = 80;

/** Cells that the screen needs beside a message. */
const MARGIN = 4;

/**
 * Runs `kubectl logs` or `kubectl exec -it` in the terminal; resolves with an error message when it ends, undefined on
 * success. kubectl uses the row's cluster and the same user, or is not started.
 */
export async function handOver(
	to: HandOver,
	row: Row,
	{accessTo}: Pick<OpenSources, 'accessTo'>,
	options: Pick<Options, 'origin' | 'cluster' | 'access'>,
): Promise<string | undefined> {
	const place = placeOf(row);
	if (place === undefined) {
		return undefined;
	}

	const ended = to === 'ended-logs' ? endedContainer(row) : undefined;
	if (to === 'ended-logs' && ended === undefined) {
		return `no container of ${printable(place.pod)} has ended: l shows the logs of those that run`;
	}

	const access = accessTo(place);
	if (access === undefined) {
		return options.origin.sources.length > 1
			? 'several sources are read, and it is not certain which cluster this pod is in: l, p and s need it as the only source'
			: 'l, p and s run kubectl, and nothing here is read from a cluster';
	}

	const call = async (where: readonly string[]): Promise<string | undefined> => {
		const args =
			ended === undefined ? kubectlArguments(to, place, where) : endedLogsArguments(ended, place, where);
		process.stdout.write(`\n${printable(`kubectl ${args.join(' ')}`)}\n${WAY_BACK[to]}\n\n`);
		const problem = await runKubectl(args, (process.stdout.columns || USUAL_COLUMNS) - MARGIN);
		if (ended !== undefined && problem === undefined) {
			process.stdout.write(`\n${WAY_BACK[to]}`);
			await waitForEnter(process.stdin);
		}

		return problem;
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
	readonly cluster: string | undefined;
	readonly uid: string | undefined;
	readonly namespace: string;
	readonly pod: string;
	readonly container: string | undefined;
};

function placeOf(row: Row): Place | undefined {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return placeOf(row.of);
		case 'pod':
			return {
				cluster: row.cluster,
				uid: row.info?.uid ?? row.uid,
				namespace: row.namespace,
				pod: row.name,
				container: undefined,
			};
		case 'container':
			return (
				row.pod && {
					cluster: row.cluster,
					uid: row.podInfo?.uid ?? row.pod.uid,
					namespace: row.pod.namespace,
					pod: row.pod.name,
					container: row.name,
				}
			);
		case 'node':
		case 'namespace':
		case 'group':
		case 'workload':
		case 'process':
			return undefined;
	}
}

/**
 * The flags that make kubectl use the same cluster and user of a kubeconfig. The context is always given, because the
 * current one may have changed. Undefined where no flags can express it: for a URL without a kubeconfig, a service
 * account, and a token, which must not appear in arguments.
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

/** The arguments for the logs of a container that has ended. kubectl ends behind them. */
export function endedLogsArguments(
	{name, isPrevious}: EndedContainer,
	{namespace, pod}: Pick<Place, 'namespace' | 'pod'>,
	where: readonly string[],
): readonly string[] {
	return [
		'logs',
		...where,
		`--namespace=${namespace}`,
		...(isPrevious ? ['--previous'] : []),
		`--tail=${TAIL}`,
		`--container=${name}`,
		`pod/${pod}`,
	];
}

/** The arguments of kubectl. No shell parses them. */
export function kubectlArguments(
	to: HandOver,
	{namespace, pod, container}: Pick<Place, 'namespace' | 'pod' | 'container'>,
	where: readonly string[],
): readonly string[] {
	const common = [...where, `--namespace=${namespace}`];
	const of = container === undefined ? [] : [`--container=${container}`];
	// A node may report any name; after `pod/` it cannot be taken for a flag.
	return to !== 'shell'
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
