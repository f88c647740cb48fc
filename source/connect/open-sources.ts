import type {ConnectionEnvironment} from '../cluster/connection/options.ts';
import {KtopError} from '../metrics/model/failure.ts';
import type {SourceOptions} from '../options/options.ts';
import type {SourceSpec} from '../options/source-spec.ts';
import type {HistorySpec} from '../options/store-spec.ts';
import type {OpenKubelet} from '../scrape/kubelet/open-kubelet.ts';
import {localTarget} from '../scrape/local/target.ts';
import type {Target} from '../scrape/target.ts';
import {readAccess} from './access-files.ts';
import {followAll, joinChanges} from './joined-sources.ts';
import {NO_SOURCE, type OpenSource, type OpenSources} from './open-source.ts';

/**
 * Opens all sources given by the options; by default the cluster that kubectl would use, or else this machine.
 * `openKubelet` opens kubelets that are reached directly, by default in this thread.
 */
export async function openSources(
	options: SourceOptions,
	surroundings: ConnectionEnvironment,
	openKubelet?: OpenKubelet,
): Promise<OpenSources> {
	const opened: OpenSource[] = [];
	try {
		// Several contexts are the cluster of `--source kubernetes` already.
		for (const spec of options.cluster.contexts.length > 1 ? [] : options.origin.sources) {
			opened.push(await open(spec, options, surroundings, openKubelet));
		}

		const {contexts} = options.cluster;
		if (contexts.length > 1) {
			const {openClusters} = await import('./open-clusters.ts');
			opened.push(await openClusters(contexts, options, surroundings, openKubelet));
		}

		if (opened.length === 0) {
			const {openCluster} = await import('./open-cluster.ts');
			opened.push(
				(await openCluster(undefined, options, surroundings, openKubelet)) ??
					(await thisMachine(options, surroundings)),
			);
		}
	} catch (error) {
		await Promise.allSettled(opened.map(source => source.close()));
		throw error;
	}

	const source = join(opened);
	const isStored = options.origin.sources.some(({kind}) => kind === 'history');
	const natural =
		isStored || source.clusters !== undefined
			? [UNCONNECTED_INTERVAL_MS]
			: source.targets.map(({naturalIntervalMs}) => naturalIntervalMs);
	const intervalMs = options.polling.intervalMs ?? Math.max(...natural, LEAST_INTERVAL_MS);
	surroundings.log?.('info', 'connected', {source: source.label, intervalSeconds: intervalMs / 1000});
	return {
		...source,
		isDemo: options.origin.sources.some(({kind}) => kind === 'demo'),
		intervalMs,
	};
}

/** For a source with nothing to scrape, whose rows come from a store. */
const UNCONNECTED_INTERVAL_MS = 10_000;

/**
 * The same, or an empty source if none can be reached and a history store is configured. Without a history store there
 * is nothing to show, so it throws.
 */
export async function openSourcesOrStandIn(
	options: SourceOptions,
	surroundings: ConnectionEnvironment,
	openKubelet?: OpenKubelet,
): Promise<OpenSources> {
	try {
		return await openSources(options, surroundings, openKubelet);
	} catch (error) {
		if (!(error instanceof KtopError) || error.code === 'usage' || options.origin.history === undefined) {
			throw error;
		}

		const {code, message, hint} = error;
		surroundings.log?.('warn', 'not connected', {code, error: message, hint});
		return {
			...NO_SOURCE,
			label: 'not connected',
			notices: () => [`not connected: ${message}; ${hint}`],
			isDemo: false,
			isUnconnected: true,
			intervalMs: options.polling.intervalMs ?? UNCONNECTED_INTERVAL_MS,
		};
	}
}

/** The interval of a source without targets. */
const LEAST_INTERVAL_MS = 1000;

