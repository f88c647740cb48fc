import type {Cursor, Scope} from '../../metrics/model/view.ts';
import type {HistoryAccess} from './history-access.ts';
import {MOMENT_LOOK_BACK_MS, momentOf, STAND_IN_LOOK_BACK_MS} from './moment-bounds.ts';
import {nodeIdOf} from './node-id-of.ts';
import type {MomentRows} from './rows-of-moment.ts';
import {StoredCluster, type StoredClusterOptions} from './stored-cluster.ts';

export type StoredMomentsOptions = Pick<StoredClusterOptions, 'now' | 'onChange' | 'hasAllPods'> & {
	readonly access: HistoryAccess;
	/** Label of the store. */
	readonly label: string;
};

/** The whole cluster as a store has it, where nothing is scraped: now, and at the last moment that was asked for. */
export class StoredMoments {
	readonly #options: StoredMomentsOptions;
	#newest: StoredCluster | undefined;
	#former: {readonly atMs: number; readonly cluster: StoredCluster} | undefined;

	constructor(options: StoredMomentsOptions) {
		this.#options = options;
	}

	/** Undefined until it was asked for. */
	get newest(): StoredCluster | undefined {
		return this.#newest;
	}

	at(cursor: Cursor): StoredCluster {
		const {label, ...shared} = this.#options;
		if (cursor === 'live') {
			this.#newest ??= new StoredCluster({
				...shared,
				atMs: undefined,
				lookBackMs: STAND_IN_LOOK_BACK_MS,
				stateOf: ({receivedAtMs = 0}) => ({
					kind: 'stored',
					store: label,
					atMs: receivedAtMs,
					failure: undefined,
				}),
			});
			return this.#newest;
		}

		const atMs = momentOf(cursor.atMs);
		if (this.#former?.atMs !== atMs) {
			this.#former?.cluster.close();
			const cluster = new StoredCluster({
				...shared,
				atMs,
				lookBackMs: MOMENT_LOOK_BACK_MS,
				stateOf: () => ({kind: 'past'}),
			});
			this.#former = {atMs, cluster};
		}

		return this.#former.cluster;
	}

	/** The rows within a scope. Rows that are not shown are not read. */
	within({nodeId, podId}: Scope, cursor: Cursor): MomentRows {
		const stored = this.at(cursor);
		const id = nodeId ?? (podId === undefined ? undefined : nodeIdOf(podId));
		return {
			get nodes() {
				return stored.nodes ?? [];
			},
			get pods() {
				return stored.pods(id);
			},
			get containers() {
				return stored.containers(id);
			},
		};
	}

	/** Makes views ready of what has arrived, as long as there is time; returns whether all is done. */
	advance(hasTime: () => boolean): boolean {
		return [this.#newest, this.#former?.cluster].every(stored => stored?.advance(hasTime) !== false);
	}

	close(): void {
		this.#newest?.close();
		this.#former?.cluster.close();
	}
}
