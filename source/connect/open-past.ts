import {parseDemoOptions} from '../demo/demo-options.ts';
import type {HistoryStatus} from '../history/past/history-access.ts';
import {PastSource, type PastSourceOptions} from '../history/past/past-source.ts';
import type {HistoryStore} from '../history/store/history-store.ts';
import type {Log} from '../metrics/model/log.ts';
import type {Origin} from '../options/options.ts';
import {demoOf} from './has-past.ts';

/**
 * Opens a history store behind the live source; undefined for a demo too large for a past. A module of its own, because
 * most starts do not need it.
 */
export async function openPast(
	origin: Origin,
	timeoutMs: number,
	{log, onChange, ...live}: Omit<PastSourceOptions, 'store' | 'now'> & {readonly log?: Log | undefined},
): Promise<PastSource | undefined> {
	const store = await openStoreOf(origin, timeoutMs);
	if (store === undefined) {
		return undefined;
	}

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