/** Opens one source. The module of each kind is loaded on demand: the local source needs no HTTP. */
async function open(
	spec: SourceSpec,
	options: SourceOptions,
	surroundings: ConnectionEnvironment,
	openKubelet: OpenKubelet | undefined,
): Promise<OpenSource> {
	switch (spec.kind) {
		case 'local':
			return fixed([localTarget()], 'this machine');
		case 'history':
			return fixed([], `store ${describeStore(options.origin.history)}`);
		case 'kubelet': {
			const {kubeletTarget} = await import('../scrape/kubelet/target.ts');
			const {kubeletTls, authorization} = await readAccess(options.access);
			// The read-only port asks for no token, which others on the way could read.
			const sent = spec.url.startsWith('https:') ? authorization : undefined;
			return fixed(
				[kubeletTarget({url: spec.url, tls: kubeletTls, authorization: sent, open: openKubelet})],
				'kubelet',
			);
		}

		case 'cadvisor': {
			const {cadvisorTarget} = await import('../scrape/cadvisor/target.ts');
			const {tls} = await readAccess(options.access);
			return fixed([cadvisorTarget({url: spec.url, tls})], 'cAdvisor');
		}

		case 'demo': {
			const {openDemo} = await import('./open-demo.ts');
			return openDemo(spec.options, options, openKubelet);
		}

		case 'kubernetes': {
			const {openCluster} = await import('./open-cluster.ts');
			const cluster = await openCluster(spec.url, options, surroundings, openKubelet);
			if (cluster === undefined) {
				const {noCluster} = await import('../cluster/connection/no-cluster.ts');
				const {unusableKubeconfig} = await import('../cluster/connection/kubeconfig/unusable.ts');
				throw noCluster(await unusableKubeconfig(surroundings.environment));
			}

			return cluster;
		}
	}
}

/** This machine, if no source is given and no cluster is found. A kubeconfig that cannot be used is a notice. */
async function thisMachine(
	{cluster}: SourceOptions,
	{environment}: ConnectionEnvironment,
): Promise<OpenSource> {
	const {unusableKubeconfig} = await import('../cluster/connection/kubeconfig/unusable.ts');
	const problem = cluster.kubeconfig === undefined ? await unusableKubeconfig(environment) : undefined;
	return {
		// Named on every page: somebody with a cluster must not take this for it.
		...fixed([localTarget()], problem === undefined ? 'this machine (no kubeconfig)' : 'this machine'),
		notices: () => (problem === undefined ? [] : [`${problem}: this machine is shown instead of a cluster`]),
	};
}

/** A source whose targets never change. */
function fixed(targets: readonly Target[], label: string): OpenSource {
	return {...NO_SOURCE, targets, label};
}

function describeStore(history: HistorySpec | undefined): string {
	return history?.kind === 'influxdb' ? `InfluxDB ${history.database}` : 'Prometheus';
}

/** Combines several sources. Only one of them can have an inventory: ktop cannot join two clusters. */
function join(sources: readonly OpenSource[]): OpenSource {
	const [only, ...others] = sources;
	if (only !== undefined && others.length === 0) {
		return only;
	}

	const clusters = sources.filter(({inventory}) => inventory !== undefined);
	const [cluster] = clusters.length === 1 ? clusters : [];
	// The same node named twice is one node.
	const targets = new Map(
		sources.flatMap(source => source.targets.map(target => [target.id, target] as const)),
	);
	return {
		targets: [...targets.values()],
		inventory: cluster?.inventory,
		label: joinLabels(sources),
		accessTo: pod =>
			pod.uid === undefined
				? undefined
				: clusters.find(({inventory}) => inventory?.pods().has(pod.uid ?? ''))?.accessTo(pod),
		describe: cluster?.describe,
		context: cluster?.context,
		kubernetesVersion: cluster?.kubernetesVersion,
		whenListed: Promise.all(sources.map(({whenListed}) => whenListed)).then(() => {}),
		refresh: () => joinChanges(sources.map(source => source.refresh())),
		follow: onChange => followAll(sources, onChange),
		isInventoryCurrent: () => sources.every(source => source.isInventoryCurrent()),
		hidesNodes: () => sources.some(source => source.hidesNodes()),
		// A name is absent only if every source lacks it.
		absent: () => {
			const lists = sources.map(source => source.absent());
			return lists.every(list => list.length > 0) ? lists.flat() : [];
		},
		notices: () => sources.flatMap(source => source.notices()),
		async close() {
			await Promise.allSettled(sources.map(source => source.close()));
		},
	};
}

/** `3 kubelets`, or all labels. */
function joinLabels(sources: readonly OpenSource[]): string {
	const labels = [...new Set(sources.map(({label}) => label))];
	const [label] = labels;
	return labels.length === 1 && label !== undefined ? `${sources.length} ${label}s` : labels.join(' + ');
}
