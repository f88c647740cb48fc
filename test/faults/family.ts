import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {report} from '../reliability/report.ts';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {type OnEnd, openSession, type Seen, type Session} from './session.ts';

export type Fault = {
	/** The name of its row in the report. */
	readonly fault: string;
	/** Starts the server that has it; the URL of the kubelet that it stands for. */
	readonly serve: (onEnd: OnEnd) => Promise<string>;
	readonly sees: Seen;
};

/**
 * One test for each fault. A single session reads them all at once, with a kubelet that is well: so none holds up another,
 * and deadlines, which are long enough for a busy machine, pass together.
 */
export function testFaults(family: string, faults: readonly Fault[], ...flags: readonly string[]): void {
	describe(family, () => {
		const ends: Array<() => Promise<unknown>> = [];
		const onEnd: OnEnd = end => void ends.push(end);
		const urls = new Map<Fault, string>();
		let session: Session;
		let wellId: string;
		beforeAll(async () => {
			for (const fault of faults) {
				urls.set(fault, await fault.serve(onEnd));
			}

			const well = await startRecordedKubelet();
			onEnd(well.close);
			wellId = `kubelet:${well.origin}`;
			const sources = [...urls.values(), well.origin].flatMap(url => ['--source', `kubelet:${url}`]);
			session = await openSession([...sources, '--request-timeout', '3s', ...flags], onEnd);
			await session.untilRead();
		});
		afterAll(async () => {
			await Promise.all(ends.reverse().map(end => end()));
		});

		for (const fault of faults) {
			test(fault.fault, ({task}) => {
				const {sees} = fault;
				expect(session.seen(`kubelet:${urls.get(fault)}`)).toEqual(sees);
				report(task, 'faults', sees.row, sees.code, sees.said);
			});
		}

		test('hold up no node that is well', () => {
			expect(session.seen(wellId)).toEqual({row: 'ok Nms', code: '–', said: '–'});
		});
	});
}
