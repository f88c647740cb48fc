import {expect} from 'vitest';
import {startServer} from '../http/test-server.ts';
import {recorded} from '../scrape/kubelet/recorded-kubelet.ts';
import {type Fault, type Rows, testFaults} from './family.ts';

type Json = string | number | boolean | null | Json[] | {[name: string]: Json};

/** A kubelet whose summary is this text, and which has no other endpoint. */
const summary =
	(body: string | Buffer): Fault['serve'] =>
	async onEnd => {
		const server = await startServer((request, response) => {
			const isSummary = request.url === '/stats/summary';
			response.writeHead(isSummary ? 200 : 404).end(isSummary ? body : '404 page not found');
		});
		onEnd(server.close);
		return server.origin;
	};

const TEXT = recorded('summary-1.json');
const RECORDED: {readonly pods: ReadonlyArray<{readonly containers: readonly Json[]}>} = JSON.parse(TEXT);

/** The recorded summary with every value changed that is no object and no list. */
function withValues(change: (value: Json, key: string) => Json): string {
	const walk = (value: Json, key: string): Json => {
		if (Array.isArray(value)) {
			return value.map(each => walk(each, key));
		}

		return typeof value === 'object' && value !== null
			? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name)]))
			: change(value, key);
	};
	return JSON.stringify(walk(JSON.parse(TEXT), ''));
}

/** The recorded summary with each pod and each of its containers twice. */
function twice(): string {
	const pods = RECORDED.pods.map(pod => ({...pod, containers: [...pod.containers, ...pod.containers]}));
	return JSON.stringify({...RECORDED, pods: [...pods, ...pods]});
}

/** The recorded summary with each number written as told: JSON may hold what JavaScript's numbers cannot. */
const withNumbers = (written: string): string =>
	withValues(value => (typeof value === 'number' ? '@number' : value)).replaceAll('"@number"', written);

const PODS = RECORDED.pods.length;
const CONTAINERS = RECORDED.pods.flatMap(({containers}) => containers).length;

/** How many there are without those of the system. */
const ofPods = (containers: Rows['containers']): number =>
	containers.filter(({pod}) => pod !== undefined).length;

const read = (words: string, holds: (rows: Rows) => void): Pick<Fault, 'sees' | 'and'> => ({
	sees: {row: 'ok Nms', code: '–', said: '–'},
	and: {words, holds},
});

/** The objects are there, and no figure is. */
const unknownFigures = read('figures are unknown, and never 0', ({node, pods, containers}) => {
	expect([pods.length, ofPods(containers)]).toEqual([PODS, CONTAINERS]);
	for (const row of [node, ...pods, ...containers]) {
		expect(row).toMatchObject({
			cpuCores: undefined,
			memoryWorkingSetBytes: undefined,
			memoryRssBytes: undefined,
			rxBytesPerSecond: undefined,
		});
	}
});

const asEver = ({node, pods, containers}: Rows): void => {
	expect([pods.length, ofPods(containers)]).toEqual([PODS, CONTAINERS]);
	expect(node?.cpuCores).toBeCloseTo(1.339423536);
	const ofPod = containers.filter(({pod}) => pod !== undefined);
	expect(ofPod.filter(({memoryWorkingSetBytes}) => memoryWorkingSetBytes === undefined)).toEqual([]);
};

const notSummary = (said: string): Pick<Fault, 'sees'> => ({
	sees: {
		row: 'not a summary',
		code: 'bad-answer',
		said: `the answer of /stats/summary ${said}; check that this is the address of a kubelet and not of a proxy`,
	},
});

const FAULTS: readonly Fault[] = [
	{fault: 'JSON that is cut off', serve: summary(TEXT.slice(0, 5000)), ...notSummary('is not JSON')},
	{
		fault: 'JSON of something else',
		serve: summary('{"kind":"PodList","items":[]}'),
		...notSummary('has neither node nor pods'),
	},
	{fault: 'a list where an object belongs', serve: summary('[]'), ...notSummary('has neither node nor pods')},
	{fault: 'null for an answer', serve: summary('null'), ...notSummary('has neither node nor pods')},
	{
		fault: 'a hundred thousand levels of lists',
		serve: summary('['.repeat(100_000) + ']'.repeat(100_000)),
		...notSummary('has neither node nor pods'),
	},
	{
		fault: 'a hundred thousand levels within a pod',
		serve: summary(
			TEXT.replace('"podRef":', `"more":${'[{"x":'.repeat(100_000)}1${'}]'.repeat(100_000)},"podRef":`),
		),
		...read('read as if they were not there', asEver),
	},
	{
		fault: 'null for every value',
		serve: summary(withValues(() => null)),
		...read('no row but the node’s, without a figure', ({node, pods, containers}) => {
			expect([pods, containers]).toEqual([[], []]);
			expect(node).toMatchObject({cpuCores: undefined, memoryWorkingSetBytes: undefined});
		}),
	},
	{
		fault: 'null for every figure',
		serve: summary(withValues(value => (typeof value === 'number' ? null : value))),
		...unknownFigures,
	},
	{fault: 'text for every figure', serve: summary(withNumbers('"12"')), ...unknownFigures},
	{fault: 'figures beyond any number', serve: summary(withNumbers('1e400')), ...unknownFigures},
	{
		fault: 'figures that went below zero and round',
		serve: summary(withNumbers('18446744073709551615')),
		...unknownFigures,
	},
	{fault: 'negative figures', serve: summary(withNumbers('-1')), ...unknownFigures},
	{
		fault: 'times that are none',
		serve: summary(withValues((value, key) => (/time/i.test(key) ? 'yesterday' : value))),
		...read('figures count as of now', asEver),
	},
	{
		fault: 'invalid UTF-8 in names',
		serve: summary(Buffer.from(TEXT.replaceAll('"name": "', '"name": "\u00FF\u00FE'), 'latin1')),
		...read('� in their place', ({pods, containers}) => {
			expect([...pods, ...containers].filter(({name}) => !name.startsWith('��'))).toEqual([]);
			expect([pods.length, ofPods(containers)]).toEqual([PODS, CONTAINERS]);
		}),
	},
	{
		fault: 'every key twice',
		serve: summary(TEXT.replace(/"(\w+)":/g, '"$1":null,"$1":')),
		...read('the last one counts', asEver),
	},
	{
		fault: 'every pod and container twice',
		serve: summary(twice()),
		...read('each is shown and summed once', asEver),
	},
	{
		fault: 'keys that JavaScript gives a meaning',
		serve: summary(TEXT.replaceAll('"name":', '"__proto__":{"cpu":1},"constructor":1,"name":')),
		...read('read as if they were not there', rows => {
			asEver(rows);
			expect(Object.prototype).not.toHaveProperty('cpu');
		}),
	},
];

testFaults('bodies', FAULTS);
