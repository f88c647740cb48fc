import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	decodeMachine,
	decodeRootDevice,
	decodeVersion1,
	decodeVersion2,
} from '../../../source/scrape/cadvisor/decode-answers.ts';
import {decodeProcesses} from '../../../source/scrape/cadvisor/decode-processes.ts';
import {readHistory} from '../../../source/scrape/cadvisor/read-history.ts';
import type {SampleHistory} from '../../../source/scrape/cadvisor/sample-history.ts';
import {parseProcessStat} from '../../../source/scrape/local/process-stat.ts';
import {recorded} from '../../scrape/cadvisor/recorded-cadvisor.ts';
import {damagedJson, type Json} from '../damaged-json.ts';
import {damagedText} from '../damaged-text.ts';
import {assertNumbers, soundly} from '../soundness.ts';
import {target} from '../target.ts';

const QUANTITIES = {least: 0, most: 2 ** 63 - 1024};
const machine = decodeMachine(recorded('v2.1-machine.json'));

/** The root, a pod with its containers, and a plain cgroup. */
const version1: Json = JSON.parse(recorded('v1.3-subcontainers-accept-gzip.json')).filter(
	({name}: {name: string}) => /^\/(t1)?$|49b3cc85/.test(name),
);
const version2 = Object.fromEntries(
	Object.entries<Json>(JSON.parse(recorded('v2.1-stats-recursive-count2-1.json'))).filter(([name]) =>
		/^\/t1$|49b3cc85/.test(name),
	),
);
const machineStats: Json = JSON.parse(recorded('v2.1-machinestats-1.json'));

async function assertSound(decode: () => SampleHistory): Promise<void> {
	const history = await soundly(decode);
	if (history !== undefined) {
		assertNumbers(
			readHistory(history, machine, {receivedAtMs: 1e13, sinceMs: undefined, count: 60}).readings,
			QUANTITIES,
		);
	}
}

const PROCESS = {
	user: 'www-data',
	pid: 41,
	parent_pid: 1,
	start_time: '09:22',
	percent_cpu: 12.5,
	rss: 23_326_720,
	status: 'SLl',
	cgroup_path: '/docker/abc',
	cmd: 'nginx',
};

/** proc_pid_stat(5) of a process whose name looks like its fields. */
const STATS = [
	'41 (nginx: worker) S 1 41 41 0 -1 4194560 903 0 12 0 250 130 0 0 20 0 1 0 10451 58306560 5695 1844674407 1 1 0 0 0 0 0 4096 1',
	'7 (a) R 9 (b) S 1 7 7 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5 0 0',
];

export const CADVISOR = [
	target('cAdvisor v1.3', 'a recorded answer', damagedJson(version1), text =>
		assertSound(() => decodeVersion1(text)),
	),
	target(
		'cAdvisor v2.1',
		'a recorded answer',
		fc.tuple(damagedJson(machineStats), damagedJson(version2)),
		([machineText, text]) => assertSound(() => decodeVersion2(machineText, text)),
	),
	target(
		'processes of cAdvisor and of this machine',
		'their lists',
		fc.oneof(damagedJson([PROCESS, {...PROCESS, pid: 1, cmd: 'init'}]), damagedText(STATS)),
		async text => {
			const processes = await soundly(() => decodeProcesses(Buffer.from(text)));
			assertNumbers([processes, parseProcessStat(text)], QUANTITIES);
			assert.ok((processes ?? []).every(({pid}) => Number.isInteger(pid)));
		},
	),
	target(
		'cAdvisor machine info',
		'a recorded answer',
		fc.oneof(
			damagedJson(JSON.parse(recorded('v2.1-machine.json'))),
			damagedText([recorded('v2.1-machine.json'), recorded('v2.1-storage-root-label.json')]),
		),
		async text => {
			const device = await soundly(() => decodeRootDevice(text));
			assertNumbers(await soundly(() => decodeMachine(text, device)), QUANTITIES);
		},
	),
];
