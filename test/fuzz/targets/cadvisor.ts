import fc from 'fast-check';
import {
	decodeMachine,
	decodeRootDevice,
	decodeVersion1,
	decodeVersion2,
} from '../../../source/scrape/cadvisor/decode-answers.ts';
import {readHistory} from '../../../source/scrape/cadvisor/read-history.ts';
import type {SampleHistory} from '../../../source/scrape/cadvisor/sample-history.ts';
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
