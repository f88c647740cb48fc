import {parseDemoOptions} from '../demo/demo-options.ts';
import type {HistoryStatus} from '../history/past/history-access.ts';
import {PastSource, type PastSourceOptions} from '../history/past/past-source.ts';
import {selectedStore} from '../history/past/selected-store.ts';
import type {HistoryStore} from '../history/store/history-store.ts';
import type {Log} from '../metrics/model/log.ts';
import type {Store} from '../metrics/store/store.ts';
import type {Origin, SourceOptions} from '../options/options.ts';
import {demoOf} from './has-past.ts';

/**
 * Opens a history store behind the live source; undefined for a demo too large for a past. A module of its own, because
 * most starts do not need it.
 */
export async function openPast(
	{origin, polling, selection}: Pick<SourceOptions, 'origin' | 'polling' | 'selection'>,
	{log, onChange, ...live}: Omit<PastSourceOptions, 'store' | 'now'> & {readonly log?: Log | undefined},
): Promise<PastSource | undefined> {
	const opened = await openStoreOf(origin, polling.requestTimeoutMs);
	if (opened === undefined) {
		return undefined;
	}

	const store = selectedStore(opened, {
		nodeName: selection.nodeName,
		podNames: selection.selector === undefined ? undefined : () => podNamesOf(live.live()),
	});

	const logStatus = log && statusLog(log);
	const past = new PastSource({
		...live,
		onChange() {
			logStatus?.(past.status);
			onChange();
		},
		store,
		now: Date.now,
	});
	return past;
}

function podNamesOf(live: Store): ReadonlySet<string> {
	const rows = live.rows('pods', {}, 'live', Date.now());
	return new Set(rows.map(({namespace, name}) => `${namespace}/${name}`));
}

async function openStoreOf({history, sources}: Origin, timeoutMs: number): Promise<HistoryStore | undefined> {
	const demo = demoOf(sources);
	if (history !== undefined) {
		return (await import('./open-history.ts')).openHistory(history, timeoutMs);
	}

	if (demo === undefined) {
		return undefined;
	}

	const {demoStore} = await import('../demo/past/demo-store.ts');
	return demoStore(parseDemoOptions(demo));
}

/** Logs the answers of a store when they begin to fail, fail otherwise, or are there again. */
function statusLog(log: Log): (status: HistoryStatus) => void {
	let said: string | undefined;
	return status => {
		const says = status.kind === 'failed' ? status.failure.message : status.kind;
		if (says === said) {
			return;
		}

		said = says;
		if (status.kind === 'failed') {
			const {code, message, hint} = status.failure;
			log('warn', 'history cannot be read', {store: status.label, code, error: message, hint});
		} else if (status.kind === 'ok') {
			log('info', 'history is read', {store: status.label, schema: status.schema});
		}
	};
}
