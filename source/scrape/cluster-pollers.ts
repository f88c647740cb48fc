import {Poller, type PollerOptions, type ShedLoad} from './poller.ts';
import type {Target} from './target.ts';

/** A poller for each cluster: one whose nodes hang takes no slot of the others. */
export class ClusterPollers {
	readonly #byCluster: ReadonlyMap<string | undefined, Poller>;
	readonly #options: PollerOptions;

	/** `clusters` are the names that targets have; without any there is one poller. */
	constructor(clusters: Iterable<string>, options: PollerOptions) {
		const names: ReadonlyArray<string | undefined> = [...clusters];
		this.#options = options;
		this.#byCluster = new Map(
			(names.length === 0 ? [undefined] : names).map(name => [name, new Poller(options)]),
		);
	}

	get intervalMs(): number {
		const [first] = this.#byCluster.values();
		return first?.intervalMs ?? this.#options.intervalMs;
	}

	/** Of the cluster that is the latest; undefined if all are on time. */
	get overrunMs(): number | undefined {
		const late = [...this.#byCluster.values()].flatMap(({overrunMs}) => overrunMs ?? []);
		return late.length === 0 ? undefined : Math.max(...late);
	}

	/** Of each cluster whose nodes are not all read in full. */
	get shedLoads(): ReadonlyArray<ShedLoad & {readonly cluster: string | undefined}> {
		return [...this.#byCluster].flatMap(([cluster, {shedLoad}]) =>
			shedLoad === undefined ? [] : [{...shedLoad, cluster}],
		);
	}

	start(): void {
		this.#each(poller => poller.start());
	}

	add(target: Target): void {
		this.#byCluster.get(target.cluster)?.add(target);
	}

	remove(id: string): void {
		this.#each(poller => poller.remove(id));
	}

	setVisible(ids: readonly string[]): void {
		this.#each(poller => poller.setVisible(ids));
	}

	setViewed(id: string | undefined): boolean {
		return [...this.#byCluster.values()].map(poller => poller.setViewed(id)).includes(true);
	}

	setProcesses(shown: string | 'all' | undefined): boolean {
		return [...this.#byCluster.values()].map(poller => poller.setProcesses(shown)).includes(true);
	}

	setInterval(intervalMs: number): void {
		this.#each(poller => poller.setInterval(intervalMs));
	}

	stop(): void {
		this.#each(poller => poller.stop());
	}

	#each(act: (poller: Poller) => void): void {
		for (const poller of this.#byCluster.values()) {
			act(poller);
		}
	}
}
