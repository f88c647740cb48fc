import {fork, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {CLI} from '../e2e/ktop.ts';
import {cpuSeconds, mainThreadSeconds, residentMiB} from './rig/cpu-seconds.ts';
import {startRig} from './rig/start-rig.ts';
import {warmUp} from './rig/warm-up.ts';

const INTERVAL_MS = 10_000;
const ROUNDS = 3;

/** What the store has taken since its start. */
type StoreCounts = {readonly points: number; readonly bytes: number; readonly sentBytes: number};

export type RecordSink = 'file' | 'influxdb';

/** What `ktop record` costs a visit, as rows of a table. */
export async function compareRecord(nodes: number, sink: RecordSink): Promise<readonly string[]> {
	const rig = await startRig({nodes});
	const folder = mkdtempSync(join(tmpdir(), 'ktop-scale-'));
	const store =
		sink === 'influxdb' ? fork(join(import.meta.dirname, 'rig/write-store.mjs'), {execArgv: []}) : undefined;
	const port = store && (await once(store, 'message'))[0];
	const written = async (): Promise<StoreCounts> => {
		const answer = store && once(store, 'message');
		store?.send('counts');
		return (await answer)?.[0] ?? {points: 0, bytes: 0, sentBytes: 0};
	};
	const child = spawn(
		process.execPath,
		[
			CLI,
			'record',
			'--interval',
			`${INTERVAL_MS / 1000}s`,
			'--sink',
			sink === 'file'
				? `file:${join(folder, 'recording.ktop')}`
				: `influxdb:http://127.0.0.1:${port}?db=k8s&spool=${folder}`,
			'--kubelet-server-name',
			'localhost',
		],
		{env: {...process.env, KUBECONFIG: rig.kubeconfig}, stdio: ['ignore', 'ignore', 'inherit']},
	);
	try {
		const pid = child.pid ?? 0;
		await warmUp(rig, INTERVAL_MS);
		const [before, cpuBefore, mainBefore] = [await rig.counts(), cpuSeconds(pid), mainThreadSeconds(pid)];
		const writtenBefore = await written();
		await setTimeout(ROUNDS * INTERVAL_MS);
		const [after, cpuAfter, mainAfter] = [await rig.counts(), cpuSeconds(pid), mainThreadSeconds(pid)];
		const writtenAfter = await written();
		const points = writtenAfter.points - writtenBefore.points;
		const visits = after.served - before.served;
		const msAVisit = (seconds: number): string => ((seconds * 1000) / visits).toFixed(2);
		return [
			'| command | visits/s | CPU ms a visit | of the main thread | resident MiB |',
			'| --- | ---: | ---: | ---: | ---: |',
			`| \`ktop record\` of ${nodes} nodes every ${INTERVAL_MS / 1000} s into ${sink === 'file' ? 'a file' : 'InfluxDB'} | ${[
				((visits * 1000) / (ROUNDS * INTERVAL_MS)).toFixed(0),
				msAVisit(cpuAfter - cpuBefore),
				msAVisit(mainAfter - mainBefore),
				residentMiB(pid).toFixed(0),
			].join(' | ')} |`,
			...(store === undefined
				? []
				: [
						'',
						`A visit is ${(points / visits).toFixed(0)} points of ${((writtenAfter.bytes - writtenBefore.bytes) / points).toFixed(0)} bytes, which are ${((writtenAfter.sentBytes - writtenBefore.sentBytes) / points).toFixed(1)} as they are sent.`,
					]),
		];
	} finally {
		child.kill();
		store?.disconnect();
		rig.close();
		rmSync(folder, {recursive: true});
	}
}
