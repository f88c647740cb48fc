import {onTestFinished, vi} from 'vitest';
import type {ConnectionEnvironment} from '../../source/cluster/connection/options.ts';
import {type LiveSession, startSession} from '../../source/connect/live-session.ts';
import {openSources} from '../../source/connect/open-sources.ts';
import {staleAfterMs} from '../../source/connect/open-store.ts';
import {describeState, failureOf, type NodeState} from '../../source/metrics/model/node-state.ts';
import {printable} from '../../source/metrics/model/printable.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {type Snapshot, takeSnapshot} from '../../source/output/snapshot.ts';

/** What the user is told of a node. */
export type Seen = {
	/** The SOURCE cell of its row. */
	readonly row: string;
	/** The code of its entry in `errors` of JSON; a dash without one. */
	readonly code: string;
	/** Message and fix, as on stderr; a dash without a failure. */
	readonly said: string;
};

/** What the screen is drawn from, read as `ktop FLAGS` reads it. */
export type Session = LiveSession & {
	readonly snapshot: () => Snapshot;
	/** What is told of a node by its id, by default of the only one. */
	readonly seen: (id?: string) => Seen;
	/** Waits until each node was read or has failed. */
	readonly untilRead: () => Promise<void>;
};

/** Nobody's home and settings. */
const SURROUNDINGS: ConnectionEnvironment = {
	environment: {},
	homeDirectory: '/nonexistent',
	now: Date.now,
	isInteractive: () => false,
};

/** When to end what a test or a group of tests started. */
export type OnEnd = (end: () => Promise<unknown>) => void;

/** Opens what the flags name and polls it, by default until the test is over. */
export async function openSession(
	flags: readonly string[],
	onEnd: OnEnd = end => onTestFinished(async () => void (await end())),
): Promise<Session> {
	const parsed = parseOptions(flags, {});
	if (parsed.kind !== 'run') {
		throw new Error('problems' in parsed ? parsed.problems.join('; ') : parsed.kind);
	}

	const {options} = parsed;
	const session = await startSession(await openSources(options, SURROUNDINGS), options.polling, () => {});
	onEnd(session.stop);
	const {sources, store} = session;
	const rows = () => store.view({level: 'nodes'}, 'live', Date.now()).rows;
	const snapshot = (): Snapshot =>
		takeSnapshot(store, {
			nowMs: Date.now(),
			sourceLabel: sources.label,
			context: sources.context,
			kubernetesVersion: sources.kubernetesVersion,
			notices: sources.notices(),
			isDemo: sources.isDemo,
			staleAfterMs: staleAfterMs(sources.intervalMs),
			level: 'nodes',
			query: {},
		});
	return {
		...session,
		snapshot,
		seen(id = rows().at(0)?.id ?? '') {
			const state: NodeState | undefined = rows().find(row => row.id === id)?.state;
			const failure = state && failureOf(state);
			// Nodes may share a name, but not the address in a message.
			const error = snapshot().errors.find(({message}) => message === failure?.message);
			return {
				row: state === undefined ? 'no row' : masked(describeState(state)),
				code: String(error?.code ?? '–'),
				said: error === undefined ? '–' : masked(printable(`${error.message}; ${error.hint}`)),
			};
		},
		async untilRead() {
			await vi.waitUntil(() => rows().length > 0 && !rows().some(({state}) => state.kind === 'waiting'), {
				timeout: 30_000,
				interval: 20,
			});
		},
	};
}

/** Without addresses and durations, which differ from run to run. */
export function masked(text: string): string {
	return text.replace(/\b127\.0\.0\.\d+(?::\d+)?/g, 'HOST').replace(/^ok \d+ms/, 'ok Nms');
}
