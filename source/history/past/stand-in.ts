import {failureOf} from '../../metrics/model/node-state.ts';
import type {NodeRow} from '../../metrics/model/row.ts';
import type {MomentEntry} from '../store/history-request.ts';
import type {MomentEntries, MomentRows} from './rows-of-moment.ts';

/** The nodes that cannot be scraped. While `isPatient`, nodes that have not answered yet do not count. */
export function unreadNodes(nodes: readonly NodeRow[], isPatient: boolean): readonly NodeRow[] {
	return nodes.filter(
		({state, info}) =>
			info?.isVirtual !== true && (state.kind === 'failed' || (state.kind === 'waiting' && !isPatient)),
	);
}

/** The rows of these nodes; all rows if `names` is undefined. */
export function onNodes(rows: MomentRows, names: ReadonlySet<string> | undefined): MomentRows {
	return names === undefined
		? rows
		: {
				nodes: rows.nodes.filter(({name}) => names.has(name)),
				pods: rows.pods.filter(({node}) => names.has(node)),
				containers: rows.containers.filter(({node}) => names.has(node)),
			};
}

/** A pod whose last sample is this much older than the newest one has ended. */
const GONE_AFTER_MS = 150_000;

/** The entries without ended pods, whose last samples are still within the look-back of a stand-in. */
export function withoutGone(entries: MomentEntries): MomentEntries {
	const newestMs = entries.nodes.reduce((newest, {timeMs}) => Math.max(newest, timeMs), 0);
	const isThere = ({timeMs}: MomentEntry): boolean => timeMs >= newestMs - GONE_AFTER_MS;
	return {
		nodes: entries.nodes,
		pods: entries.pods.filter(isThere),
		containers: entries.containers.filter(isThere),
	};
}

export type StandInOptions = {
	/** The nodes to replace; undefined for all. */
	readonly names: ReadonlySet<string> | undefined;
	/** True if `own` has a row for every existing pod, so that other stored pods are gone. */
	readonly isComplete: boolean;
	/** Label of the store. */
	readonly store: string;
};

type Timed = {readonly id: string; readonly node: string; readonly receivedAtMs: number | undefined};

/** The rows of `own`, with those of unread nodes replaced by stored rows where these are newer. */
export function replaceUnread(own: MomentRows, stored: MomentRows, options: StandInOptions): MomentRows {
	const {names, store, isComplete} = options;
	const nodes = new Map(stored.nodes.map(row => [row.name, row]));
	const isWanted = (node: string): boolean => names?.has(node) !== false;
	const ownNames = new Set(own.nodes.map(({name}) => name));
	const standIn = (row: NodeRow): NodeRow => {
		const past = isWanted(row.name) ? nodes.get(row.name) : undefined;
		return past === undefined || !isNewer(past, row)
			? row
			: {
					...past,
					podCount: row.podCount,
					containerCount: row.containerCount,
					state: {kind: 'stored', store, atMs: past.receivedAtMs ?? 0, failure: failureOf(row.state)},
				};
	};
	const added = names === undefined ? stored.nodes.filter(({name}) => !ownNames.has(name)) : [];
	return {
		nodes: [
			...own.nodes.map(standIn),
			...added.map(row => ({
				...row,
				state: {kind: 'stored', store, atMs: row.receivedAtMs ?? 0, failure: undefined} as const,
			})),
		],
		pods: replace(own.pods, stored.pods, isWanted, isComplete),
		containers: replace(own.containers, stored.containers, isWanted, isComplete),
	};
}

function replace<R extends Timed>(
	own: readonly R[],
	stored: readonly R[],
	isWanted: (node: string) => boolean,
	isComplete: boolean,
): readonly R[] {
	const wanted = new Map(stored.filter(row => isWanted(row.node)).map(row => [row.id, row]));
	// Most rows of a large cluster are on healthy nodes, so avoid lookups for them.
	const kept = own.map(row => {
		if (!isWanted(row.node)) {
			return row;
		}

		const past = wanted.get(row.id);
		wanted.delete(row.id);
		return past !== undefined && isNewer(past, row) ? past : row;
	});
	return isComplete ? kept : [...kept, ...wanted.values()];
}

function isNewer(past: Pick<Timed, 'receivedAtMs'>, row: Pick<Timed, 'receivedAtMs'>): boolean {
	return (past.receivedAtMs ?? 0) > (row.receivedAtMs ?? Number.NEGATIVE_INFINITY);
}
