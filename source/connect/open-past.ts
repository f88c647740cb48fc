import type {HistoryStatus} from '../history/past/history-access.ts';
import {PastSource, type PastSourceOptions} from '../history/past/past-source.ts';
import type {Log} from '../metrics/model/log.ts';
import type {HistorySpec} from '../options/store-spec.ts';
import {openHistory} from './open-history.ts';

/** Opens a history store behind the live source. A module of its own, because most starts do not need it. */
export async function openPast(
	history: HistorySpec,
	timeoutMs: number,
	{log, onChange, ...live}: Omit<PastSourceOptions, 'store' | 'now'> & {readonly log?: Log | undefined},
): Promise<PastSource> {
	const logStatus = log && statusLog(log);
	const past = new PastSource({
		...live,
		onChange() {
			logStatus?.(past.status);
			onChange();
		},
		store: await openHistory(history, timeoutMs),
		now: Date.now,
	});
	return past;
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
