import {loadKubeconfig} from '../cluster/connection/kubeconfig/load.ts';
import {selectAccess} from '../cluster/connection/kubeconfig/select.ts';
import {noCluster} from '../cluster/connection/no-cluster.ts';
import type {ConnectionEnvironment} from '../cluster/connection/options.ts';
import type {ClusterState} from '../metrics/model/cluster-state.ts';
import {type Failure, KtopError} from '../metrics/model/failure.ts';
import type {Log} from '../metrics/model/log.ts';
import type {SourceOptions} from '../options/options.ts';
import type {OpenKubelet} from '../scrape/kubelet/open-kubelet.ts';
import type {RosterChange} from '../scrape/node/node-roster.ts';
import {pause} from '../scrape/pause.ts';
import {AwaitedInventory} from './awaited-inventory.ts';
import {clusterNames} from './cluster-names.ts';
import {followAll, joinChanges} from './joined-sources.ts';
import {openCluster} from './open-cluster.ts';
import {NO_SOURCE, type OpenSource} from './open-source.ts';
import {TerminalUse} from './terminal-use.ts';

/** How often to try again to connect a cluster that could not be reached. */
const RECONNECT_MS = 5000;

/** After this time it is said that a cluster has not answered yet. */
const PATIENCE_MS = 2000;

const NO_ANSWER =
	'not connected: no answer yet; ktop doctor --context NAME checks each step of the connection';

/** Names that are longer together are not all in the label. */
const LABEL_CELLS = 32;

const NO_CHANGE: RosterChange = {added: [], removed: []};

/**
 * Several contexts of the kubeconfig as one source.
 *
 * Each cluster is connected on its own, with its own user, API server, inventory and routes to nodes, and is one source of
 * the usual kind. What is shown is made in one store: its nodes are those of all clusters, each with the name of its
 * cluster, which is also in the ids of nodes, pods and containers, so that equal names do not clash. Views, rings,
 * statistics, groups and pauses then know nothing of clusters. Nodes of a cluster are joined with its own inventory alone
 * (`ClusterJoins`).
 *
 * Resolves as soon as one cluster is connected and no login plugin uses the terminal. The others follow when they are, and are tried again until then; what
 * keeps them is a line each that names the cluster. Throws `KtopError`: for a context that does not exist, or if none can
 * be connected, with the reason of each.
 */
export async function openClusters(
	contexts: readonly string[],
	options: SourceOptions,
	surroundings: ConnectionEnvironment,
	openKubelet?: OpenKubelet,
): Promise<OpenSource> {
	await checkContexts(contexts, options, surroundings);
	const life = new AbortController();
	const signal =
		surroundings.signal === undefined ? life.signal : AbortSignal.any([surroundings.signal, life.signal]);
	const names = clusterNames(contexts);
	const terminal = new TerminalUse();
	const clusters = contexts.map(context => {
		const name = names.get(context) ?? context;
		const log = surroundings.log && logOf(surroundings.log, name);
		return new OneOfClusters(name, context, signal, () =>
			openCluster(
				undefined,
				{...options, cluster: {...options.cluster, contexts: [context]}},
				{...surroundings, signal, log, atTerminal: terminal.atTerminal},
				openKubelet,
				name,
			),
		);
	});
	const attempts = clusters.map(cluster => cluster.connect());
	const isAnyConnected = await Promise.any(
		attempts.map(async attempt => {
			if (!(await attempt)) {
				throw new Error('not connected');
			}
		}),
	).then(
		() => true,
		() => false,
	);
	if (!isAnyConnected) {
		life.abort();
		await Promise.allSettled(clusters.map(cluster => cluster.close()));
		throw noneConnected(clusters, surroundings.signal);
	}

	// Others may still ask for a login.
	await terminal.whenFree();
	const whenTried = Promise.all(attempts);
	for (const [index, cluster] of clusters.entries()) {
		void attempts[index]?.then(isConnected => {
			if (!isConnected) {
				void cluster.keepTrying();
			}
		});
	}

	const find = (name: string | undefined): OpenSource | undefined =>
		clusters.find(cluster => cluster.name === name)?.source;
	const connected = (): readonly OpenSource[] => clusters.flatMap(({source}) => source ?? []);
	return {
		...NO_SOURCE,
		targets: clusters.flatMap(cluster => cluster.refresh().added),
		clusters: {
			inventories: new Map(clusters.map(({name, inventory}) => [name, inventory])),
			states: () => clusters.map(cluster => cluster.state()),
		},
		label: labelOf([...names.values()]),
		accessTo: pod => find(pod.cluster)?.accessTo(pod),
		describe(object, ofReading) {
			const describe = find(object.cluster)?.describe;
			if (describe === undefined) {
				throw new Error(`a row is of ${object.cluster}, which was never connected`);
			}

			return describe(object, ofReading);
		},
		// One that hangs keeps no other one from being printed.
		whenListed: Promise.race([whenTried, pause(options.polling.requestTimeoutMs, signal)]).then(async () => {
			await Promise.all(connected().map(({whenListed}) => whenListed));
		}),
		refresh: () => joinChanges(clusters.map(cluster => cluster.refresh())),
		follow: onChange => followAll(clusters, onChange),
		isInventoryCurrent: () => connected().every(source => source.isInventoryCurrent()),
		hidesNodes: () => connected().every(source => source.hidesNodes()),
		absent: () => absentEverywhere(connected()),
		notices: () => [
			...absentEverywhere(connected()),
			...clusters.flatMap(cluster => cluster.state().reasons.map(reason => `${cluster.name}: ${reason}`)),
		],
		async close() {
			life.abort();
			await Promise.allSettled(clusters.map(cluster => cluster.close()));
		},
	};
}

