import type {NodeRow} from '../../metrics/model/row.ts';
import type {Store} from '../../metrics/store/store.ts';
import type {HistoryStore} from '../store/history-store.ts';
import {MAX_SUBJECTS} from '../store/query-bounds.ts';
import {STAND_IN_LOOK_BACK_MS} from './moment-bounds.ts';
import type {MomentCache} from './moment-cache.ts';
import {ownRows} from './own-rows.ts';
import {type MomentRows, rowsOfMoment} from './rows-of-moment.ts';
import {onNodes, replaceUnread, unreadNodes, withoutGone} from './stand-in.ts';

/** How often a stand-in is queried again: normally, and while it is older than ktop's own last sample of a node. */
const STAND_IN_STEP_MS = 15_000;
const BEHIND_STEP_MS = 2000;

/** At the start, nodes get this much time to answer before a stand-in is queried. */
const PATIENCE_MS = 2000;

export type StandInRowsOptions = {
	/** The samples that ktop scraped itself. */
	readonly live: () => Store;
	readonly store: HistoryStore;
	readonly moments: MomentCache;
	readonly startedMs: number;
};

/** The rows of now where some nodes cannot be scraped: those of these nodes come from the store, the *stand-in*. */
export class StandInRows {
	readonly #options: StandInRowsOptions;
	/** The newest stand-in, shown until the next one arrives. */
	#standIn: {readonly key: string; readonly moment: MomentRows} | undefined;
	/** The moment of the pending stand-in. */
	#asked: {readonly key: string; readonly atMs: number} | undefined;
	/** The live rows merged with the stand-in; valid until either changes. */
	#merged: {readonly version: number; readonly standIn: MomentRows; readonly moment: MomentRows} | undefined;

	constructor(options: StandInRowsOptions) {
		this.#options = options;
	}

	/** The nodes of the newest stand-in. */
	get nodes(): readonly NodeRow[] {
		return this.#standIn?.moment.nodes ?? [];
	}

	get #live(): Store {
		return this.#options.live();
	}

	/** The live rows merged with the stand-in; undefined if all nodes can be scraped, or no stand-in has arrived. */
	of(nowMs: number): MomentRows | undefined {
		if (this.#options.store.isOfPastAlone === true) {
			return undefined;
		}

		const nodes = this.#live.rows('nodes', {}, 'live', nowMs);
		const isPatient = nowMs - this.#options.startedMs < PATIENCE_MS;
		const unread = unreadNodes(nodes, isPatient);
		// Without an API server, the name of a node that was never scraped is its address, which stores do not have.
		const isUnnamed = ({receivedAtMs}: NodeRow): boolean =>
			!this.#live.hasInventory && receivedAtMs === undefined;
		const isAlone = unread.length === nodes.length && unread.every(isUnnamed);
		if (unread.length === 0 && !isAlone) {
			this.#standIn = undefined;
			this.#merged = undefined;
			return undefined;
		}

		const names = isAlone ? undefined : unread.map(({name}) => name).sort();
		const stepMs = this.#isBehind(unread) ? BEHIND_STEP_MS : STAND_IN_STEP_MS;
		const key = JSON.stringify([Math.floor(nowMs / stepMs), stepMs, names]);
		if (this.#standIn?.key !== key) {
			// The moment stays the same until the answer arrives, so that it is queried only once.
			this.#asked = this.#asked?.key === key ? this.#asked : {key, atMs: nowMs};
			const {atMs} = this.#asked;
			const entries = this.#options.moments.findAll({atMs, lookBackMs: STAND_IN_LOOK_BACK_MS, nodes: names});
			if (entries !== undefined) {
				const known = onNodes(ownRows(this.#live, nowMs), names && new Set(names));
				this.#standIn = {key, moment: rowsOfMoment(withoutGone(entries), known)};
			}
		}

		return this.#standIn && this.#merge(this.#standIn.moment, names, nowMs);
	}

	/** True if ktop's own last sample of an unread node is newer than the stand-in. */
	#isBehind(unread: readonly NodeRow[]): boolean {
		const times = new Map(this.#standIn?.moment.nodes.map(row => [row.name, row.receivedAtMs ?? 0]));
		return (
			unread.length <= MAX_SUBJECTS &&
			unread.some(
				({name, receivedAtMs}) => receivedAtMs !== undefined && (times.get(name) ?? 0) <= receivedAtMs,
			)
		);
	}

	#merge(standIn: MomentRows, names: readonly string[] | undefined, nowMs: number): MomentRows {
		const {version} = this.#live;
		if (this.#merged?.version !== version || this.#merged.standIn !== standIn) {
			const moment = replaceUnread(ownRows(this.#live, nowMs), standIn, {
				names: names && new Set(names),
				isComplete: this.#live.hasInventory,
				store: this.#options.store.label,
			});
			this.#merged = {version, standIn, moment};
		}

		return this.#merged.moment;
	}
}
