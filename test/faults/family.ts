import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ContainerRow, NodeRow, PodRow} from '../../source/metrics/model/row.ts';
import {report} from '../reliability/report.ts';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {type OnEnd, openSession, type Seen, type Session} from './session.ts';

export type Fault = {
	/** The name of its row in the report. */
	readonly fault: string;
	/** Starts the server that has it; the URL of the kubelet that it stands for. */
	readonly serve: (onEnd: OnEnd) => Promise<string>;
	readonly sees: Seen;
	/** What else is true of it: words for the report, and what holds them. */
	readonly and?: {readonly words: string; readonly holds: (rows: Rows) => void} | undefined;
};

/** What a session has of one node. */
export type Rows = {
	readonly node: NodeRow | undefined;
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
};

function rowsOf({store}: Session, nodeId: string): Rows {
	const rows = <L extends 'nodes' | 'pods' | 'containers'>(level: L) =>
		store.rows(level, {nodeId}, 'live', Date.now());
	return {node: rows('nodes')[0], pods: rows('pods'), containers: rows('containers')};
}

/**
 * One test for each fault. A single session reads them all at once, with a kubelet that is well: so none holds up another,
 * and deadlines pass together. No fault takes long but those that end with the deadline, which is long for a busy machine.
 */
export function testFaults(
	family: string,
	faults: readonly Fault[],
	flags: readonly string[] = ['--request-timeout', '60s'],
): void {
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
			session = await openSession([...sources, ...flags], onEnd);
			await session.untilRead();
		});
		afterAll(async () => {
			await Promise.all(ends.reverse().map(end => end()));
		});

		for (const fault of faults) {
			test(fault.fault, ({task}) => {
				const {sees, and} = fault;
				const id = `kubelet:${urls.get(fault)}`;
				expect(session.seen(id)).toEqual(sees);
				and?.holds(rowsOf(session, id));
				report(task, 'faults', sees.row, sees.code, sees.said === '–' ? (and?.words ?? '–') : sees.said);
			});
		}

		test('hold up no node that is well', () => {
			expect(session.seen(wellId)).toEqual({row: 'ok Nms', code: '–', said: '–'});
		});
	});
}