/** One cluster, which may not be connected yet. */
class OneOfClusters {
	readonly name: string;
	readonly context: string;
	readonly inventory = new AwaitedInventory();
	readonly #open: () => Promise<OpenSource | undefined>;
	#source: OpenSource | undefined;
	#failure: Failure | undefined;
	readonly #sinceMs = performance.now();
	/** Whether the targets of the source were told. */
	#isTold = false;
	#onChange: ((change: RosterChange) => void) | undefined;
	#unfollow: (() => void) | undefined;
	#trying: Promise<unknown> | undefined;
	readonly #signal: AbortSignal;

	/** `open` rejects if the signal aborts. */
	constructor(
		name: string,
		context: string,
		signal: AbortSignal,
		open: () => Promise<OpenSource | undefined>,
	) {
		this.name = name;
		this.context = context;
		this.#signal = signal;
		this.#open = open;
	}

	get source(): OpenSource | undefined {
		return this.#source;
	}

	/** Tries once; returns whether it is connected. */
	connect(): Promise<boolean> {
		const trying = this.#try();
		this.#trying = trying;
		return trying;
	}

	/** Tries again until it succeeds or the signal aborts. */
	async keepTrying(): Promise<void> {
		for (;;) {
			await pause(RECONNECT_MS, this.#signal);
			if (this.#signal.aborted || (await this.connect())) {
				return;
			}
		}
	}

	state(): ClusterState {
		const {name, context} = this;
		const source = this.#source;
		const common = {name, context, kubernetesVersion: source?.kubernetesVersion};
		if (source !== undefined) {
			const absent = new Set(source.absent());
			return {
				...common,
				state: 'connected',
				reasons: source.notices().filter(notice => !absent.has(notice)),
			};
		}

		return this.#failure === undefined
			? {
					...common,
					state: 'connecting',
					reasons: performance.now() - this.#sinceMs > PATIENCE_MS ? [NO_ANSWER] : [],
				}
			: {
					...common,
					state: 'failed',
					reasons: [`not connected: ${this.#failure.message}; ${this.#failure.hint}`],
				};
	}

	get failure(): Failure | undefined {
		return this.#failure;
	}

	refresh(): RosterChange {
		const source = this.#source;
		if (source === undefined) {
			return NO_CHANGE;
		}

		const told = this.#isTold ? NO_CHANGE : {added: source.targets, removed: []};
		this.#isTold = true;
		return joinChanges([told, source.refresh()]);
	}

	follow(onChange: (change: RosterChange) => void): () => void {
		this.#onChange = onChange;
		this.#follow();
		return () => {
			this.#onChange = undefined;
			this.#unfollow?.();
		};
	}

	async close(): Promise<void> {
		await this.#trying?.catch(() => {});
		await this.#source?.close();
	}

	/** Tells of the nodes of a cluster that was connected before or after it was asked for. */
	#follow(): void {
		if (this.#source !== undefined && this.#onChange !== undefined) {
			this.#onChange(this.refresh());
			this.#unfollow = this.#source.follow(this.#onChange);
		}
	}

	async #try(): Promise<boolean> {
		try {
			const source = await this.#open();
			if (source === undefined) {
				throw noCluster(undefined);
			}

			if (this.#signal.aborted) {
				await source.close();
				return false;
			}

			this.#source = source;
			this.#failure = undefined;
			if (source.inventory !== undefined) {
				this.inventory.set(source.inventory);
			}

			this.#follow();
			return true;
		} catch (error) {
			if (!(error instanceof KtopError)) {
				if (this.#signal.aborted) {
					return false;
				}

				throw error;
			}

			this.#failure = error;
			this.#onChange?.(NO_CHANGE);
			return false;
		}
	}
}

/** Throws `KtopError` (`usage`) that names the first context that does not exist, and those that do. */
async function checkContexts(
	contexts: readonly string[],
	{cluster: {kubeconfig}}: Pick<SourceOptions, 'cluster'>,
	{environment, homeDirectory}: ConnectionEnvironment,
): Promise<void> {
	const config = await loadKubeconfig({explicit: kubeconfig, environment, homeDirectory});
	for (const context of contexts) {
		if (config.contexts.get(context) === undefined) {
			selectAccess(config, {context});
		}
	}
}

function noneConnected(clusters: readonly OneOfClusters[], signal: AbortSignal | undefined): KtopError {
	signal?.throwIfAborted();
	const failures = clusters.map(({failure}) => failure ?? noCluster(undefined));
	const {code, brief, hint} = failures[0] ?? noCluster(undefined);
	const reasons = clusters.map(({name}, index) => `${name}: ${failures[index]?.message}`).join('; ');
	return new KtopError({
		code,
		brief,
		message: `none of ${clusters.length} contexts can be connected: ${reasons}`,
		hint,
	});
}

/** A name is absent only if each cluster lacks it. */
function absentEverywhere(sources: readonly OpenSource[]): readonly string[] {
	const lists = sources.map(source => source.absent());
	return lists.length > 0 && lists.every(list => list.length > 0) ? [...new Set(lists.flat())] : [];
}

/** `prod, staging`; `12 clusters` where the names are long. */
function labelOf(names: readonly string[]): string {
	const all = names.join(', ');
	return all.length <= LABEL_CELLS ? all : `${names.length} clusters`;
}

function logOf(log: Log, cluster: string): Log {
	return (level, event, details) => log(level, event, {cluster, ...details});
}
