import type {Failure} from '../../metrics/model/failure.ts';
import type {Log} from '../../metrics/model/log.ts';
import type {ListedResource} from './listed-resource.ts';
import type {CollectionTarget} from './target.ts';

export type InventoryNotice = {
	readonly resource: ListedResource;
	/** One line: `pods: only namespace shop (403 on list pods in all namespaces); -n NAMESPACE shows another`. */
	readonly text: string;
};

export type ResourceStatus = {
	/** Whether every collection in scope was listed at least once. */
	readonly isListed: boolean;
	/** Why the data may be missing or out of date. */
	readonly problem: Failure | undefined;
	/** The time of the last answer of the server; for several collections, the oldest of them. */
	readonly lastContactMs: number | undefined;
};

export type CollectionTracker = {
	readonly onContact: () => void;
	readonly onListed: () => void;
	readonly onFailure: (failure: Failure) => void;
	readonly onUnwatchable: (failure: Failure) => void;
	readonly onWatching: () => void;
	/** The collection is forbidden and these namespaces replace it; an empty list restores it. */
	readonly replaceBy: (namespaces: readonly string[]) => void;
	/** The collection is no longer reflected. */
	readonly end: () => void;
};

export type InventoryStatus = {
	readonly track: (target: CollectionTarget) => CollectionTracker;
	readonly of: (resource: 'nodes' | 'pods') => ResourceStatus;
	/** Whether all pods of the namespace, or of all namespaces, were listed. */
	readonly hasAllPods: (namespace?: string) => boolean;
	readonly notices: () => readonly InventoryNotice[];
	/** Resolves when each collection was listed or has failed once. */
	readonly settled: () => Promise<void>;
};

type Tracked = {
	readonly target: CollectionTarget;
	isListed: boolean;
	problem: Failure | undefined;
	unwatchable: Failure | undefined;
	lastContactMs: number | undefined;
	/** The namespaces that replace the collection. */
	replacedBy: readonly string[];
};

/** Combines the states of all collections into a status per resource and into notices. */
export function createInventoryStatus(
	now: () => number,
	onChange: () => void,
	log?: Log | undefined,
): InventoryStatus {
	const tracked = new Set<Tracked>();
	let resolve = () => {};
	const settled = new Promise<void>(done => {
		resolve = done;
	});
	const kept = () => [...tracked].filter(({replacedBy}) => replacedBy.length === 0);
	const ofResource = (resource: 'nodes' | 'pods') =>
		kept().filter(({target}) => target.resource === resource);
	const settle = () => {
		if (kept().every(({isListed, problem}) => isListed || problem !== undefined)) {
			resolve();
		}
	};

	return {
		track: target => {
			const own: Tracked = {
				target,
				isListed: false,
				problem: undefined,
				unwatchable: undefined,
				lastContactMs: undefined,
				replacedBy: [],
			};
			tracked.add(own);
			const {resource, namespace} = target;
			const tell = (level: 'info' | 'warn', event: string, failure?: Failure): void =>
				log?.(level, event, {
					resource,
					namespace,
					code: failure?.code,
					error: failure?.message,
					hint: failure?.hint,
				});
			return {
				onContact: () => {
					own.lastContactMs = now();
					if (own.problem === undefined) {
						return;
					}
					own.problem = undefined;
					tell('info', 'inventory is up to date again');
					onChange();
				},
				onListed: () => {
					tell('info', 'listed');
					if (!own.isListed) {
						own.isListed = true;
						onChange();
					}
					settle();
				},
				onFailure: failure => {
					if (own.problem?.message !== failure.message) {
						tell('warn', 'list or watch failed', failure);
					}
					own.problem = failure;
					settle();
					onChange();
				},
				onUnwatchable: failure => {
					if (own.unwatchable === undefined) {
						tell('warn', 'watch is not allowed', failure);
						onChange();
					}
					own.unwatchable = failure;
				},
				onWatching: () => {
					tell('info', 'watch opened');
					if (own.unwatchable !== undefined) {
						own.unwatchable = undefined;
						onChange();
					}
				},
				replaceBy: namespaces => {
					own.replacedBy = namespaces;
					settle();
					onChange();
				},
				end: () => {
					tracked.delete(own);
				},
			};
		},
		of: resource => {
			// One pass without lists in between: it is asked for with every reading of a node.
			let count = 0;
			let isListed = true;
			let problem: Failure | undefined;
			let oldestMs = Number.POSITIVE_INFINITY;
			for (const one of tracked) {
				if (one.target.resource === resource && one.replacedBy.length === 0) {
					count++;
					isListed &&= one.isListed;
					problem ??= one.problem;
					oldestMs = Math.min(oldestMs, one.lastContactMs ?? Number.NEGATIVE_INFINITY);
				}
			}

			return {
				isListed: isListed && count > 0,
				problem,
				lastContactMs: Number.isFinite(oldestMs) ? oldestMs : undefined,
			};
		},
		hasAllPods: namespace =>
			ofResource('pods').some(
				({isListed, target}) =>
					isListed && (target.namespace === undefined || target.namespace === namespace),
			),
		notices: () => {
			const hidden = [...tracked].filter(isHidden);
			return [...tracked].flatMap(one =>
				one.replacedBy.length > 0 && one.replacedBy.every(name => isAmong(hidden, one, name))
					? [hiddenEverywhere(one)]
					: noticesOf(one),
			);
		},
		settled: () => settled,
	};
}

/** Nothing of the collection may be seen. */
const isHidden = ({problem, isListed}: Tracked): boolean => problem?.code === 'forbidden' && !isListed;

const isAmong = (hidden: readonly Tracked[], {target}: Tracked, namespace: string): boolean =>
	hidden.some(other => other.target.resource === target.resource && other.target.namespace === namespace);

/** Each of the namespaces that replace the collection is hidden too, and has its own notice. */
const hiddenEverywhere = ({target: {resource}}: Tracked): InventoryNotice => ({
	resource,
	text: `${resource}: hidden in all namespaces (403 on list ${resource}); -n NAMESPACE names one that you may see`,
});

function noticesOf({
	target: {resource, namespace},
	problem,
	unwatchable,
	isListed,
	replacedBy,
}: Tracked): readonly InventoryNotice[] {
	if (replacedBy.length > 0) {
		const text = `${resource}: only ${named(replacedBy)} (403 on list ${resource} in all namespaces); -n NAMESPACE shows another`;
		return [{resource, text}];
	}
	const place = namespace === undefined ? '' : ` of namespace ${namespace}`;
	const notices: InventoryNotice[] = [];
	if (problem?.code === 'forbidden' && !isListed) {
		notices.push({resource, text: `${resource}: hidden${place} (403 on list ${resource})`});
	}
	if (unwatchable) {
		notices.push({
			resource,
			text: `${resource}${place}: updates are delayed (no right to watch ${resource})`,
		});
	}
	return notices;
}

function named(namespaces: readonly string[]): string {
	return `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${namespaces.join(', ')}`;
}
