import {inCluster} from '../metrics/model/cluster-of-row.ts';
import type {Log} from '../metrics/model/log.ts';
import {describeState} from '../metrics/model/node-state.ts';
import type {FailedState, LiveState} from '../scrape/outcome.ts';
import type {Target} from '../scrape/target.ts';

/** The most names of nodes in one line. */
const MOST_NAMES = 10;

/** Logs how nodes are read: a line when that changes, and none for a node that is read as it should be from the start. */
export class NodeLog {
	readonly #log: Log;
	/** The last logged line of a node, by id: a code, or why a better route is not used. */
	readonly #said = new Map<string, string>();

	constructor(log: Log) {
		this.#log = log;
	}

	read({id, cluster, name}: Target, state: LiveState): void {
		const {degraded} = state;
		const before = this.#said.get(id);
		if (degraded === undefined) {
			if (this.#said.delete(id)) {
				this.#log('info', 'node is read again', {
					node: inCluster(cluster, name),
					state: describeState(state),
				});
			}
		} else if (before !== `degraded: ${degraded.code}`) {
			this.#said.set(id, `degraded: ${degraded.code}`);
			this.#log('warn', 'node is not read by its best route', {
				node: inCluster(cluster, name),
				state: describeState(state),
				code: degraded.code,
				error: degraded.message,
				hint: degraded.hint,
			});
		}
	}

	failed({id, cluster, name}: Target, {failure: {code, message, hint}}: FailedState): void {
		if (this.#said.get(id) !== code) {
			this.#said.set(id, code);
			this.#log('warn', 'node cannot be read', {node: inCluster(cluster, name), code, error: message, hint});
		}
	}

	added(targets: readonly Target[]): void {
		this.#tell(
			'nodes added',
			targets.map(({cluster, name}) => inCluster(cluster, name)),
		);
	}

	removed(targets: readonly Target[]): void {
		for (const {id} of targets) {
			this.#said.delete(id);
		}

		this.#tell(
			'nodes removed',
			targets.map(({cluster, name}) => inCluster(cluster, name)),
		);
	}

	#tell(event: string, names: readonly string[]): void {
		if (names.length > 0) {
			const more = names.length > MOST_NAMES ? ',…' : '';
			this.#log('info', event, {
				count: names.length,
				nodes: names.slice(0, MOST_NAMES).join(',') + more,
			});
		}
	}
}
